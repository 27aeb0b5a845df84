// RUN: check %s --task %S/scale.toml
// RUN: check %s --task %S/scale.toml --json
// RUN: check %s --task %S/scale.toml --until compiled
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// accepted.cu: accepted through tested
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in 24 runs with every check at 2 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls
//   tested     right on {{[0-9]+}} screening inputs at 2 listed and 6 drawn sizes, 688 fresh inputs at {{[0-9]+}} sizes: wrong on 0.01 of inputs or more with probability at most 0.001 among 1; right at {{[0-9]+}} sizes around its own constants; right at {{[0-9] larger sizes?}}; at the bench size {{n=[0-9]+: all [0-9]+ outputs compared, [0-9]+}} by their own tolerance; {{right beside it at [^;]*}}; worst error 0 of the tolerance; the reference is the baseline itself: a fault of its own counts as right
// {"verdict":"accepted","rung":"tested","compared_with_itself":false,"evidence":[{"rung":"compiled","summary":"accepted by the front end and the IR verifier; {{[0-9]+}} instructions","runs":0},{"rung":"sanitized","summary":"no finding in 24 runs with every check at 2 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls","runs":24,"sizes":[{"n":1},{{.*}},{"n":301}]},{"rung":"tested","summary":"right on {{[0-9]+}} screening inputs at 2 listed and 6 drawn sizes, 688 fresh inputs at {{[0-9]+}} sizes: wrong on 0.01 of inputs or more with probability at most 0.001 among 1; right at {{[0-9]+}} sizes around its own constants; right at {{[0-9] larger sizes?}}; at the bench size {{n=[0-9]+: all [0-9]+ outputs compared, [0-9]+}} by their own tolerance; {{right beside it at [^;]*}}; worst error 0 of the tolerance; the reference is the baseline itself: a fault of its own counts as right","runs":{{[0-9]+}},"n":688,"epsilon":0.01,"delta":0.001,"k":1,"worst_error_ratio":0.0,"bench_sizes":[{"sizes":{"n":65536},"listed":true,{{.*}}}],"left_out":[],"sizes":[{"n":1},{{.*}}]}],"findings":[],"witness":null,"diagnostics":[],"warp_instructions":{{[0-9]+}},"front":"native","front_note":null}
// accepted.cu: passed through compiled
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
