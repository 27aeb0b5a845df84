#include <cuda_runtime.h>
#include <math.h>

__global__ void silu_kernel(float* out, const float* in, int n) {
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    if (idx < n) {
        float x = in[idx];
        float sig = 1.0f / (1.0f + expf(-x));
        out[idx] = x * sig;
    }
}

void launch(float* out, const float* in, int n) {
    const int block_size = 512;
    const int num_blocks = (n + block_size - 1) / block_size;
    silu_kernel<<<num_blocks, block_size>>>(out, in, n);
    cudaDeviceSynchronize();
}
