// RUN: check %s --task %S/sum.toml
// One element of output is no constant.
__global__ void sum(float* y, const float* x, int n) {
  float s = 0.0f;
  for (int i = 0; i < n; ++i) s += x[i];
  y[0] = s;
}
void launch(float* y, const float* x, int n) { sum<<<1, 1>>>(y, x, n); }
// STDOUT:
// sum.cu: accepted through tested
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in 24 runs with every check at 2 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls
//   tested     right on 28 screening inputs at 2 listed and 6 drawn sizes, 688 fresh inputs at {{[0-9]+}} sizes: wrong on 0.01 of inputs or more with probability at most 0.001 among 1; right at {{[0-9] larger sizes?}}; at the bench size {{n=[0-9]+: all [0-9]+ outputs compared, [0-9]+}} by their own tolerance; worst error {{[0-9.]+}} of the tolerance
