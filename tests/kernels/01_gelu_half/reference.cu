#include <cuda_fp16.h>
#include <cstdint>
__global__ void ref(half* y, const half* x, int64_t n) {
    int64_t i = blockIdx.x * (int64_t)blockDim.x + threadIdx.x;
    if (i >= n) return;
    float v = __half2float(x[i]);
    float t = tanhf(0.7978845608028654f * (v + 0.044715f * v * v * v));
    y[i] = __float2half(0.5f * v * (1.0f + t));
}
void launch(void* out, void* x, int64_t n) { ref<<<(int)((n + 127) / 128), 128>>>((half*)out, (const half*)x, n); }
