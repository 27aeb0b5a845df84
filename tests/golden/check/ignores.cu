// Ignores z; used by a golden here.
__global__ void scale(float* y, const float* x, const float* z, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, const float* z, int n) {
  scale<<<(n + 31) / 32, 32>>>(y, x, z, n);
}
