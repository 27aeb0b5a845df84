#include <cuda_runtime.h>

#define R 2
#define BX 32
#define BY 8

__constant__ float c_weights[5] = {0.0625f, 0.25f, 0.375f, 0.25f, 0.0625f};

__global__ void blur_tile(float* out, const float* in, int h, int w) {
    __shared__ float tile[BY + 2 * R][BX + 2 * R];
    int x0 = blockIdx.x * BX - R, y0 = blockIdx.y * BY - R;
    int tid = threadIdx.y * BX + threadIdx.x;
    for (int i = tid; i < (BY + 2 * R) * (BX + 2 * R); i += BX * BY) {
        int ty = i / (BX + 2 * R), tx = i % (BX + 2 * R);
        int gy = y0 + ty, gx = x0 + tx;
        gy = gy < 0 ? 0 : (gy >= h ? h - 1 : gy);
        gx = gx < 0 ? 0 : (gx >= w ? w - 1 : gx);
        tile[ty][tx] = in[gy * w + gx];
    }
    __syncthreads();
    int x = blockIdx.x * BX + threadIdx.x, y = blockIdx.y * BY + threadIdx.y;
    if (x < w && y < h) {
        float s = 0.f;
#pragma unroll
        for (int j = 0; j < 5; ++j)
#pragma unroll
            for (int i = 0; i < 5; ++i) s += c_weights[j] * c_weights[i] * tile[threadIdx.y + j][threadIdx.x + i];
        out[y * w + x] = s;
    }
}

void launch(float* out, const float* in, int h, int w) {
    blur_tile<<<dim3((w + BX - 1) / BX, (h + BY - 1) / BY), dim3(BX, BY)>>>(out, in, h, w);
}
