// RUN: compile --emit cuda %s --schedule "block_shape kernel=9 x=0"
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDERR:
// error: --schedule: `block_shape kernel=9 x=0` is no step that can be taken there
//   hint: steps are chosen for the bench sizes of --task; others there are block_shape kernel=0 x=64 y=1 items=1; block_shape kernel=0 x=64 y=1 items=2; block_shape kernel=0 x=64 y=1 items=4; block_shape kernel=0 x=64 y=1 items=8
