// RUN: run %s --task %S/../check/scale.toml
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// 1 finding, stopped at n=1: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [1] checksum 5dbeb358e39c496d: -nan
// fail_out_of_bounds.cu:4:15: finding: load of 4 bytes at byte 4 of x (4 bytes) [out-of-bounds]
//     y[i] = x[i] + x[i];
//                 ^
//   in scale, block (0, 0, 0) of (1, 1, 1), thread (1, 0, 0) of (64, 1, 1), launch 0
//   hint: compare the index with the size before using it
