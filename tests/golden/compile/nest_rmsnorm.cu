// RUN: compile %S/../../../examples/rmsnorm/naive.cu --emit nest
// The naive rmsnorm as a tensor program.
// STDOUT:
// launch(half* out, const half* x, const half* weight, int rows, int cols, float eps)
// temporary sum_sq: float[rows]
// for row < rows:
//   sum_sq[row] = sum[i < cols](__half2float(x[i + row * cols]) * __half2float(x[i + row * cols])) as float
// for row < rows, i_2 < cols:
//   out[i_2 + row * cols] = __float2half(__half2float(x[i_2 + row * cols]) * rsqrtf(sum_sq[row] / (float)cols + eps) * __half2float(weight[i_2]))
