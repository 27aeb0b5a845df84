#include <cuda_runtime.h>
#include <stdint.h>

__global__ void masked_softmax_warp(float* y, const float* x, const uint8_t* mask, int rows, int cols) {
    const unsigned full = 0xffffffffu;
    int row = blockIdx.x * (blockDim.x / 32) + threadIdx.x / 32;
    int lane = threadIdx.x % 32;
    if (row >= rows) return;
    const float* xr = x + (size_t)row * cols;
    const uint8_t* mr = mask + (size_t)row * cols;
    float* yr = y + (size_t)row * cols;
    float best = xr[0];
    for (int c = lane; c < cols; c += 32)
        if (mr[c] != 0) best = fmaxf(best, xr[c]);
    for (int d = 16; d >= 1; d /= 2) best = fmaxf(best, __shfl_xor_sync(full, best, d));
    float denom = 0.0f;
    for (int c = lane; c < cols; c += 32) {
        bool keep = c == 0 || mr[c] != 0;
        float e = keep ? expf(xr[c] - best) : 0.0f;
        yr[c] = e;
        denom += e;
    }
    for (int d = 16; d >= 1; d /= 2) denom += __shfl_xor_sync(full, denom, d);
    for (int c = lane; c < cols; c += 32) yr[c] /= denom;
}

void launch(float* y, const float* x, const uint8_t* mask, int rows, int cols) {
    masked_softmax_warp<<<(rows + 3) / 4, 128>>>(y, x, mask, rows, cols);
    cudaDeviceSynchronize();
}
