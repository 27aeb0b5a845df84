// RUN: compile --emit schedule %s --schedule "block_shape kernel=0 x=64 y=1 items=2"
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDOUT:
// kernel0[(a0:xx64*2*1)]
