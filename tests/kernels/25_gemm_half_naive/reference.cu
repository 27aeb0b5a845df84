#include <cuda_fp16.h>
#include <stdint.h>
__global__ void ref(half* o, const half* a, const half* b, const half* c, int m, int n, int k) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= m * n) return;
    float s = __half2float(c[i % n]);
    for (int j = 0; j < k; j++) s += __half2float(a[i / n * k + j]) * __half2float(b[i % n * k + j]);
    o[i] = __float2half(s);
}
void launch(void* out, void* a, void* b, void* bias, int64_t m, int64_t n, int64_t k) { ref<<<(int)((m * n + 127) / 128), 128>>>((half*)out, (const half*)a, (const half*)b, (const half*)bias, (int)m, (int)n, (int)k); }
