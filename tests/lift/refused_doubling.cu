// A value that is used twice in every step of an unrolled loop.
// REFUSED: too long
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  float v = x[i];
  for (int step = 0; step < 64; ++step) v = v * v + v;
  y[i] = v;
}
void launch(float* y, const float* x, int n) { k<<<(n + 31) / 32, 32>>>(y, x, n); }
