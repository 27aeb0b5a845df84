#include <cuda_fp16.h>
#include <cstdint>
__global__ void ref(half* o, const half* x, const half* w, const half* bias, int n, int ci, int co, int l, int lo, int k, int s, int p, int d) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n * co * lo) return;
    int t = i % lo, c = i / lo % co, b = i / (lo * co);
    float a = __half2float(bias[c]);
    for (int q = 0; q < ci; q++)
        for (int j = 0; j < k; j++) {
            int u = t * s + j * d - p;
            if (u >= 0 && u < l) a += __half2float(x[(b * ci + q) * l + u]) * __half2float(w[(c * ci + q) * k + j]);
        }
    o[i] = __float2half(a);
}
void launch(void* out, void* x, void* weight, void* bias, int64_t n, int64_t ci, int64_t co, int64_t l, int64_t k,
            int64_t s, int64_t p, int64_t d) {
    int lo = (int)((l + 2 * p - d * (k - 1) - 1) / s + 1);
    ref<<<(int)((n * co * lo + 127) / 128), 128>>>((half*)out, (const half*)x, (const half*)weight, (const half*)bias, (int)n, (int)ci, (int)co, (int)l, lo, (int)k, (int)s, (int)p, (int)d);
}
