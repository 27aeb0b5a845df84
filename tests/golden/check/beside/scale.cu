// RUN: check %s --until compiled
// RUN: check %S --until compiled
// RUN: run %s
// RUN: profile %s --no-ptxas --kb none
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// scale.cu: passed through compiled, compared with itself
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// note: compared with itself: the candidate is the task's reference and its baseline, so that equal results show no more than that it is deterministic [compared-with-itself]
//   hint: write a reference that computes the same in another, plainer way; `reference.source` in task.toml names it
// scale.cu: passed through compiled, compared with itself
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// note: compared with itself: the candidate is the task's reference and its baseline, so that equal results show no more than that it is deterministic [compared-with-itself]
//   hint: write a reference that computes the same in another, plainer way; `reference.source` in task.toml names it
// ok at n=1: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [1] checksum {{[0-9a-f]+}}: {{.*}}
// sm_90: {{.*}}
// ...
// STDERR:
// task: task.toml
// file: scale.cu, the task's baseline
// task: task.toml
// task: task.toml
