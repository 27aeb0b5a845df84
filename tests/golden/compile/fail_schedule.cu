// RUN: compile --emit cuda --schedule nonsense %s
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDERR:
// error: --schedule: no technique `nonsense`
//   hint: there is bank_padding, block_shape, {{.*}}
