#include <cuda_runtime.h>

__global__ void gemm_splitk(float* C, const float* A, const float* B, int M, int N, int K, int chunk) {
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    int row = blockIdx.y;
    int k0 = blockIdx.z * chunk;
    int k1 = min(k0 + chunk, K);
    if (col >= N) return;
    float s = 0.0f;
    for (int k = k0; k < k1; ++k) s += A[row * K + k] * B[k * N + col];
    atomicAdd(C + row * N + col, s);
}

void launch(float* C, const float* A, const float* B, int M, int N, int K) {
    const int splits = 4;
    int chunk = (K + splits - 1) / splits;
    cudaMemset(C, 0, sizeof(float) * M * N);
    dim3 grid((N + 63) / 64, M, splits);
    gemm_splitk<<<grid, 64>>>(C, A, B, M, N, K, chunk);
    cudaDeviceSynchronize();
}
