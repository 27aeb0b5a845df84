// RUN: compile --emit schedule %s --schedule "shared_tiling kernel=0 tile=16 pad=4; double_buffering kernel=0 buffers=2"
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
// kernel0[(a0:yy16*1*1 a1:xx16*1*1 a2:--1*16*1 stage1/a0+4*1 stage2/a1+0*1 buffers2)]
