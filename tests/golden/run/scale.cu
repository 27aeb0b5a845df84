// RUN: run %s --task %S/../check/scale.toml
// RUN: run %s --task %S/../check/scale.toml --json
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// ok at n=1: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [1] checksum f5c968a04fe59ac8: 1.63891912
// {"status":"ok","sizes":{"n":1},"launches":1,"warp_instructions":{{[0-9]+}},"time_ms":{{[0-9.e-]+}},"time_basis":"engine","printed":"","outputs":[{"name":"y","dtype":"f32","shape":[1],"checksum":"f5c968a04fe59ac8","head":["1.63891912"]}],"findings":[],"diagnostics":[],"front":"native","front_note":null}
