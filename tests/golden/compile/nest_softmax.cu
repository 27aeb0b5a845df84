// RUN: compile %S/../../../examples/softmax/naive.cu --emit nest
// The naive softmax as a tensor program.
// STDOUT:
// launch(float* y, const float* x, int rows, int cols)
// temporary max_val: float[rows]
// temporary sum: float[rows]
// for row < rows:
//   max_val[row] = max[c < cols](x[c + row * cols]) as float
// for row < rows:
//   sum[row] = sum[c_2 < cols](expf(x[c_2 + row * cols] - max_val[row])) as float
// for row < rows, c_3 < cols:
//   y[c_3 + row * cols] = expf(x[c_3 + row * cols] - max_val[row]) / sum[row]
