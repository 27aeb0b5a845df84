#include <cuda_runtime.h>
#include <cstdint>

__global__ void index_select(float* out, const float* table, const int64_t* idx, int64_t total, int64_t num_rows, int64_t dim) {
    int64_t tid = (int64_t)blockIdx.x * blockDim.x + threadIdx.x;
    if (tid >= total) return;
    int64_t i = tid / dim;
    int64_t j = tid - i * dim;
    int64_t src = idx[i];
    src += (src < 0) * num_rows;
    out[tid] = table[src * dim + j];
}

void launch(float* out, const float* table, const int64_t* idx, int n, int v, int d) {
    int64_t total = (int64_t)n * d;
    index_select<<<(total + 127) / 128, 128>>>(out, table, idx, total, v, d);
    cudaDeviceSynchronize();
}
