// RUN: check %s --task %S/sum.toml
// One element of output is no constant.
__global__ void sum(float* y, const float* x, int n) {
  float s = 0.0f;
  for (int i = 0; i < n; ++i) s += x[i];
  y[0] = s;
}
void launch(float* y, const float* x, int n) { sum<<<1, 1>>>(y, x, n); }
// STDOUT:
// sum.cu: accepted through tested, compared with itself
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in 24 runs with every check at 2 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls
//   tested     compared with itself: right on {{[0-9]+}} screening inputs at 2 listed and 6 drawn sizes, 688 fresh inputs at {{[0-9]+}} sizes: wrong on 0.01 of inputs or more with probability at most 0.001 among 1; right at 3 sizes around its own constants; right at 2 larger sizes; at the bench size n=65536: all 1 outputs compared, {{[0-9]+}} by their own tolerance; {{right beside it at [^;]*}}; worst error {{0.[0-9]+}} of the tolerance
// note: compared with itself: the candidate is the task's reference and its baseline, so that equal results show no more than that it is deterministic [compared-with-itself]
//   hint: write a reference that computes the same in another, plainer way; `reference.source` in task.toml names it
