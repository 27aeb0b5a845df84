#include <cuda_runtime.h>

__global__ void matmul(float* C, const float* A, const float* B, int M, int N, int K) {
    int row = blockIdx.y * blockDim.y + threadIdx.y;
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    if (row < M && col < N) {
        float value = 0;
        for (int e = 0; e < K; ++e) value += A[row * K + e] * B[e * N + col];
        C[row * N + col] = value;
    }
}

void launch(float* C, const float* A, const float* B, int M, int N, int K) {
    dim3 threadsPerBlock(32, 8);
    dim3 numBlocks((N + threadsPerBlock.x - 1) / threadsPerBlock.x, (M + threadsPerBlock.y - 1) / threadsPerBlock.y);
    matmul<<<numBlocks, threadsPerBlock>>>(C, A, B, M, N, K);
    cudaDeviceSynchronize();
}
