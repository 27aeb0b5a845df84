#include <cuda_runtime.h>
#include <cuda_fp16.h>

#define TILE 16

// out = a (m x k) * b^T (n x k) + bias
__global__ void linear_tiled(const half* a, const half* b, const half* bias, half* out, int m, int n, int k) {
    __shared__ half As[TILE][TILE];
    __shared__ half Bs[TILE][TILE + 1];
    int row = blockIdx.y * TILE + threadIdx.y;
    int col = blockIdx.x * TILE + threadIdx.x;
    float acc = 0.0f;
    for (int t = 0; t < (k + TILE - 1) / TILE; ++t) {
        int ka = t * TILE + threadIdx.x;
        As[threadIdx.y][threadIdx.x] = (row < m && ka < k) ? a[row * k + ka] : __float2half(0.0f);
        int brow = blockIdx.x * TILE + threadIdx.y;
        Bs[threadIdx.y][threadIdx.x] = (brow < n && ka < k) ? b[brow * k + ka] : __float2half(0.0f);
        __syncthreads();
        for (int i = 0; i < TILE; ++i) acc += __half2float(As[threadIdx.y][i]) * __half2float(Bs[threadIdx.x][i]);
        __syncthreads();
    }
    if (row < m && col < n) out[row * n + col] = __float2half(acc + __half2float(bias[col]));
}

void launch(void* out, void* a, void* b, void* bias, int64_t m, int64_t n, int64_t k) {
    dim3 threads(TILE, TILE);
    dim3 blocks((n + TILE - 1) / TILE, (m + TILE - 1) / TILE);
    linear_tiled<<<blocks, threads>>>((half*)a, (half*)b, (half*)bias, (half*)out, m, n, k);
    cudaDeviceSynchronize();
}
