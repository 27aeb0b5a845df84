// RUN: compile --emit cuda %s --schedule "kernel0[(a0:xx256*1*1 private64*1)]"
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDERR:
// fail_schedule_private.cu: error: cannot generate: private copies of a result that no points join
