// RUN: compile --emit schedule %s --schedule "thread_coarsening kernel=0 axis=0 items=4"
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
// STDERR:
// error: --schedule: `thread_coarsening kernel=0 axis=0 items=4` is no step that can be taken there
//   hint: thread_coarsening does not apply there
