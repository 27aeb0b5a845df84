// ARGS: C:f32[24] A:f32[28] B:f32[42] M=4 N=6 K=7
// NESTS: 1
// C = A * B in single precision, row-major: one thread per element of C.
#include <cuda_runtime.h>

__global__ void sgemm_kernel(float* C, const float* A, const float* B, int M, int N, int K) {
    int row = blockIdx.y * blockDim.y + threadIdx.y;
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    if (row < M && col < N) {
        float sum = 0.0f;
        for (int k = 0; k < K; k++) {
            sum += A[row * K + k] * B[k * N + col];
        }
        C[row * N + col] = sum;
    }
}

extern "C" void launch(float* C, const float* A, const float* B, int M, int N, int K) {
    dim3 block(16, 16);
    dim3 grid((N + 15) / 16, (M + 15) / 16);
    sgemm_kernel<<<grid, block>>>(C, A, B, M, N, K);
    cudaDeviceSynchronize();
}
