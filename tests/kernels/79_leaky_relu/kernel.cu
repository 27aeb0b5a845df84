#include <cuda_runtime.h>

__global__ void leaky_relu_kernel(const float* __restrict__ x, float* __restrict__ out, int n, float negative_slope) {
    int idx = blockIdx.x * blockDim.x + threadIdx.x;
    if (idx < n) {
        float val = x[idx];
        out[idx] = val > 0 ? val : val * negative_slope;
    }
}

void launch(float* out, const float* x, int n, float slope) {
    leaky_relu_kernel<<<(n + 255) / 256, 256>>>(x, out, n, slope);
    cudaDeviceSynchronize();
}
