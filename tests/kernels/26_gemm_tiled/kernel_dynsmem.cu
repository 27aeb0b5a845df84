#include <cuda_runtime.h>

// Tile size chosen at run time, both tiles in one dynamic shared buffer.
__global__ void gemm_dyn(float* __restrict__ C, const float* __restrict__ A, const float* __restrict__ B, int M, int N,
                         int K, int tile) {
    extern __shared__ float buf[];
    float* As = buf;
    float* Bs = buf + tile * tile;
    const int tx = threadIdx.x, ty = threadIdx.y;
    const int row = blockIdx.y * tile + ty;
    const int col = blockIdx.x * tile + tx;
    float acc = 0.f;
    for (int k0 = 0; k0 < K; k0 += tile) {
        As[ty * tile + tx] = (row < M && k0 + tx < K) ? A[row * K + k0 + tx] : 0.f;
        Bs[ty * tile + tx] = (col < N && k0 + ty < K) ? B[(k0 + ty) * N + col] : 0.f;
        __syncthreads();
        for (int k = 0; k < tile; ++k) acc = fmaf(As[ty * tile + k], Bs[k * tile + tx], acc);
        __syncthreads();
    }
    if (row < M && col < N) C[row * N + col] = acc;
}

void launch(float* C, const float* A, const float* B, int M, int N, int K) {
    int tile = (M >= 32 && N >= 32) ? 32 : 16;
    dim3 block(tile, tile), grid((N + tile - 1) / tile, (M + tile - 1) / tile);
    gemm_dyn<<<grid, block, 2 * tile * tile * sizeof(float)>>>(C, A, B, M, N, K, tile);
}
