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
// scale.cu: passed through compiled
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// scale.cu: passed through compiled
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// ok at n=1: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [1] checksum {{[0-9a-f]+}}: {{.*}}
// sm_90: {{.*}}
// ...
// STDERR:
// task: task.toml
// file: scale.cu, the task's baseline
// task: task.toml
// task: task.toml
