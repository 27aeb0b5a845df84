// RUN: compile --emit cuda --schedule kernel0[(a0:q] %s
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDERR:
// error: --schedule: schedule text: one of - x y z expected at byte 12
//   hint: --emit schedule prints one; `warpsmith compile --help` tells what it says
