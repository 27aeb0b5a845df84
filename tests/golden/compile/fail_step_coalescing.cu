// RUN: compile --emit schedule %s --schedule "coalescing kernel=2 x=32 y=8 parts=16"
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDERR:
// error: --schedule: `coalescing kernel=2 x=32 y=8 parts=16` is no step that can be taken there
//   hint: steps are chosen for the bench sizes of --task; others there are {{.*}}
