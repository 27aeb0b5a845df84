#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void embed(__half* out, const int* tokens, const __half* tok_table, const __half* pos_table, int seq, int dim) {
    const int token_pos = blockIdx.x;
    const int id = tokens[token_pos];
    const int pos = token_pos % seq;
    for (int d = threadIdx.x; d < dim; d += blockDim.x) {
        out[(size_t)token_pos * dim + d] = tok_table[(size_t)id * dim + d] + pos_table[(size_t)pos * dim + d];
    }
}

void launch(void* out, const int* tokens, void* tok, void* pos, int b, int s, int d, int v) {
    embed<<<b * s, 64>>>((__half*)out, tokens, (const __half*)tok, (const __half*)pos, s, d);
    cudaDeviceSynchronize();
}
