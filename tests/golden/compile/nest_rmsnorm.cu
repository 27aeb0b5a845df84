// RUN: compile %S/../../../examples/rmsnorm/naive.cu --emit nest
// The naive rmsnorm as a tensor program.
// STDOUT:
// launch(half* out, const half* x, const half* weight, int rows, int cols, float eps)
// temporary sum_sq: float[rows]
// for row < rows:
//   sum_sq[row] = sum[i < cols](__half2float(x[(long long)row * cols + i]) * __half2float(x[(long long)row * cols + i])) as float
// for row < rows, i < cols:
//   out[(long long)row * cols + i] = __float2half(__half2float(x[(long long)row * cols + i]) * rsqrtf(sum_sq[row] / (float)cols + eps) * __half2float(weight[i]))
