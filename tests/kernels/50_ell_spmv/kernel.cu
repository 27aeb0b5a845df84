#include <cuda_runtime.h>
#include <iostream>

__global__ void ell_kernel(float* y, const int* idx, const float* vals, const float* x, const int rows, const int width) {
    const int row = threadIdx.x + blockIdx.x * blockDim.x;
    if (row >= rows) return;
    float dot = 0.f;
    for (int k = 0; k < width; k++) {
        const int c = idx[k * rows + row];
        if (c != -1) dot += vals[k * rows + row] * x[c];
    }
    y[row] = dot;
}

void launch(float* y, const int* idx, const float* vals, const float* x, int rows, int cols, int width) {
    const int threads_per_block = 192;
    const int blocks = (rows + threads_per_block - 1) / threads_per_block;
    ell_kernel<<<blocks, threads_per_block>>>(y, idx, vals, x, rows, width);
    cudaError_t status = cudaDeviceSynchronize();
    if (status != cudaSuccess) {
        std::cerr << "error: " << cudaGetErrorString(status) << "\n";
    }
}
