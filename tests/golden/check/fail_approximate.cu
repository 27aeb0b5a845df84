// RUN: check %s --task %S/scale.toml
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = __fdividef(x[i], 0.5f);
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// fail_approximate.cu: rejected at sanitized: an approximate form on a path to an output; the task does not allow them
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// fail_approximate.cu:4:21: finding: an approximate form on a path to an output; the task does not allow them [approximate-form]
//     if (i < n) y[i] = __fdividef(x[i], 0.5f);
//                       ^
//   hint: `approx = true` in the task allows them
