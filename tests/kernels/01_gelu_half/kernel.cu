#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>
#include <cstdint>

__device__ __forceinline__ float gelu_tanh(float x) {
    const float kAlpha = 0.7978845608028654f;
    const float kBeta = 0.044715f;
    float inner = kAlpha * (x + kBeta * x * x * x);
    return 0.5f * x * (1.0f + tanhf(inner));
}

__global__ void gelu_kernel(half* __restrict__ out, const half* __restrict__ x, int64_t n) {
    int64_t idx = (int64_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (idx < n) {
        float v = __half2float(x[idx]);
        out[idx] = __float2half(gelu_tanh(v));
    }
}

void launch(void* out, void* x, int64_t n) {
    half* d_out = static_cast<half*>(out);
    const half* d_x = static_cast<const half*>(x);
    int threads = 256;
    int blocks = (n + threads - 1) / threads;
    gelu_kernel<<<blocks, threads>>>(d_out, d_x, n);
    cudaDeviceSynchronize();
}
