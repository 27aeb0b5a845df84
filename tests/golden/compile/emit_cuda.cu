// RUN: compile --emit cuda %s
// The naive code of what was lifted.
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 127) / 128, 128>>>(y, x, n); }
// STDOUT:
// #include <cuda_runtime.h>
// #include <math.h>
// #include <stddef.h>
// #include <stdint.h>
//
// __global__ void __launch_bounds__(256) compute_y(float* __restrict__ y, const float* __restrict__ x,
//     int n) {
//   constexpr int kITile = 256;
//   const int i = blockIdx.x * kITile + threadIdx.x;
//   if (i >= n) return;
//   y[i] = 2.0f * x[i];
// }
//
// void launch(float* y, const float* x, int n) {
//   compute_y<<<(n + 255) / 256, 256>>>(y, x, n);
// }
