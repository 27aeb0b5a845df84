#include <cuda_runtime.h>
#include <cmath>

constexpr int WARP_SIZE = 32;
constexpr int WARPS_PER_BLOCK = 8;

__device__ __forceinline__ float warp_max(float v) {
#pragma unroll
    for (int mask = WARP_SIZE / 2; mask > 0; mask >>= 1) v = fmaxf(v, __shfl_xor_sync(0xffffffffu, v, mask));
    return v;
}

__global__ void row_max_kernel(float* __restrict__ out, const float* __restrict__ x, int rows, int cols) {
    const int warp = threadIdx.x / WARP_SIZE;
    const int lane = threadIdx.x % WARP_SIZE;
    const int row = blockIdx.x * WARPS_PER_BLOCK + warp;
    if (row >= rows) return;   // whole warp leaves together
    const float* p = x + (size_t)row * cols;
    float m = -INFINITY;
    for (int c = lane; c < cols; c += WARP_SIZE) m = fmaxf(m, p[c]);
    m = warp_max(m);
    if (lane == 0) out[row] = m;
}

void launch(float* out, const float* x, int rows, int cols) {
    row_max_kernel<<<(rows + WARPS_PER_BLOCK - 1) / WARPS_PER_BLOCK, WARPS_PER_BLOCK * WARP_SIZE>>>(out, x, rows, cols);
}
