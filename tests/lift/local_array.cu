// A small local array, unrolled loops.
// ARGS: y:f32[20] x:f32[80] n=20
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  float v[4];
#pragma unroll
  for (int j = 0; j < 4; ++j) v[j] = x[i * 4 + j];
  float s = 0;
  for (int j = 0; j < 4; ++j) s += v[j] * (float)(j + 1);
  y[i] = s;
}
void launch(float* y, const float* x, int n) { k<<<(n + 31) / 32, 32>>>(y, x, n); }
