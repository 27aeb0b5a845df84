// RUN: compile --emit schedule %s --schedule "privatised_atomics kernel=0 window=1024 copies=2 threads=512 items=8"
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDERR:
// error: --schedule: `privatised_atomics kernel=0 window=1024 copies=2 threads=512 items=8` is no step that can be taken there
//   hint: privatised_atomics does not apply there
