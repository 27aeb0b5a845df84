//schedule kernel0[(a0:yy8*2*4 a1:xx16*2*4 a2:--1*8*1 stage1/a0+4*4 stage2/a1+0*4 buffers2)]
__global__ void mm(float* C, const float* A, const float* B, int M, int N, int K) {
  int r = blockIdx.y * blockDim.y + threadIdx.y, c = blockIdx.x * blockDim.x + threadIdx.x;
  if (r < M && c < N) { float s = 0.f; for (int k = 0; k < K; ++k) s += A[r * K + k] * B[k * N + c]; C[r * N + c] = s; }
}
void launch(float* C, const float* A, const float* B, int M, int N, int K) {
  dim3 block(16, 16); dim3 grid((N + 15) / 16, (M + 15) / 16);
  mm<<<grid, block>>>(C, A, B, M, N, K);
}
