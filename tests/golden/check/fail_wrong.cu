// RUN: check %s --task %S/scale.toml
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = i == 69 ? 2.5f * x[i] : 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// fail_wrong.cu: rejected at tested: y[69] is {{[-0-9.]+, not [-0-9.]+ [+]- [-0-9.e]+}} at n=70 (inputs: init, seed {{[0-9]+}}); 1 of 70 elements are wrong
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in 24 runs with every check at 2 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls
// witness: n=70, inputs init, seed {{[0-9]+}}: y[69] is {{[-0-9.]+, not [-0-9.]+ [+]- [-0-9.e]+}}; 1 element is wrong
