#include <cuda_runtime.h>
#include <assert.h>

template <const int BM, const int BN, const int BK, const int TM>
__global__ void sgemm1DBlocktiling(int M, int N, int K, float alpha, const float *A, const float *B, float beta, float *C) {
    const int cRow = blockIdx.y, cCol = blockIdx.x;
    const int threadCol = threadIdx.x % BN, threadRow = threadIdx.x / BN;
    __shared__ float As[BM * BK];
    __shared__ float Bs[BK * BN];
    const int innerColA = threadIdx.x % BK, innerRowA = threadIdx.x / BK;
    const int innerColB = threadIdx.x % BN, innerRowB = threadIdx.x / BN;
    float threadResults[TM] = {0.0};
    for (int bkIdx = 0; bkIdx < K; bkIdx += BK) {
        int ar = cRow * BM + innerRowA, ac = bkIdx + innerColA;
        int br = bkIdx + innerRowB, bc = cCol * BN + innerColB;
        As[innerRowA * BK + innerColA] = ar < M && ac < K ? A[ar * K + ac] : 0.0f;
        Bs[innerRowB * BN + innerColB] = br < K && bc < N ? B[br * N + bc] : 0.0f;
        __syncthreads();
        for (int dotIdx = 0; dotIdx < BK; ++dotIdx) {
            float tmpB = Bs[dotIdx * BN + threadCol];
            for (int resIdx = 0; resIdx < TM; ++resIdx)
                threadResults[resIdx] += As[(threadRow * TM + resIdx) * BK + dotIdx] * tmpB;
        }
        __syncthreads();
    }
    for (int resIdx = 0; resIdx < TM; ++resIdx) {
        int r = cRow * BM + threadRow * TM + resIdx, c = cCol * BN + threadCol;
        if (r < M && c < N) C[r * N + c] = alpha * threadResults[resIdx] + beta * C[r * N + c];
    }
}

void launch(float* C, const float* A, const float* B, int M, int N, int K, float alpha, float beta) {
    constexpr int BM = 64, BN = 64, BK = 8, TM = 8;
    static_assert(BM * BK == BN * BM / TM, "one load per thread");
    dim3 grid((N + BN - 1) / BN, (M + BM - 1) / BM);
    sgemm1DBlocktiling<BM, BN, BK, TM><<<grid, (BM * BN) / TM>>>(M, N, K, alpha, A, B, beta, C);
}
