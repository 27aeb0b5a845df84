#include <cuda_fp16.h>
#include <cstdint>
__global__ void ref(half* o, const half* x, int nc, int h, int w, int oh, int ow, int k, int s, int p) {
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= nc * oh * ow) return;
    int q = i % ow, r = i / ow % oh, c = i / (ow * oh);
    float a = 0.0f;
    for (int u = 0; u < k; u++)
        for (int v = 0; v < k; v++) {
            int y = r * s + u - p, z = q * s + v - p;
            if (y >= 0 && y < h && z >= 0 && z < w) a += __half2float(x[(c * h + y) * w + z]);
        }
    o[i] = __float2half(a / (k * k));
}
void launch(void* out, const void* x, int64_t nc, int64_t h, int64_t w, int64_t k, int64_t s, int64_t p) {
    int oh = (int)((h + 2 * p - k) / s + 1), ow = (int)((w + 2 * p - k) / s + 1);
    ref<<<(int)((nc * oh * ow + 127) / 128), 128>>>((half*)out, (const half*)x, (int)nc, (int)h, (int)w, oh, ow, (int)k, (int)s, (int)p);
}
