// ARGS: s:f32[6] x:f32[24] rows=4 cols=6
// NESTS: 1
// Sums of the columns of a matrix: one thread per column.
#include <cuda_runtime.h>

__global__ void column_sums_kernel(float* sums, const float* x, int rows, int cols) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    if (col < cols) {
        float sum = 0.0f;
        for (int row = 0; row < rows; row++) {
            sum += x[row * cols + col];
        }
        sums[col] = sum;
    }
}

extern "C" void launch(float* sums, const float* x, int rows, int cols) {
    int threads = 256;
    int blocks = (cols + threads - 1) / threads;
    column_sums_kernel<<<blocks, threads>>>(sums, x, rows, cols);
    cudaDeviceSynchronize();
}
