// C = alpha A B + beta C, fmaf, 2-D block from a macro.
// ARGS: C:f32[24] A:f32[28] B:f32[42] M=4 N=6 K=7 alpha=0.5 beta=2
#define TILE 8
#define IDX(r, c, ld) ((r) * (ld) + (c))
__global__ void k(float* C, const float* A, const float* B, int M, int N, int K, float alpha, float beta) {
  const int r = blockIdx.y * TILE + threadIdx.y;
  const int c = blockIdx.x * TILE + threadIdx.x;
  if (r >= M || c >= N) return;
  float acc = 0.0f;
  for (int kk = 0; kk < K; kk++) acc = fmaf(A[IDX(r, kk, K)], B[IDX(kk, c, N)], acc);
  C[IDX(r, c, N)] = alpha * acc + beta * C[IDX(r, c, N)];
}
void launch(float* C, const float* A, const float* B, int M, int N, int K, float alpha, float beta) {
  dim3 block(TILE, TILE);
  dim3 grid((N + TILE - 1) / TILE, (M + TILE - 1) / TILE);
  k<<<grid, block>>>(C, A, B, M, N, K, alpha, beta);
}
