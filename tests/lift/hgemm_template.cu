// A template over the element type, half in, float accumulator.
// ARGS: C:f16[24] A:f16[28] B:f16[42] M=4 N=6 K=7
// NESTS: 1
#include <cuda_fp16.h>
template <typename T, int BLOCK>
__global__ void k(T* C, const T* A, const T* B, int M, int N, int K) {
  int row = blockIdx.y * BLOCK + threadIdx.y;
  int col = blockIdx.x * BLOCK + threadIdx.x;
  if (row < M && col < N) {
    float acc = 0.0f;
    for (int k = 0; k < K; ++k) acc += (float)A[row * K + k] * (float)B[k * N + col];
    C[row * N + col] = (T)acc;
  }
}
void launch(half* C, const half* A, const half* B, int M, int N, int K) {
  dim3 block(16, 16);
  dim3 grid((N + 15) / 16, (M + 15) / 16);
  k<half, 16><<<grid, block>>>(C, A, B, M, N, K);
}
