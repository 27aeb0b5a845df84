// RUN: check %s --task %S/place.toml
__global__ void place(int* y, const int* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) {
    y[i] = x[i] + x[i];
  } else if (n < 0) {
    y[0] = 1;
  }
}
void launch(int* y, const int* x, int n) { place<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// place.cu: accepted through tested, compared with itself
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in 24 runs with every check at 2 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls
//   tested     compared with itself: right on {{[0-9]+}} screening inputs at 2 listed and 6 drawn sizes, 688 fresh inputs at {{[0-9]+}} sizes: wrong on 0.01 of inputs or more with probability at most 0.001 among 1; right at 7 sizes around its own constants; right at 2 larger sizes; at the bench size n=65536: all 65536 outputs compared, {{[0-9]+}} by their own tolerance; {{right beside it at [^;]*}}; worst error 0 of the tolerance
// note: compared with itself: the candidate is the task's reference and its baseline, so that equal results show no more than that it is deterministic [compared-with-itself]
//   hint: write a reference that computes the same in another, plainer way; `reference.source` in task.toml names it
// place.cu:7:10: note: no run at a test size came here [unreached]
//       y[0] = 1;
//            ^
//   hint: add a test size that reaches it
