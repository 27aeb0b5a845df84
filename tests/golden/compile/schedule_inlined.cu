// RUN: compile --emit cuda --schedule "inline0 kernel0[(a1:xx128*1*1) blocks8]" %s
// Energies and their running mean of three: one kernel, each energy computed where it is read.
__global__ void energy(float* t, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) t[i] = 0.5f * x[i] * x[i];
}
__global__ void smooth(float* y, const float* t, int n) {
  int j = blockIdx.x * blockDim.x + threadIdx.x;
  if (j < n - 2) y[j] = (t[j] + t[j + 1] + t[j + 2]) / 3.0f;
}
void launch(float* y, const float* x, int n) {
  float* t;
  cudaMalloc(&t, n * sizeof(float));
  energy<<<(n + 255) / 256, 256>>>(t, x, n);
  smooth<<<(n + 255) / 256, 256>>>(y, t, n);
  cudaFree(t);
}
// STDOUT:
// #include <cuda_runtime.h>
// #include <math.h>
// #include <stddef.h>
// #include <stdint.h>
//
// __global__ void __launch_bounds__(128, 8) compute_y(float* __restrict__ y,
//     const float* __restrict__ x, int n) {
//   constexpr int kJTile = 128;
//   const int j_count = n - 2;
//   const int j = blockIdx.x * kJTile + threadIdx.x;
//   if (j >= j_count) return;
//   const float x_value = x[j];
//   const float x_value_2 = x[j + 1];
//   const float x_value_3 = x[j + 2];
//   y[j] = (0.5f * x_value * x_value + 0.5f * x_value_2 * x_value_2 +
//       0.5f * x_value_3 * x_value_3) / 3.0f;
// }
//
// void launch(float* y, const float* x, int n) {
//   compute_y<<<(n - 2 + 127) / 128, 128>>>(y, x, n);
//   cudaDeviceSynchronize();
// }
