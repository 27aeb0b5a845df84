// RUN: compile %S/../../../examples/bias_gelu/naive.cu --emit nest
// The naive bias_gelu as a tensor program.
// STDOUT:
// launch(half* y, const half* x, const half* bias, int rows, int cols)
// for row < rows, col < cols:
//   y[row * cols + col] = __float2half(0.5f * (__half2float(x[row * cols + col]) + __half2float(bias[col])) * (1.0f + tanhf(0.7978846f * (__half2float(x[row * cols + col]) + __half2float(bias[col]) + 0.044715f * (__half2float(x[row * cols + col]) + __half2float(bias[col])) * (__half2float(x[row * cols + col]) + __half2float(bias[col])) * (__half2float(x[row * cols + col]) + __half2float(bias[col]))))))
