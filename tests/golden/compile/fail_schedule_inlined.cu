// RUN: compile --emit cuda --schedule "inline0 kernel0[(a0:xx64*1*1)]" %s
// What the launcher returns is computed where it is.
__global__ void scale(float* y, float* z, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= n) return;
  y[i] = 2.0f * x[i];
  z[i] = y[i] + 1.0f;
}
void launch(float* y, float* z, const float* x, int n) {
  scale<<<(n + 127) / 128, 128>>>(y, z, x, n);
}
// STDERR:
// fail_schedule_inlined.cu: error: cannot generate: y outlives the launcher
