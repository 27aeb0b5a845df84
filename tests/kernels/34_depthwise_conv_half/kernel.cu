#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <cstdio>

#define TW 16
#define TH 16
#define R 1

__global__ void depthwise3x3(half* __restrict__ out, const half* __restrict__ x, const half* __restrict__ weight,
                             int c, int h, int w) {
    __shared__ float tile[TH + 2 * R][TW + 2 * R];
    __shared__ float k[9];
    const int plane = blockIdx.z;
    const int ch = plane % c;
    const half* src = x + (size_t)plane * h * w;
    const int x0 = blockIdx.x * TW - R, y0 = blockIdx.y * TH - R;
    const int tid = threadIdx.y * TW + threadIdx.x;
    if (tid < 9) k[tid] = __half2float(weight[ch * 9 + tid]);
    for (int i = tid; i < (TH + 2 * R) * (TW + 2 * R); i += TW * TH) {
        int ty = i / (TW + 2 * R), tx = i % (TW + 2 * R);
        int gy = y0 + ty, gx = x0 + tx;
        tile[ty][tx] = (gy >= 0 && gy < h && gx >= 0 && gx < w) ? __half2float(src[gy * w + gx]) : 0.0f;
    }
    __syncthreads();
    int ox = blockIdx.x * TW + threadIdx.x, oy = blockIdx.y * TH + threadIdx.y;
    if (ox < w && oy < h) {
        float acc = 0.0f;
        #pragma unroll
        for (int i = 0; i < 3; ++i)
            #pragma unroll
            for (int j = 0; j < 3; ++j) acc += tile[threadIdx.y + i][threadIdx.x + j] * k[i * 3 + j];
        out[(size_t)plane * h * w + oy * w + ox] = __float2half(acc);
    }
}

void launch(void* out, void* x, void* weight, int n, int c, int h, int w) {
    dim3 block(TW, TH);
    dim3 grid((w + TW - 1) / TW, (h + TH - 1) / TH, n * c);
    depthwise3x3<<<grid, block>>>((half*)out, (const half*)x, (const half*)weight, c, h, w);
    cudaDeviceSynchronize();
}
