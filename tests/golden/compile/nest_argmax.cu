// RUN: compile %S/../../../examples/argmax/naive.cu --emit nest
// The naive argmax as a tensor program.
// STDOUT:
// launch(int* index, const float* x, int rows, int cols)
// temporary best: float[rows]
// for row < rows:
//   best[row] = max[c < cols](x[row * cols + c]) as float
// for row < rows:
//   index[row] = min[c < cols](x[row * cols + c] == best[row] ? c : 2147483647) as int
