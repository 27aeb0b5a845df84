#include <cuda_fp16.h>
#include <cstdint>

__global__ void upsample_kernel(half* out, const half* x, int64_t total, int64_t h, int64_t w, int64_t s) {
    int64_t i = (int64_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= total) return;
    int64_t ow = w * s, oh = h * s;
    int64_t ox = i % ow, oy = (i / ow) % oh, c = i / (ow * oh);
    out[i] = x[(c * h + oy / s) * w + ox / s];
}

void launch(void* out, void* x, int64_t nc, int64_t h, int64_t w, int64_t s) {
    int64_t total = nc * h * s * w * s;
    upsample_kernel<<<(total + 255) / 256, 256>>>((half*)out, (const half*)x, total, h, w, s);
    cudaDeviceSynchronize();
}
