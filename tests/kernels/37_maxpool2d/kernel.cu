#include <cuda_runtime.h>
#include <cfloat>

#define DIVUP(m, n) ((m) / (n) + ((m) % (n) > 0))

__global__ void max_pool2d_kernel(float* out, int* indices, const float* __restrict__ x, int nc, int h, int w,
                                  int oh, int ow, int k, int s, int p) {
    const int ox = blockIdx.x * blockDim.x + threadIdx.x;
    const int oy = blockIdx.y * blockDim.y + threadIdx.y;
    const int plane = blockIdx.z;
    if (ox < ow && oy < oh) {
        float best = -FLT_MAX;
        int best_idx = -1;
        const int y_begin = max(oy * s - p, 0), y_end = min(oy * s - p + k, h);
        const int x_begin = max(ox * s - p, 0), x_end = min(ox * s - p + k, w);
        for (int iy = y_begin; iy < y_end; iy++) {
            for (int ix = x_begin; ix < x_end; ix++) {
                const float v = x[(plane * h + iy) * w + ix];
                if (best_idx < 0 || v > best) {
                    best = v;
                    best_idx = iy * w + ix;
                }
            }
        }
        const int o = (plane * oh + oy) * ow + ox;
        out[o] = best;
        indices[o] = best_idx;
    }
}

void launch(float* out, int* indices, const float* x, int nc, int h, int w, int k, int s, int p) {
    int oh = (h + 2 * p - k) / s + 1;
    int ow = (w + 2 * p - k) / s + 1;
    dim3 threads(32, 4);
    dim3 blocks(DIVUP(ow, 32), DIVUP(oh, 4), nc);
    max_pool2d_kernel<<<blocks, threads>>>(out, indices, x, nc, h, w, oh, ow, k, s, p);
}
