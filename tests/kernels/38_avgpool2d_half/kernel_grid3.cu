#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void avgpool(const half* in, half* out, int H, int W, int OH, int OW, int k, int s, int p) {
    int ox = blockIdx.x * blockDim.x + threadIdx.x;
    int oy = blockIdx.y * blockDim.y + threadIdx.y;
    if (ox >= OW || oy >= OH) return;
    const half* src = in + (size_t)blockIdx.z * H * W;
    float sum = 0.f;
    int y0 = oy * s - p, x0 = ox * s - p;
    for (int dy = 0; dy < k; ++dy) {
        for (int dx = 0; dx < k; ++dx) {
            int yy = y0 + dy, xx = x0 + dx;
            bool inside = (unsigned)yy < (unsigned)H && (unsigned)xx < (unsigned)W;
            sum += inside ? __half2float(src[yy * W + xx]) : 0.f;
        }
    }
    out[((size_t)blockIdx.z * OH + oy) * OW + ox] = __float2half(sum / (float)(k * k));
}

void launch(void* out, const void* x, int64_t nc, int64_t h, int64_t w, int64_t k, int64_t s, int64_t p) {
    int oh = int((h + 2 * p - k) / s) + 1, ow = int((w + 2 * p - k) / s) + 1;
    dim3 block(16, 8);
    dim3 grid((ow + 15) / 16, (oh + 7) / 8, (unsigned)nc);
    avgpool<<<grid, block>>>((const half*)x, (half*)out, (int)h, (int)w, oh, ow, (int)k, (int)s, (int)p);
}
