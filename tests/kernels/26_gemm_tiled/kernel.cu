#include <cuda_runtime.h>
#include <stdio.h>

#define TILE_SIZE 16
#define CEIL_DIV(a, b) (((a) + (b) - 1) / (b))

__global__ void matmul_tiled(const float* A, const float* B, float* C, int M, int N, int K) {
    __shared__ float As[TILE_SIZE][TILE_SIZE];
    __shared__ float Bs[TILE_SIZE][TILE_SIZE + 1];
    int tx = threadIdx.x, ty = threadIdx.y;
    int row = blockIdx.y * TILE_SIZE + ty;
    int col = blockIdx.x * TILE_SIZE + tx;
    float sum = 0.0f;
    for (int t = 0; t < CEIL_DIV(K, TILE_SIZE); ++t) {
        int ak = t * TILE_SIZE + tx;
        int bk = t * TILE_SIZE + ty;
        As[ty][tx] = (row < M && ak < K) ? A[row * K + ak] : 0.0f;
        Bs[ty][tx] = (bk < K && col < N) ? B[bk * N + col] : 0.0f;
        __syncthreads();
        #pragma unroll
        for (int k = 0; k < TILE_SIZE; ++k) sum += As[ty][k] * Bs[k][tx];
        __syncthreads();
    }
    if (row < M && col < N) C[row * N + col] = sum;
}

void launch(float* C, const float* A, const float* B, int M, int N, int K) {
    dim3 block(TILE_SIZE, TILE_SIZE, 1);
    dim3 grid(CEIL_DIV(N, TILE_SIZE), CEIL_DIV(M, TILE_SIZE), 1);
    matmul_tiled<<<grid, block>>>(A, B, C, M, N, K);
    cudaError_t err = cudaGetLastError();
    if (err != cudaSuccess) fprintf(stderr, "launch error: %s\n", cudaGetErrorString(err));
    cudaDeviceSynchronize();
}
