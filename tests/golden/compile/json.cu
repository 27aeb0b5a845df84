// RUN: compile %s --json --emit nest
__global__ void k(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i];
}
void launch(float* y, const float* x, int n) { k<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// {"ok":true,"diagnostics":[],"emitted":"launch(float* y, const float* x, int n)\nfor i < n:\n  y[i] = x[i]\n","front":"native","front_note":null}
