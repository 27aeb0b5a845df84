// C = A * B over half with float accumulation, row-major: one thread per element of C.
#include <cuda_fp16.h>
#include <cuda_runtime.h>

__global__ void hgemm_kernel(half* C, const half* A, const half* B, int M, int N, int K) {
    int row = blockIdx.y * blockDim.y + threadIdx.y;
    int col = blockIdx.x * blockDim.x + threadIdx.x;
    if (row < M && col < N) {
        float acc = 0.0f;
        for (int k = 0; k < K; k++) {
            acc += __half2float(A[row * K + k]) * __half2float(B[k * N + col]);
        }
        C[row * N + col] = __float2half(acc);
    }
}

extern "C" void launch(half* C, const half* A, const half* B, int M, int N, int K) {
    dim3 block(16, 16);
    dim3 grid((N + 15) / 16, (M + 15) / 16);
    hgemm_kernel<<<grid, block>>>(C, A, B, M, N, K);
    cudaDeviceSynchronize();
}
