#include <cuda_fp16.h>
#include <cstdint>
__global__ void ref(half* o, const half* a, const half* b, int B, int m, int n, int k) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= B * m * n) return;
    int col = i % n, row = i / n % m, z = i / (m * n);
    float s = 0.0f;
    for (int j = 0; j < k; j++) s += __half2float(a[(z * m + row) * k + j]) * __half2float(b[(z * k + j) * n + col]);
    o[i] = __float2half(s);
}
void launch(void* out, void* x, void* y, int64_t b, int64_t m, int64_t n, int64_t k) { ref<<<(int)((b * m * n + 127) / 128), 128>>>((half*)out, (const half*)x, (const half*)y, (int)b, (int)m, (int)n, (int)k); }
