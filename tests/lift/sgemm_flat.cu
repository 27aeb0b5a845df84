// One flat index over the output.
// ARGS: C:f32[24] A:f32[28] B:f32[42] M=4 N=6 K=7
// NESTS: 1
__global__ void k(float* C, const float* A, const float* B, int M, int N, int K) {
  int idx = blockIdx.x * blockDim.x + threadIdx.x;
  if (idx >= M * N) return;
  int row = idx / N, col = idx % N;
  float s = 0;
  int k = 0;
  while (k < K) {
    s += A[row * K + k] * B[k * N + col];
    k++;
  }
  C[idx] = s;
}
void launch(float* C, const float* A, const float* B, int M, int N, int K) {
  k<<<(M * N + 255) / 256, 256>>>(C, A, B, M, N, K);
}
