#include <cuda_runtime.h>
#include <math_constants.h>

__device__ __forceinline__ float gelu_erf(float x) {
    return x * 0.5f * (1.0f + erff(x * 0.70710678118654752440f));
}

// one block per row
__global__ void bias_gelu_row(float* out, const float* x, const float* bias, int cols) {
    const float* xr = x + (long long)blockIdx.x * cols;
    float* yr = out + (long long)blockIdx.x * cols;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) yr[c] = gelu_erf(xr[c] + bias[c]);
}

void launch(float* out, const float* x, const float* bias, int rows, int cols) {
    int threads = cols < 256 ? ((cols + 31) / 32) * 32 : 256;
    bias_gelu_row<<<rows, threads>>>(out, x, bias, cols);
}
