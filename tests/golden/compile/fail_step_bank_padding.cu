// RUN: compile --emit schedule %s --schedule "bank_padding kernel=0 pad=1"
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDERR:
// error: --schedule: `bank_padding kernel=0 pad=1` is no step that can be taken there
//   hint: bank_padding does not apply there
