#include <cuda_runtime.h>

__global__ void sgemm(int M, int N, int K, float alpha, const float *A, const float *B, float beta, float *C) {
    const unsigned int x = blockIdx.x * blockDim.x + threadIdx.x;
    const unsigned int y = blockIdx.y * blockDim.y + threadIdx.y;
    if (x < M && y < N) {
        float tmp = 0.0;
        for (int i = 0; i < K; ++i) {
            tmp += A[x * K + i] * B[i * N + y];
        }
        C[x * N + y] = alpha * tmp + beta * C[x * N + y];
    }
}

void launch(float* C, const float* A, const float* B, int M, int N, int K, float alpha, float beta) {
    dim3 gridDim((M + 15) / 16, (N + 15) / 16, 1);
    dim3 blockDim(16, 16, 1);
    sgemm<<<gridDim, blockDim>>>(M, N, K, alpha, A, B, beta, C);
}
