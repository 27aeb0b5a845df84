#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <vector>

__global__ void embed_kernel(half* __restrict__ out, const int* __restrict__ tokens, const half* __restrict__ tok,
                             const half* __restrict__ pos, int s, int d) {
    int t = blockIdx.x;          // position in the flattened batch
    int id = tokens[t];
    for (int c = threadIdx.x; c < d; c += blockDim.x)
        out[t * d + c] = __hadd(tok[id * d + c], pos[(t % s) * d + c]);
}

void launch(void* out, const int* tokens, void* tok, void* pos, int b, int s, int d, int v) {
    embed_kernel<<<b * s, 128>>>((half*)out, tokens, (half*)tok, (half*)pos, s, d);
    cudaDeviceSynchronize();
}
