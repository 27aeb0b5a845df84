// A value that is used twice in every step.
// REFUSED: too long
#define STEP v = v * v + v;
#define STEPS STEP STEP STEP STEP
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  float v = x[i];
  STEPS STEPS STEPS STEPS
  y[i] = v;
}
void launch(float* y, const float* x, int n) { k<<<(n + 31) / 32, 32>>>(y, x, n); }
