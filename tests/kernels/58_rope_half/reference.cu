#include <cuda_fp16.h>
__global__ void ref(half* o, const half* x, const float* c, const float* s, int seq, int heads, int hd) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= seq * heads * hd) return;
    int t = i / (hd * heads) * hd + i % hd;
    float a = __half2float(x[2 * i]), b = __half2float(x[2 * i + 1]);
    o[2 * i] = __float2half(a * c[t] - b * s[t]);
    o[2 * i + 1] = __float2half(a * s[t] + b * c[t]);
}
void launch(void* out, const void* x, const float* cosv, const float* sinv, int seq, int heads, int hd) { ref<<<(seq * heads * hd + 127) / 128, 128>>>((half*)out, (const half*)x, cosv, sinv, seq, heads, hd); }
