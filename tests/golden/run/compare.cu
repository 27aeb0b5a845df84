// RUN: run %s --task %S/../check/scale.toml --compare --size n=70
// RUN: run %s --task %S/../check/scale.toml --compare --json
__global__ void k(float* y, const float* x, int n) {
  const int i = blockIdx.x * 128 + threadIdx.x;
  if (i < n) y[i] = 2 * x[i];
}
void launch(float* y, const float* x, int n) { k<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDOUT:
// ok at n=70: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [70] checksum b711a9cac49a59ab: 1.63891912 0.891506433 0.610631883 -1.43782079 -2.58992052 -1.08440459 -1.08629346 -3.18799424 ...
// against the reference: all 70 elements right, worst error 0 of the tolerance
// {"status":"ok","sizes":{"n":1},"launches":1,"warp_instructions":{{[0-9]+}},"time_ms":{{[0-9.e-]+}},"time_basis":"engine","printed":"","outputs":[{"name":"y","dtype":"f32","shape":[1],"checksum":"f5c968a04fe59ac8","head":["1.63891912"]}],"findings":[],"diagnostics":[],"front":"native","front_note":null,"comparison":{"elements":1,"wrong":0,"ambiguous":0,"worst_error_ratio":0.0}}
