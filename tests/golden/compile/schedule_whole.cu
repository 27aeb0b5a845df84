// RUN: compile --emit cuda --schedule "kernel0[(a0:yy2*2*1 a1:xx32*1*4) whole]" %s
// No guards where the sizes are multiples of the tiles.
__global__ void add(float* y, const float* x, int rows, int cols) {
  int col = blockIdx.x * blockDim.x + threadIdx.x;
  int row = blockIdx.y * blockDim.y + threadIdx.y;
  if (row < rows && col < cols) y[row * cols + col] = x[row * cols + col] + 1.0f;
}
void launch(float* y, const float* x, int rows, int cols) {
  add<<<dim3((cols + 15) / 16, (rows + 15) / 16), dim3(16, 16)>>>(y, x, rows, cols);
}
// STDOUT:
// #include <cuda_runtime.h>
// #include <math.h>
// #include <stddef.h>
// #include <stdint.h>
//
// __global__ void __launch_bounds__(64) compute_y(float* __restrict__ y, const float* __restrict__ x,
//     int cols) {
//   constexpr int kRowTile = 4;
//   constexpr int kColTile = 128;
//   constexpr int kRowItems = 2;
//   const int row_base = blockIdx.y * kRowTile + threadIdx.y;
//   const int col = blockIdx.x * kColTile + threadIdx.x * 4;
// #pragma unroll
//   for (int item = 0; item < kRowItems; ++item) {
//     const int row = row_base + item * 2;
//     const float4 x4 = *reinterpret_cast<const float4*>(&x[row * cols + col]);
//     float4 y4;
//     y4.x = x4.x + 1.0f;
//     y4.y = x4.y + 1.0f;
//     y4.z = x4.z + 1.0f;
//     y4.w = x4.w + 1.0f;
//     *reinterpret_cast<float4*>(&y[row * cols + col]) = y4;
//   }
// }
//
// __global__ void __launch_bounds__(64) compute_y_ragged(float* __restrict__ y,
//     const float* __restrict__ x, int rows, int cols) {
//   constexpr int kRowTile = 4;
//   constexpr int kColTile = 128;
//   constexpr int kRowItems = 2;
//   const int row_base = blockIdx.y * kRowTile + threadIdx.y;
//   const int col = blockIdx.x * kColTile + threadIdx.x * 4;
//   if (col >= cols) return;
// #pragma unroll
//   for (int item = 0; item < kRowItems; ++item) {
//     const int row = row_base + item * 2;
//     if (row < rows) {
//       const float4 x4 = *reinterpret_cast<const float4*>(&x[row * cols + col]);
//       float4 y4;
//       y4.x = x4.x + 1.0f;
//       y4.y = x4.y + 1.0f;
//       y4.z = x4.z + 1.0f;
//       y4.w = x4.w + 1.0f;
//       *reinterpret_cast<float4*>(&y[row * cols + col]) = y4;
//     }
//   }
// }
//
// __global__ void __launch_bounds__(64) compute_y_any(float* __restrict__ y,
//     const float* __restrict__ x, int rows, int cols) {
//   constexpr int kRowTile = 4;
//   constexpr int kColTile = 128;
//   constexpr int kRowItems = 2;
//   constexpr int kColItems = 4;
//   const int row_base = (static_cast<int>(blockIdx.x) / ((cols + 127) / 128)) * kRowTile +
//       threadIdx.y;
//   const int col_base = static_cast<int>(blockIdx.x) % ((cols + 127) / 128) * kColTile + threadIdx.x;
// #pragma unroll
//   for (int row_item = 0; row_item < kRowItems; ++row_item) {
//     const int row = row_base + row_item * 2;
// #pragma unroll
//     for (int col_item = 0; col_item < kColItems; ++col_item) {
//       const int col = col_base + col_item * 32;
//       if (row < rows && col < cols) {
//         y[row * cols + col] = x[row * cols + col] + 1.0f;
//       }
//     }
//   }
// }
//
// void launch(float* y, const float* x, int rows, int cols) {
//   if (cols % 4 == 0 && cols % 128 == 0 && rows % 4 == 0 && reinterpret_cast<size_t>(x) % 16 == 0 &&
//       reinterpret_cast<size_t>(y) % 16 == 0 && (rows + 3) / 4 <= 65535) {
//     compute_y<<<dim3((cols + 127) / 128, (rows + 3) / 4), dim3(32, 2)>>>(y, x, cols);
//   } else if (cols % 4 == 0 && reinterpret_cast<size_t>(x) % 16 == 0 &&
//       reinterpret_cast<size_t>(y) % 16 == 0 && (rows + 3) / 4 <= 65535) {
//     compute_y_ragged<<<dim3((cols + 127) / 128, (rows + 3) / 4), dim3(32, 2)>>>(y, x, rows, cols);
//   } else {
//     compute_y_any<<<(rows + 3) / 4 * ((cols + 127) / 128), dim3(32, 2)>>>(y, x, rows, cols);
//   }
// }
