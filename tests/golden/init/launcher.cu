// RUN: init %s -o %t/task.toml
// RUN: init %s -o %t/task.toml --force
// RUN: check %s --task %t/task.toml
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// wrote %t/task.toml: look at every line marked CHECK, then
//   warpsmith check launcher.cu --task %t/task.toml
// The reference is launcher.cu itself: a verdict shows no more than that a candidate does what it does.
// Name the plainest program that is right under [reference], or with --reference FILE.
// wrote %t/task.toml: look at every line marked CHECK, then
//   warpsmith check launcher.cu --task %t/task.toml
// The reference is launcher.cu itself: a verdict shows no more than that a candidate does what it does.
// Name the plainest program that is right under [reference], or with --reference FILE.
// launcher.cu: accepted through tested, compared with itself
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in 30 runs with every check at 3 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls
//   tested     compared with itself: right on {{[0-9]+}} screening inputs at 3 listed and 6 drawn sizes, 688 fresh inputs at {{[0-9]+}} sizes: wrong on 0.01 of inputs or more with probability at most 0.001 among 1; right at {{[0-9]+}} sizes around its own constants; right at {{[0-9] larger sizes?}}; at the bench size {{n=[0-9]+: all [0-9]+ outputs compared, [0-9]+}} by their own tolerance; {{right beside it at [^;]*}}; worst error 0 of the tolerance
// note: compared with itself: the candidate is the task's reference and its baseline, so that equal results show no more than that it is deterministic [compared-with-itself]
//   hint: write a reference that computes the same in another, plainer way; `reference.source` in task.toml names it
