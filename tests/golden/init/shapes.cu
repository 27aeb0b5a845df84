// RUN: init %s -o %t/task.toml
// RUN: check %t/task.toml --until sanitized
__global__ void rows_kernel(float* y, const float* x, const float* w, float* total, int rows,
                            int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  float sum = 0.0f;
  for (int c = 0; c < cols; ++c) sum += x[row * cols + c] * w[c];
  y[row] = sum;
  if (row == 0) total[0] = sum;
}
void rows_dot(float* y, const float* x, const float* w, float* total, int rows, int cols) {
  rows_kernel<<<(rows + 31) / 32, 32>>>(y, x, w, total, rows, cols);
}
// STDOUT:
// wrote %t/task.toml: look at every line marked CHECK, then
//   warpsmith check shapes.cu --task %t/task.toml
// The reference is shapes.cu itself: a verdict shows no more than that a candidate does what it does.
// Name the plainest program that is right under [reference], or with --reference FILE.
// shapes.cu: passed through sanitized, compared with itself
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in 30 runs with every check at 3 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls
// note: compared with itself: the candidate is the task's reference and its baseline, so that equal results show no more than that it is deterministic [compared-with-itself]
//   hint: write a reference that computes the same in another, plainer way; `reference.source` in task.toml names it
// STDERR:
// file: shapes.cu, the task's baseline
