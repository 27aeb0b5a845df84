// RUN: compile --emit schedule %s --schedule "loop_unrolling kernel=0 turns=8"
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDERR:
// error: --schedule: `loop_unrolling kernel=0 turns=8` is no step that can be taken there
//   hint: loop_unrolling does not apply there
