// RUN: compile %S/../../../examples/column_sums/naive.cu --emit nest
// The naive column_sums as a tensor program.
// STDOUT:
// launch(float* sums, const float* x, int rows, int cols)
// for col < cols:
//   sums[col] = sum[row < rows](x[row * cols + col]) as float
