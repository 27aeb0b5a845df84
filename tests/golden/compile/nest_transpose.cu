// RUN: compile %S/../../../examples/transpose/naive.cu --emit nest
// The naive transpose as a tensor program.
// STDOUT:
// launch(float* out, const float* in, int rows, int cols)
// for row < rows, col < cols:
//   out[col * rows + row] = in[row * cols + col]
