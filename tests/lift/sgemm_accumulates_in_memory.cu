// The sum is kept in the output.
// ARGS: C:f32[24] A:f32[28] B:f32[42] M=4 N=6 K=7
// NESTS: 1
__global__ void k(float* C, const float* A, const float* B, int M, int N, int K) {
  int i = blockIdx.y * blockDim.y + threadIdx.y;
  int j = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < M && j < N) {
    C[i * N + j] = 0.0f;
    for (int k = 0; k < K; k++) C[i * N + j] += A[i * K + k] * B[k * N + j];
  }
}
void launch(float* C, const float* A, const float* B, int M, int N, int K) {
  dim3 b(16, 16), g((N + 15) / 16, (M + 15) / 16);
  k<<<g, b>>>(C, A, B, M, N, K);
}
