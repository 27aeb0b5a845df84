// A result that is held in a register decides where others go, and whether.
// RUN: compile %s --emit cuda
__global__ void ranks(float* v, const float* x, int rows, int cols, int k) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= rows * cols) return;
  int r = i / cols, c = i % cols, rank = 0;
  for (int j = 0; j < cols; j++) {
    float o = x[r * cols + j];
    if (o > x[i] || (o == x[i] && j < c)) rank++;
  }
  if (rank < k) v[r * k + rank] = x[i];
}
void launch(float* v, const float* x, int rows, int cols, int k) {
  ranks<<<(rows * cols + 127) / 128, 128>>>(v, x, rows, cols, k);
}
// STDOUT:
// #include <cuda_runtime.h>
// #include <math.h>
// #include <stddef.h>
// #include <stdint.h>
//
// __global__ void __launch_bounds__(256) compute_v(float* __restrict__ v, const float* __restrict__ x,
//     int rows, int cols, int k) {
//   constexpr int kRTile = 16;
//   constexpr int kCTile = 16;
//   const int r = blockIdx.y * kRTile + threadIdx.y;
//   const int c = blockIdx.x * kCTile + threadIdx.x;
//   if (r >= rows || c >= cols) return;
//   int rank = 0;
//   for (int j = 0; j < cols; ++j) {
//     const float x_value = x[r * cols + j];
//     const float x_value_2 = x[r * cols + c];
//     rank += (x_value > x_value_2) || (x_value == x_value_2 && j < c) ? 1 : 0;
//   }
//   if (rank < k) {
//     v[r * k + rank] = x[r * cols + c];
//   }
// }
//
// __global__ void __launch_bounds__(256) compute_v_any(float* __restrict__ v,
//     const float* __restrict__ x, int rows, int cols, int k) {
//   constexpr int kRTile = 16;
//   constexpr int kCTile = 16;
//   const int r = (static_cast<int>(blockIdx.x) / ((cols + 15) / 16)) * kRTile + threadIdx.y;
//   const int c = static_cast<int>(blockIdx.x) % ((cols + 15) / 16) * kCTile + threadIdx.x;
//   if (r >= rows || c >= cols) return;
//   int rank = 0;
//   for (int j = 0; j < cols; ++j) {
//     const float x_value = x[r * cols + j];
//     const float x_value_2 = x[r * cols + c];
//     rank += (x_value > x_value_2) || (x_value == x_value_2 && j < c) ? 1 : 0;
//   }
//   if (rank < k) {
//     v[r * k + rank] = x[r * cols + c];
//   }
// }
//
// void launch(float* v, const float* x, int rows, int cols, int k) {
//   if ((rows + 15) / 16 <= 65535) {
//     compute_v<<<dim3((cols + 15) / 16, (rows + 15) / 16), dim3(16, 16)>>>(v, x, rows, cols, k);
//   } else {
//     compute_v_any<<<(rows + 15) / 16 * ((cols + 15) / 16), dim3(16, 16)>>>(v, x, rows, cols, k);
//   }
// }
