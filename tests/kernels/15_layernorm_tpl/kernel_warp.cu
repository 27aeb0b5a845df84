#include <cuda_runtime.h>

__global__ void ln_warp(float* __restrict__ out, const float* __restrict__ x, const float* __restrict__ w,
                        const float* __restrict__ b, int rows, int cols) {
    int row = (blockIdx.x * blockDim.x + threadIdx.x) / 32;
    int lane = threadIdx.x % 32;
    if (row >= rows) return;
    const float* in = x + row * cols;
    float sum = 0.0f;
    for (int i = lane; i < cols; i += 32) sum += in[i];
    for (int mask = 16; mask > 0; mask /= 2) sum += __shfl_xor_sync(0xffffffff, sum, mask, 32);
    float mean = sum / (float)cols;
    float var = 0.0f;
    for (int i = lane; i < cols; i += 32) {
        float diff = in[i] - mean;
        var += diff * diff;
    }
    for (int mask = 16; mask > 0; mask /= 2) var += __shfl_xor_sync(0xffffffff, var, mask, 32);
    float inv_std = rsqrtf(var / (float)cols + 1e-5f);
    for (int i = lane; i < cols; i += 32) out[row * cols + i] = (in[i] - mean) * inv_std * w[i] + b[i];
}

void launch(float* out, const float* x, const float* w, const float* b, int rows, int cols) {
    const int warps = 8;
    ln_warp<<<(rows + warps - 1) / warps, warps * 32>>>(out, x, w, b, rows, cols);
    cudaDeviceSynchronize();
}
