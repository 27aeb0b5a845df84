// RUN: run %s --task %S/../check/scale.toml --size n=3
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// ok at n=3: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [3] checksum 540bfa1b71144d93: 1.63891912 0.891506433 0.610631883
