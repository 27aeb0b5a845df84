// RUN: compile --emit schedule %s --schedule "warp_reduction kernel=0 threads=32 rows=4 keep=0"
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDERR:
// error: --schedule: `warp_reduction kernel=0 threads=32 rows=4 keep=0` is no step that can be taken there
//   hint: warp_reduction does not apply there
