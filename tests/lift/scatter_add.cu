// Rows added to places chosen by data, a maximum and a bit mask beside it.
// ARGS: y:f32[12] m:s32[4] b:s32[1] x:f32[27] at:s32[9]<4 n=9 cols=3
// NESTS: 3
__global__ void k(float* y, int* m, int* b, const float* x, const int* at, int n, int cols) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  for (int c = 0; c < cols; ++c) atomicAdd(&y[at[i] * cols + c], x[i * cols + c]);
  atomicMax(&m[at[i]], i);
  atomicOr(b, 1 << at[i]);
}
void launch(float* y, int* m, int* b, const float* x, const int* at, int n, int cols) {
  k<<<(n + 31) / 32, 32>>>(y, m, b, x, at, n, cols);
}
