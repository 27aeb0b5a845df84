#include <cuda_fp16.h>
#include <cstdint>
__global__ void ref(half* y, const half* x, const half* w, const half* b, int n, int c, int hw, int groups) {
    int k = blockIdx.x * blockDim.x + threadIdx.x;
    if (k >= n * groups) return;
    int len = c / groups * hw, base = k * len;
    float s = 0.0f, q = 0.0f;
    for (int i = 0; i < len; i++) s += __half2float(x[base + i]);
    float m = s / len;
    for (int i = 0; i < len; i++) { float d = __half2float(x[base + i]) - m; q += d * d; }
    float inv = 1.0f / sqrtf(q / len + 1e-5f);
    for (int i = 0; i < len; i++) {
        int ch = (base + i) / hw % c;
        y[base + i] = __float2half((__half2float(x[base + i]) - m) * inv * __half2float(w[ch]) + __half2float(b[ch]));
    }
}
void launch(void* out, void* x, void* weight, void* bias, int64_t n, int64_t c, int64_t hw, int64_t groups) {
    ref<<<(int)((n * groups + 31) / 32), 32>>>((half*)out, (const half*)x, (const half*)weight, (const half*)bias, (int)n, (int)c, (int)hw, (int)groups);
}
