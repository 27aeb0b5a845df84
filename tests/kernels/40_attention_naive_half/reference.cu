#include <cuda_fp16.h>
#include <cmath>
__global__ void ref(half* o, const half* q, const half* k, const half* v, int n, int d) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n * d) return;
    int r = i / d, c = i % d;
    float m = -INFINITY, sum = 0.0f, acc = 0.0f;
    for (int j = 0; j < n; j++) {
        float s = 0.0f;
        for (int t = 0; t < d; t++) s += __half2float(q[r * d + t]) * __half2float(k[j * d + t]);
        m = fmaxf(m, s / sqrtf((float)d));
    }
    for (int j = 0; j < n; j++) {
        float s = 0.0f;
        for (int t = 0; t < d; t++) s += __half2float(q[r * d + t]) * __half2float(k[j * d + t]);
        float e = expf(s / sqrtf((float)d) - m);
        sum += e;
        acc += e * __half2float(v[j * d + c]);
    }
    o[i] = __float2half(acc / sum);
}
void launch(void* out, void* q, void* k, void* v, int seq, int dim) { ref<<<(seq * dim + 63) / 64, 64>>>((half*)out, (const half*)q, (const half*)k, (const half*)v, seq, dim); }
