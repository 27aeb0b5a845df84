// RUN: check %s --task %S/include_beside.toml --until sanitized
// RUN: run %s --task %S/include_beside.toml
// RUN: profile %s --task %S/include_beside.toml --no-ptxas
#include "include/factor.h"
__global__ void Kernel(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = kFactor * x[i];
}
void launch(float* y, const float* x, int n) { Kernel<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDOUT:
// include_beside.cu: passed through sanitized, compared with itself
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in 24 runs with every check at 2 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls
// note: compared with itself: the candidate is the task's reference and its baseline, so that equal results show no more than that it is deterministic [compared-with-itself]
//   hint: write a reference that computes the same in another, plainer way; `reference.source` in task.toml names it
// ok at n=1: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [1] checksum f5c968a04fe59ac8: 1.63891912
// sm_90: {{.*}}
// ...
