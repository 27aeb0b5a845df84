#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>
#include <cmath>
#include <algorithm>

#define GELU_THREADS 256
#define SQRT_2_OVER_PI 0.7978845608028654f

__global__ void __launch_bounds__(GELU_THREADS) gelu(half *out, const half *in, const int64_t n) {
    const int64_t stride = (int64_t)gridDim.x * blockDim.x;
    for (int64_t idx = (int64_t)blockIdx.x * blockDim.x + threadIdx.x; idx < n; idx += stride) {
        const float v = __half2float(in[idx]);
        const float cube = v * v * v;
        const float t = tanhf(SQRT_2_OVER_PI * (v + 0.044715f * cube));
        out[idx] = __float2half_rn(0.5f * v * (1.0f + t));
    }
}

void launch(void *out, void *x, int64_t n) {
    int blocks = static_cast<int>(std::min<int64_t>((n + GELU_THREADS - 1) / GELU_THREADS, 1024));
    gelu<<<blocks, GELU_THREADS>>>((half *)out, (const half *)x, n);
    cudaError_t err = cudaGetLastError();
    if (err != cudaSuccess) return;
    cudaDeviceSynchronize();
}
