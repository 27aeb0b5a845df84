// ARGS: y:f32[24] x:f32[24] rows=4 cols=6
// ARGS: y:f32[5] x:f32[5] rows=5 cols=1
// NESTS: 3
// Softmax over the rows of a matrix: one thread per row.
#include <cuda_runtime.h>
#include <math.h>

__global__ void softmax_kernel(float* y, const float* x, int rows, int cols) {
    int row = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= rows) return;

    float max_val = x[row * cols];
    for (int c = 1; c < cols; c++) {
        if (x[row * cols + c] > max_val) {
            max_val = x[row * cols + c];
        }
    }

    float sum = 0.0f;
    for (int c = 0; c < cols; c++) {
        y[row * cols + c] = expf(x[row * cols + c] - max_val);
        sum += y[row * cols + c];
    }

    for (int c = 0; c < cols; c++) {
        y[row * cols + c] /= sum;
    }
}

extern "C" void launch(float* y, const float* x, int rows, int cols) {
    int threads = 256;
    int blocks = (rows + threads - 1) / threads;
    softmax_kernel<<<blocks, threads>>>(y, x, rows, cols);
    cudaDeviceSynchronize();
}
