// RUN: run %s --task %S/../check/scale.toml --compare --size n=70
__global__ void k(float* y, const float* x, int n) {
  const int i = blockIdx.x * 128 + threadIdx.x;
  if (i < n) y[i] = i == 69 ? x[i] : 2 * x[i];
}
void launch(float* y, const float* x, int n) { k<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDOUT:
// ok at n=70: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [70] checksum 7490f0a62b281753: 1.63891912 0.891506433 0.610631883 -1.43782079 -2.58992052 -1.08440459 -1.08629346 -3.18799424 ...
// against the reference: 1 of 70 elements are wrong: y[69] is -0.4425485, not -0.885097027 +- 1.12e-07
