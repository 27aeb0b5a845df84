#include <cuda_fp16.h>
#include <cstdint>
__global__ void ref(half* o, const half* x, const half* wt, const half* bias, int n, int ci, int co, int h, int w, int oh, int ow, int k, int st, int pad) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= n * co * oh * ow) return;
    int q = i % ow, p = i / ow % oh, c = i / (ow * oh) % co, b = i / (ow * oh * co);
    float a = __half2float(bias[c]);
    for (int u = 0; u < ci; u++)
        for (int y = 0; y < h; y++)
            for (int z = 0; z < w; z++) {
                int s = p + pad - y * st, t = q + pad - z * st;
                if (s >= 0 && s < k && t >= 0 && t < k) a += __half2float(x[((b * ci + u) * h + y) * w + z]) * __half2float(wt[((u * co + c) * k + s) * k + t]);
            }
    o[i] = __float2half(a);
}
void launch(void* out, void* x, void* weight, void* bias, int64_t n, int64_t ci, int64_t co, int64_t h, int64_t w,
            int64_t k, int64_t st, int64_t pad) {
    int oh = (int)((h - 1) * st - 2 * pad + k), ow = (int)((w - 1) * st - 2 * pad + k);
    ref<<<(int)((n * co * oh * ow + 127) / 128), 128>>>((half*)out, (const half*)x, (const half*)weight, (const half*)bias,
        (int)n, (int)ci, (int)co, (int)h, (int)w, oh, ow, (int)k, (int)st, (int)pad);
}
