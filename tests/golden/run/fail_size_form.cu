// RUN: run %s --task %S/../check/scale.toml --size n
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDERR:
// error: --size: `n` is not of the form NAME=VALUE
//   hint: the sizes of the task: n=1
