// RUN: check %s --task %S/scale.toml --until sanitized
__device__ float* two() {
  float both[2] = {2.0f, 2.0f};
  return both;
}
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] * two()[0];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// fail_dangling.cu: rejected at sanitized: a function returns the address of its own local variable
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// fail_dangling.cu:4:3: finding: a function returns the address of its own local variable [use-after-free]
//     return both;
//     ^
