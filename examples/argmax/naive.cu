// Index of the largest element of each row, the first of equal ones: one thread per row.
#include <cuda_runtime.h>

__global__ void argmax_kernel(int* index, const float* x, int rows, int cols) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;

    float best = x[row * cols];
    int best_idx = 0;
    for (int c = 1; c < cols; c++) {
        float v = x[row * cols + c];
        if (v > best) {
            best = v;
            best_idx = c;
        }
    }
    index[row] = best_idx;
}

extern "C" void launch(int* index, const float* x, int rows, int cols) {
    int threads = 256;
    int blocks = (rows + threads - 1) / threads;
    argmax_kernel<<<blocks, threads>>>(index, x, rows, cols);
    cudaDeviceSynchronize();
}
