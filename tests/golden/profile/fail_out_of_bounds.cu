// RUN: profile %s --task %S/../check/scale.toml --size n=65 --kb none --no-ptxas
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  y[i * 100000] = x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDERR:
// error: does not run at bench size: fail_out_of_bounds.cu:4:17: store of 4 bytes at byte 400000 of y (260 bytes)
