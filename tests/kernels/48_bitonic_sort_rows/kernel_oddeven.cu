#include <cuda_runtime.h>

__global__ void odd_even_sort(float* out, const float* x, int cols) {
    extern __shared__ float s[];
    for (int c = threadIdx.x; c < cols; c += blockDim.x) s[c] = x[blockIdx.x * cols + c];
    __syncthreads();
    for (int phase = 0; phase < cols; ++phase) {
        for (int i = 2 * threadIdx.x + (phase & 1); i + 1 < cols; i += 2 * blockDim.x) {
            float a = s[i], b = s[i + 1];
            if (a > b) {
                s[i] = b;
                s[i + 1] = a;
            }
        }
        __syncthreads();
    }
    for (int c = threadIdx.x; c < cols; c += blockDim.x) out[blockIdx.x * cols + c] = s[c];
}

void launch(float* out, const float* x, int rows, int cols) {
    odd_even_sort<<<rows, 128, cols * sizeof(float)>>>(out, x, cols);
    cudaDeviceSynchronize();
}
