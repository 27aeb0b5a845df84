#include <cuda_runtime.h>

// C = tril(A) * tril(B): only k in [col, row] contributes
__global__ void tril_mm_kernel(const float* A, const float* B, float* C, int N) {
    int row = blockIdx.y * blockDim.y + threadIdx.y;
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    if (row >= N || col >= N) return;
    if (row < col) {
        C[row * N + col] = 0.0f;
        return;
    }
    float sum = 0.0f;
    for (int k = col; k <= row; ++k) sum += A[row * N + k] * B[k * N + col];
    C[row * N + col] = sum;
}

void launch(float* C, const float* A, const float* B, int n) {
    dim3 threads(16, 16);
    dim3 blocks((n + 15) / 16, (n + 15) / 16);
    tril_mm_kernel<<<blocks, threads>>>(A, B, C, n);
    cudaDeviceSynchronize();
}
