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
//   sanitized  no finding in 12 runs with every check at 2 sizes under 3 schedules; same bits under every schedule and after other calls
//   tested     right on 16 screening inputs, 688 fresh inputs: wrong on 0.01 of inputs or more with probability at most 0.001 among 1; worst error 0 of the tolerance
// {"verdict":"accepted","rung":"tested","evidence":[{"rung":"compiled","summary":"accepted by the front end and the IR verifier; {{[0-9]+}} instructions","runs":0},{"rung":"sanitized","summary":"no finding in 12 runs with every check at 2 sizes under 3 schedules; same bits under every schedule and after other calls","runs":12,"sizes":[{"n":1},{"n":70}]},{"rung":"tested","summary":"right on 16 screening inputs, 688 fresh inputs: wrong on 0.01 of inputs or more with probability at most 0.001 among 1; worst error 0 of the tolerance","runs":704,"n":688,"epsilon":0.01,"delta":0.001,"k":1,"worst_error_ratio":0.0,"sizes":[{"n":1},{"n":70}]}],"findings":[],"witness":null,"diagnostics":[],"warp_instructions":{{[0-9]+}}}
// accepted.cu: passed through compiled
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
