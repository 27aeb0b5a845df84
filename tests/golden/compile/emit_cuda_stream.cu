// RUN: compile %s --emit cuda
// Result, linkage and stream of the launcher stay, and it waits for nothing if it did not before.
__global__ void twice(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = 2.0f * x[i];
}
extern "C" cudaError_t launch(float* y, const float* x, int n, cudaStream_t stream = 0) {
  twice<<<(n + 127) / 128, 128, 0, stream>>>(y, x, n);
  return cudaGetLastError();
}
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
// extern "C" cudaError_t launch(float* y, const float* x, int n, cudaStream_t stream = 0) {
//   compute_y<<<(n + 255) / 256, 256, 0, stream>>>(y, x, n);
//   return cudaGetLastError();
// }
