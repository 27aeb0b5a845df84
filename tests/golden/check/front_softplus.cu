__global__ void softplus(float* y, const float* x, int n) {
  int i;
  asm("mad.lo.s32 %0, %1, %2, %3;" : "=r"(i) : "r"(blockIdx.x), "r"(blockDim.x), "r"(threadIdx.x));
  if (i < n) y[i] = log1pf(expf(x[i]));
}
void launch(float* y, const float* x, int n) { softplus<<<(n + 63) / 64, 64>>>(y, x, n); }
