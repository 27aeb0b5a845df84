#include <cuda_runtime.h>
#include <cuda_fp16.h>

__global__ void depthwise3x3(const half* __restrict__ x, const half* __restrict__ w, half* __restrict__ out, int C, int H, int W) {
    int ow = blockIdx.x * blockDim.x + threadIdx.x;
    int oh = blockIdx.y * blockDim.y + threadIdx.y;
    int nc = blockIdx.z;
    if (ow >= W || oh >= H) return;
    const half* plane = x + (size_t)nc * H * W;
    const half* k = w + (nc % C) * 9;
    float acc = 0.0f;
#pragma unroll
    for (int kh = 0; kh < 3; ++kh) {
        int ih = oh + kh - 1;
        if (ih < 0 || ih >= H) continue;
#pragma unroll
        for (int kw = 0; kw < 3; ++kw) {
            int iw = ow + kw - 1;
            if (iw < 0 || iw >= W) continue;
            acc += __half2float(plane[ih * W + iw]) * __half2float(k[kh * 3 + kw]);
        }
    }
    out[(size_t)nc * H * W + oh * W + ow] = __float2half(acc);
}

void launch(void* out, void* x, void* weight, int n, int c, int h, int w) {
    dim3 block(32, 4);
    dim3 grid((w + 31) / 32, (h + 3) / 4, n * c);
    depthwise3x3<<<grid, block>>>((const half*)x, (const half*)weight, (half*)out, c, h, w);
    cudaDeviceSynchronize();
}
