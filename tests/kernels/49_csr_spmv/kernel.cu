#include <cuda_runtime.h>

#define WARP 32

__global__ void spmv_csr_vector(float* __restrict__ y, const int* __restrict__ row_ptr, const int* __restrict__ col,
                                const float* __restrict__ val, const float* __restrict__ x, int rows) {
    int gtid = blockDim.x * blockIdx.x + threadIdx.x;
    int row = gtid / WARP;
    int lane = gtid & (WARP - 1);
    if (row < rows) {
        int start = row_ptr[row];
        int end = row_ptr[row + 1];
        float sum = 0;
        for (int j = start + lane; j < end; j += WARP) sum += val[j] * __ldg(x + col[j]);
        for (int d = WARP / 2; d >= 1; d /= 2) sum += __shfl_down_sync(0xFFFFFFFFu, sum, d);
        if (lane == 0) y[row] = sum;
    }
}

void launch(float* y, const int* offsets, const int* cols_idx, const float* vals, const float* x, int rows, int cols, int nnz) {
    (void)cols;
    (void)nnz;
    dim3 block(256);
    dim3 grid((rows * WARP + block.x - 1) / block.x);
    spmv_csr_vector<<<grid, block>>>(y, offsets, cols_idx, vals, x, rows);
}
