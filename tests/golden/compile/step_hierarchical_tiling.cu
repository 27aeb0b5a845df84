// RUN: compile --emit schedule %s --schedule "hierarchical_tiling kernel=0 x=16 y=8 m=8 n=4 k=8 buffers=1"
__global__ void matmul(float* C, const float* A, const float* B, int M, int N, int K) {
  int col = blockIdx.x * blockDim.x + threadIdx.x;
  int row = blockIdx.y * blockDim.y + threadIdx.y;
  if (row >= M || col >= N) return;
  float sum = 0.0f;
  for (int k = 0; k < K; k++) sum += A[row * K + k] * B[k * N + col];
  C[row * N + col] = sum;
}
void launch(float* C, const float* A, const float* B, int M, int N, int K) {
  matmul<<<dim3((N + 15) / 16, (M + 15) / 16), dim3(16, 16)>>>(C, A, B, M, N, K);
}
// STDOUT:
// kernel0[(a0:yy8*2*4 a1:xx16*1*4 a2:--1*8*1 stage1/a0+4*4 stage2/a1+0*4)]
