#include <cuda_runtime.h>
#include <cuda_fp16.h>
#include <mma.h>
#include <cstdint>

#define TILE 16

__global__ void bmm_kernel(half* __restrict__ C, const half* __restrict__ A, const half* __restrict__ B,
                           int M, int N, int K) {
    __shared__ half sA[TILE][TILE];
    __shared__ half sB[TILE][TILE];
    const int batch = blockIdx.z;
    A += (size_t)batch * M * K;
    B += (size_t)batch * K * N;
    C += (size_t)batch * M * N;
    const int row = blockIdx.y * TILE + threadIdx.y;
    const int col = blockIdx.x * TILE + threadIdx.x;
    float acc = 0.0f;
    const int num_tiles = (K + TILE - 1) / TILE;
    for (int t = 0; t < num_tiles; ++t) {
        const int kc = t * TILE + threadIdx.x;
        const int kr = t * TILE + threadIdx.y;
        if (row < M && kc < K)
            sA[threadIdx.y][threadIdx.x] = A[row * K + kc];
        else
            sA[threadIdx.y][threadIdx.x] = __float2half(0.0f);
        if (kr < K && col < N)
            sB[threadIdx.y][threadIdx.x] = B[kr * N + col];
        else
            sB[threadIdx.y][threadIdx.x] = __float2half(0.0f);
        __syncthreads();
        for (int i = 0; i < TILE; ++i)
            acc += __half2float(sA[threadIdx.y][i]) * __half2float(sB[i][threadIdx.x]);
        __syncthreads();
    }
    if (row < M && col < N) C[row * N + col] = __float2half(acc);
}

void launch(void* out, void* x, void* y, int64_t b, int64_t m, int64_t n, int64_t k) {
    dim3 block(TILE, TILE);
    dim3 grid((n + TILE - 1) / TILE, (m + TILE - 1) / TILE, b);
    bmm_kernel<<<grid, block>>>((half*)out, (half*)x, (half*)y, (int)m, (int)n, (int)k);
    cudaDeviceSynchronize();
}
