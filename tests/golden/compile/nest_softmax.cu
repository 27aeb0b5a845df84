// RUN: compile %S/../../../examples/softmax/naive.cu --emit nest
// The naive softmax as a tensor program.
// STDOUT:
// launch(float* y, const float* x, int rows, int cols)
// temporary max_val: float[rows]
// temporary sum: float[rows]
// for row < rows:
//   max_val[row] = max[c < cols](x[row * cols + c]) as float
// for row < rows:
//   sum[row] = sum[c < cols](expf(x[row * cols + c] - max_val[row])) as float
// for row < rows, c < cols:
//   y[row * cols + c] = expf(x[row * cols + c] - max_val[row]) / sum[row]
