#include <cuda_runtime.h>

__global__ void mandel(int* iters, const float* cx, const float* cy, int h, int w, int maxit) {
    int px = blockIdx.x * blockDim.x + threadIdx.x;
    int py = blockIdx.y * blockDim.y + threadIdx.y;
    if (px >= w || py >= h) return;
    float x = 0.0f, y = 0.0f;
    int it = 0;
    while (it < maxit) {
        float xx = __fmul_rn(x, x), yy = __fmul_rn(y, y);
        if (__fadd_rn(xx, yy) > 4.0f) break;
        float t = __fadd_rn(__fsub_rn(xx, yy), cx[px]);
        y = __fadd_rn(__fmul_rn(2.0f * x, y), cy[py]);
        x = t;
        ++it;
    }
    iters[py * w + px] = it;
}

void launch(int* iters, const float* cx, const float* cy, int h, int w, int maxit) {
    dim3 block(16, 16), grid((w + 15) / 16, (h + 15) / 16);
    mandel<<<grid, block>>>(iters, cx, cy, h, w, maxit);
}
