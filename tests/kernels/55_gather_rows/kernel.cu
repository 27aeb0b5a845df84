#include <cuda_runtime.h>
#include <cstdint>

__global__ void gather_rows_kernel(float* out, const float* __restrict__ table, const int64_t* __restrict__ idx, int n, int v, int d) {
    const int row = blockIdx.y;
    const int c = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= n || c >= d) return;
    int64_t src = idx[row];
    if (src < 0) src += v;
    out[(int64_t)row * d + c] = table[src * d + c];
}

void launch(float* out, const float* table, const int64_t* idx, int n, int v, int d) {
    dim3 grid((d + 63) / 64, n);
    gather_rows_kernel<<<grid, 64>>>(out, table, idx, n, v, d);
    cudaDeviceSynchronize();
}
