// RUN: run %s --task %S/../check/scale.toml
// RUN: check %s --task %S/../check/scale.toml --until sanitized
// RUN: run %s --task %S/../check/scale.toml --json
// RUN: compile %s --emit nest
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
  if (i == 0) printf("y[0] = %f, n = %d", y[0], n);
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// y[0] = 1.638919, n = 1
// ok at n=1: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [1] checksum f5c968a04fe59ac8: 1.63891912
// device_printf_task.cu: passed through sanitized
//   compiled   accepted by the front end and the IR verifier; 29 instructions
//   sanitized  no finding in 24 runs with every check at 2 sizes and 6 drawn under 3 schedules; same bits under every schedule and after other calls
// {"status":"ok","sizes":{"n":1},"launches":1,"warp_instructions":{{[0-9]+}},"time_ms":{{[0-9.e-]+}},"time_basis":"engine","printed":"y[0] = 1.638919, n = 1","outputs":[{"name":"y","dtype":"f32","shape":[1],"checksum":"f5c968a04fe59ac8","head":["1.63891912"]}],"findings":[],"diagnostics":[],"front":"native","front_note":null}
// launch(float* y, const float* x, int n)
// for i < n:
//   y[i] = x[i] + x[i]
