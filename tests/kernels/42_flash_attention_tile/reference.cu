#include <cuda_fp16.h>
__global__ void ref(half* o, const half* q, const half* k, const half* v, int bh, int n, int d) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= bh * n * d) return;
    int c = i % d, r = i / d % n, h = i / (n * d) * n;
    float m = 0.0f, sum = 0.0f, acc = 0.0f;
    for (int pass = 0; pass < 2; pass++)
        for (int j = 0; j < n; j++) {
            float s = 0.0f;
            for (int t = 0; t < d; t++) s += __half2float(q[(h + r) * d + t]) * __half2float(k[(h + j) * d + t]);
            s = s / sqrtf((float)d);
            if (pass == 0) { if (j == 0 || s > m) m = s; }
            else { float e = expf(s - m); sum += e; acc += e * __half2float(v[(h + j) * d + c]); }
        }
    o[i] = __float2half(acc / sum);
}
void launch(void* O, const void* Q, const void* K, const void* V, int bh, int n, int d) { ref<<<(bh * n * d + 63) / 64, 64>>>((half*)O, (const half*)Q, (const half*)K, (const half*)V, bh, n, d); }
