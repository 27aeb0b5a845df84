// RUN: compile --emit nest %s
// RUN: compile --emit schedule %s
// RUN: compile --emit schedule --schedule naive %s --entry twice
__global__ void scale(float* y, const float* x, float a, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = a * x[i];
}
void twice(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, 2.0f, n); }
// STDOUT:
// twice(float* y, const float* x, int n)
// for i < n:
//   y[i] = 2.0f * x[i]
// kernel0[(a0:xx256*1*1)]
// kernel0[(a0:xx256*1*1)]
