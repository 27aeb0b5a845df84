#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>
#include <cstdint>

__global__ void avg_pool2d_kernel(const half* __restrict__ x, half* __restrict__ out, int64_t nc, int64_t h, int64_t w,
                                  int64_t oh, int64_t ow, int64_t k, int64_t s, int64_t p) {
    int64_t tid = (int64_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (tid >= nc * oh * ow) return;
    int64_t c = tid / (oh * ow);
    int64_t rem = tid % (oh * ow);
    int64_t oy = rem / ow;
    int64_t ox = rem % ow;
    float acc = 0.0f;
    for (int64_t ky = 0; ky < k; ++ky) {
        int64_t iy = oy * s - p + ky;
        for (int64_t kx = 0; kx < k; ++kx) {
            int64_t ix = ox * s - p + kx;
            if (iy >= 0 && iy < h && ix >= 0 && ix < w) acc += __half2float(x[c * h * w + iy * w + ix]);
        }
    }
    out[tid] = __float2half(acc / static_cast<float>(k * k));
}

void launch(void* out, const void* x, int64_t nc, int64_t h, int64_t w, int64_t k, int64_t s, int64_t p) {
    const int64_t oh = (h + 2 * p - k) / s + 1;
    const int64_t ow = (w + 2 * p - k) / s + 1;
    const int64_t total = nc * oh * ow;
    const int tpb = 256;
    avg_pool2d_kernel<<<(unsigned)((total + tpb - 1) / tpb), tpb>>>(static_cast<const half*>(x), static_cast<half*>(out),
                                                                    nc, h, w, oh, ow, k, s, p);
    cudaDeviceSynchronize();
}
