#include <cuda_runtime.h>

__global__ void masked_cumsum_kernel(int* y, const int* x, const bool* mask, int rows, int cols) {
    int r = blockIdx.x * blockDim.x + threadIdx.x;
    if (r >= rows) return;
    int acc = 0;
    for (int c = 0; c < cols; ++c) {
        int i = r * cols + c;
        acc += mask[i] ? x[i] : 0;
        y[i] = acc;
    }
}

void launch(int* y, const int* x, const bool* mask, int rows, int cols) {
    masked_cumsum_kernel<<<(rows + 63) / 64, 64>>>(y, x, mask, rows, cols);
    cudaDeviceSynchronize();
}
