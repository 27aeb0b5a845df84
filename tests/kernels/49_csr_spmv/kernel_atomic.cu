#include <cuda_runtime.h>

// One thread per nonzero; its row is found by bisection.
__global__ void spmv_nnz(float* y, const int* ptr, const int* col, const float* val, const float* x, int rows, int nnz) {
    int j = blockIdx.x * blockDim.x + threadIdx.x;
    if (j >= nnz) return;
    int lo = 0, hi = rows;
    while (hi - lo > 1) {
        int mid = (lo + hi) / 2;
        if (ptr[mid] <= j)
            lo = mid;
        else
            hi = mid;
    }
    atomicAdd(&y[lo], val[j] * x[col[j]]);
}

void launch(float* y, const int* offsets, const int* cols_idx, const float* vals, const float* x, int rows, int cols, int nnz) {
    cudaMemset(y, 0, rows * sizeof(float));
    spmv_nnz<<<(nnz + 255) / 256, 256>>>(y, offsets, cols_idx, vals, x, rows, nnz);
    cudaDeviceSynchronize();
}
