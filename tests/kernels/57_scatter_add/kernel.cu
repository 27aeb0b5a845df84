#include <cuda_runtime.h>

__global__ void scatter_add_kernel(float* out, const float* __restrict__ src, const int* __restrict__ idx, int n, int d) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i < n * d) {
        int row = i / d;
        atomicAdd(&out[idx[row] * d + (i - row * d)], src[i]);
    }
}

void launch(float* out, const float* src, const int* idx, int n, int m, int d) {
    cudaStream_t stream = 0;
    cudaMemsetAsync(out, 0, sizeof(float) * m * d, stream);
    scatter_add_kernel<<<(n * d + 255) / 256, 256, 0, stream>>>(out, src, idx, n, d);
    cudaStreamSynchronize(stream);
}
