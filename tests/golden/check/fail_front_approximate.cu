// RUN: check %s --task %S/scale.toml --front nvrtc
// REQUIRES: nvrtc
// An approximate form is found in what NVRTC made as in the source.
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] * 2 * __cosf(1e-30f * x[i]);
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// fail_front_approximate.cu: rejected at sanitized: an approximate form on a path to an output; the task does not allow them
//   compiled   accepted by the front end, kernels by NVRTC and the IR verifier; {{[0-9]+}} instructions
// fail_front_approximate.cu:6:3: finding: an approximate form on a path to an output; the task does not allow them [approximate-form]
//     if (i < n) y[i] = x[i] * 2 * __cosf(1e-30f * x[i]);
//     ^
//   hint: `approx = true` in the task allows them
