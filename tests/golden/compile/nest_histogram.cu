// RUN: compile %S/../../../examples/histogram/naive.cu --emit nest
// The naive histogram as a tensor program.
// STDOUT:
// launch(int* counts, const int* values, int n, int bins)
// for i < bins:
//   counts[i] = 0
// for i2 < n:
//   counts[values[i2]] += 1
