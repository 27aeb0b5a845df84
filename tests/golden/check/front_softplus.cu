__global__ void softplus(float* y, const float* x, int n) {
  struct A { int value; };
  struct B {};
  struct Both : A, B {};
  Both both;
  both.value = blockIdx.x * blockDim.x + threadIdx.x;
  const int i = both.value;
  if (i < n) y[i] = log1pf(expf(x[i]));
}
void launch(float* y, const float* x, int n) { softplus<<<(n + 63) / 64, 64>>>(y, x, n); }
