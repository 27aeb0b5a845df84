// RUN: run %s --task %S/../check/scale.toml --dump-launches %t/dump
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) {
  cudaMemset(y, 0, n * sizeof(float));
  scale<<<(n + 63) / 64, 64>>>(y, x, n);
}
// STDERR:
// error: the launches of fail_dump_copies.cu cannot be written down: the launcher copies or sets device memory
