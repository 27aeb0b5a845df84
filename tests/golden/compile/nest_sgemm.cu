// RUN: compile %S/../../../examples/sgemm/naive.cu --emit nest
// The naive sgemm as a tensor program.
// STDOUT:
// launch(float* C, const float* A, const float* B, int M, int N, int K)
// for row < M, col < N:
//   C[row * N + col] = sum[k < K](A[row * K + k] * B[k * N + col]) as float
