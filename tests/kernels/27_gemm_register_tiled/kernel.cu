#include <cuda_runtime.h>
#include <cassert>
#include <algorithm>

template <const int BM, const int BN, const int BK, const int TM, const int TN>
__global__ void __launch_bounds__((BM / TM) * (BN / TN))
sgemm_2d(float* __restrict__ C, const float* __restrict__ A, const float* __restrict__ B,
         int M, int N, int K, float alpha, float beta) {
    __shared__ float As[BK][BM];
    __shared__ float Bs[BK][BN];
    constexpr int kThreads = (BM / TM) * (BN / TN);
    const int tid = threadIdx.x;
    const int tcol = tid % (BN / TN);
    const int trow = tid / (BN / TN);
    const int row0 = blockIdx.y * BM;
    const int col0 = blockIdx.x * BN;

    float acc[TM][TN] = {};
    float regM[TM];
    float regN[TN];

    for (int k0 = 0; k0 < K; k0 += BK) {
        for (int i = tid; i < BM * BK; i += kThreads) {
            const int r = i / BK, c = i % BK;
            As[c][r] = (row0 + r < M && k0 + c < K) ? A[(row0 + r) * K + k0 + c] : 0.0f;
        }
        for (int i = tid; i < BK * BN; i += kThreads) {
            const int r = i / BN, c = i % BN;
            Bs[r][c] = (k0 + r < K && col0 + c < N) ? B[(k0 + r) * N + col0 + c] : 0.0f;
        }
        __syncthreads();
#pragma unroll
        for (int k = 0; k < BK; ++k) {
#pragma unroll
            for (int i = 0; i < TM; ++i) regM[i] = As[k][trow * TM + i];
#pragma unroll
            for (int j = 0; j < TN; ++j) regN[j] = Bs[k][tcol * TN + j];
#pragma unroll
            for (int i = 0; i < TM; ++i)
#pragma unroll
                for (int j = 0; j < TN; ++j) acc[i][j] += regM[i] * regN[j];
        }
        __syncthreads();
    }
    for (int i = 0; i < TM; ++i) {
        const int r = row0 + trow * TM + i;
        if (r >= M) continue;
        for (int j = 0; j < TN; ++j) {
            const int c = col0 + tcol * TN + j;
            if (c < N) C[r * N + c] = alpha * acc[i][j] + beta * C[r * N + c];
        }
    }
}

inline int ceil_div(int a, int b) { return (a + b - 1) / b; }

void launch(float* C, const float* A, const float* B, int M, int N, int K, float alpha, float beta) {
    constexpr int BM = 64, BN = 64, BK = 8, TM = 4, TN = 4;
    dim3 grid(ceil_div(N, BN), ceil_div(M, BM));
    sgemm_2d<BM, BN, BK, TM, TN><<<grid, (BM / TM) * (BN / TN)>>>(C, A, B, M, N, K, alpha, beta);
}
