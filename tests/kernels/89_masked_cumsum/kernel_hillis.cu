#include <cuda_runtime.h>

__global__ void cumsum_block(int* y, const int* x, const bool* mask, int cols) {
    extern __shared__ int buf[];
    int* cur = buf;
    int* nxt = buf + cols;
    const int base = blockIdx.x * cols;
    for (int c = threadIdx.x; c < cols; c += blockDim.x) cur[c] = mask[base + c] * x[base + c];
    __syncthreads();
    for (int d = 1; d < cols; d <<= 1) {
        for (int c = threadIdx.x; c < cols; c += blockDim.x) nxt[c] = c >= d ? cur[c] + cur[c - d] : cur[c];
        __syncthreads();
        int* t = cur;
        cur = nxt;
        nxt = t;
    }
    for (int c = threadIdx.x; c < cols; c += blockDim.x) y[base + c] = cur[c];
}

void launch(int* y, const int* x, const bool* mask, int rows, int cols) {
    cumsum_block<<<rows, 128, 2 * cols * sizeof(int)>>>(y, x, mask, cols);
}
