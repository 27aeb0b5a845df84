#include <cuda_runtime.h>
#include <float.h>

__global__ void argmax_warp(int* out, const float* x, int rows, int cols) {
    int row = blockIdx.x * 4 + threadIdx.y;
    if (row >= rows) return;
    float best = -FLT_MAX;
    int at = cols;
    for (int c = threadIdx.x; c < cols; c += 32) {
        float v = x[(size_t)row * cols + c];
        if (v > best || (v == best && c < at)) {
            best = v;
            at = c;
        }
    }
    for (int o = 16; o > 0; o >>= 1) {
        float other = __shfl_down_sync(0xffffffffu, best, o);
        int other_at = __shfl_down_sync(0xffffffffu, at, o);
        if (other > best || (other == best && other_at < at)) {
            best = other;
            at = other_at;
        }
    }
    if (threadIdx.x == 0) out[row] = at;
}

void launch(int* out, const float* x, int rows, int cols) {
    argmax_warp<<<(rows + 3) / 4, dim3(32, 4)>>>(out, x, rows, cols);
}
