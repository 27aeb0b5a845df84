#include <cuda_fp16.h>
#include <cuda_runtime.h>
#include <stdint.h>

// 8 halves per thread through a 16-byte load
__device__ __forceinline__ float gelu_tanh(float x) {
    const float kAlpha = 0.7978845608028654f;
    const float kBeta = 0.044715f;
    float inner = kAlpha * (x + kBeta * x * x * x);
    return 0.5f * x * (1.0f + tanhf(inner));
}

__global__ void gelu_vec8_kernel(const half* __restrict__ in, half* __restrict__ out, int64_t n) {
    int64_t base = ((int64_t)blockIdx.x * blockDim.x + threadIdx.x) * 8;
    if (base + 8 <= n) {
        uint4 packed = *reinterpret_cast<const uint4*>(in + base);
        half2* h = reinterpret_cast<half2*>(&packed);
#pragma unroll
        for (int i = 0; i < 4; ++i) {
            float2 f = __half22float2(h[i]);
            f.x = gelu_tanh(f.x);
            f.y = gelu_tanh(f.y);
            h[i] = __float22half2_rn(f);
        }
        *reinterpret_cast<uint4*>(out + base) = packed;
    } else {
        for (int64_t i = base; i < n; ++i) out[i] = __float2half(gelu_tanh(__half2float(in[i])));
    }
}

void launch(void* out, void* x, int64_t n) {
    const int threads = 256;
    const int64_t vecs = (n + 7) / 8;
    const int blocks = (int)((vecs + threads - 1) / threads);
    gelu_vec8_kernel<<<blocks, threads>>>(static_cast<const half*>(x), static_cast<half*>(out), n);
    cudaDeviceSynchronize();
}
