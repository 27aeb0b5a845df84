#include <cuda_runtime.h>

#define TM 4
#define BS 16

// Each thread computes TM rows of one column.
__global__ void gemm_coarse(float* C, const float* A, const float* B, int M, int N, int K) {
    __shared__ float tileA[BS * TM][BS];
    __shared__ float tileB[BS][BS];
    int col = blockIdx.x * BS + threadIdx.x;
    int row0 = blockIdx.y * BS * TM;
    float acc[TM] = {0.0f, 0.0f, 0.0f, 0.0f};
    for (int kt = 0; kt < K; kt += BS) {
        for (int i = 0; i < TM; ++i) {
            int r = threadIdx.y + i * BS;
            int gr = row0 + r, gk = kt + threadIdx.x;
            tileA[r][threadIdx.x] = gr < M && gk < K ? A[gr * K + gk] : 0.0f;
        }
        int gk = kt + threadIdx.y;
        tileB[threadIdx.y][threadIdx.x] = gk < K && col < N ? B[gk * N + col] : 0.0f;
        __syncthreads();
        for (int k = 0; k < BS; ++k) {
            float b = tileB[k][threadIdx.x];
#pragma unroll
            for (int i = 0; i < TM; ++i) acc[i] += tileA[threadIdx.y + i * BS][k] * b;
        }
        __syncthreads();
    }
    for (int i = 0; i < TM; ++i) {
        int gr = row0 + threadIdx.y + i * BS;
        if (gr < M && col < N) C[gr * N + col] = acc[i];
    }
}

void launch(float* C, const float* A, const float* B, int M, int N, int K) {
    dim3 block(BS, BS);
    dim3 grid((N + BS - 1) / BS, (M + BS * TM - 1) / (BS * TM));
    gemm_coarse<<<grid, block>>>(C, A, B, M, N, K);
    cudaDeviceSynchronize();
}
