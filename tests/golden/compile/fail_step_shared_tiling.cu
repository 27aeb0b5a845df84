// RUN: compile --emit schedule %s --schedule "shared_tiling kernel=0 tile=16 pad=4"
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDERR:
// error: --schedule: `shared_tiling kernel=0 tile=16 pad=4` is no step that can be taken there
//   hint: shared_tiling does not apply there
