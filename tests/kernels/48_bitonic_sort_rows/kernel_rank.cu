#include <cuda_runtime.h>

// Every element counts how many come before it.
__global__ void rank_sort(float* out, const float* x, int cols) {
    const float* row = x + (size_t)blockIdx.y * cols;
    int i = blockIdx.x * blockDim.x + threadIdx.x;
    if (i >= cols) return;
    float v = row[i];
    int rank = 0;
    for (int j = 0; j < cols; ++j) rank += (row[j] < v) || (row[j] == v && j < i);
    out[(size_t)blockIdx.y * cols + rank] = v;
}

void launch(float* out, const float* x, int rows, int cols) {
    dim3 grid((cols + 63) / 64, rows);
    rank_sort<<<grid, 64>>>(out, x, cols);
}
