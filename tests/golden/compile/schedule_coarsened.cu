// RUN: compile --emit cuda --schedule "kernel0[(a0:yy4*4*1 a1:xx64*2*1)]" %s
// Eight elements per thread, a block's threads apart.
__global__ void add(float* y, const float* x, const float* bias, int rows, int cols) {
  int col = blockIdx.x * blockDim.x + threadIdx.x;
  int row = blockIdx.y * blockDim.y + threadIdx.y;
  if (row < rows && col < cols) y[row * cols + col] = x[row * cols + col] + bias[col];
}
void launch(float* y, const float* x, const float* bias, int rows, int cols) {
  add<<<dim3((cols + 15) / 16, (rows + 15) / 16), dim3(16, 16)>>>(y, x, bias, rows, cols);
}
// STDOUT:
// #include <cuda_runtime.h>
// #include <math.h>
// #include <stddef.h>
// #include <stdint.h>
//
// __global__ void __launch_bounds__(256) compute_y(float* __restrict__ y, const float* __restrict__ x,
//     const float* __restrict__ bias, int rows, int cols) {
//   constexpr int kRowTile = 16;
//   constexpr int kColTile = 128;
//   constexpr int kRowItems = 4;
//   constexpr int kColItems = 2;
//   const int row_base = blockIdx.y * kRowTile + threadIdx.y;
//   const int col_base = blockIdx.x * kColTile + threadIdx.x;
// #pragma unroll
//   for (int row_item = 0; row_item < kRowItems; ++row_item) {
//     const int row = row_base + row_item * 4;
// #pragma unroll
//     for (int col_item = 0; col_item < kColItems; ++col_item) {
//       const int col = col_base + col_item * 64;
//       if (row < rows && col < cols) {
//         y[row * cols + col] = x[row * cols + col] + bias[col];
//       }
//     }
//   }
// }
//
// __global__ void __launch_bounds__(256) compute_y_any(float* __restrict__ y,
//     const float* __restrict__ x, const float* __restrict__ bias, int rows, int cols) {
//   constexpr int kRowTile = 16;
//   constexpr int kColTile = 128;
//   constexpr int kRowItems = 4;
//   constexpr int kColItems = 2;
//   const int row_base = (static_cast<int>(blockIdx.x) / ((cols + 127) / 128)) * kRowTile +
//       threadIdx.y;
//   const int col_base = static_cast<int>(blockIdx.x) % ((cols + 127) / 128) * kColTile + threadIdx.x;
// #pragma unroll
//   for (int row_item = 0; row_item < kRowItems; ++row_item) {
//     const int row = row_base + row_item * 4;
// #pragma unroll
//     for (int col_item = 0; col_item < kColItems; ++col_item) {
//       const int col = col_base + col_item * 64;
//       if (row < rows && col < cols) {
//         y[row * cols + col] = x[row * cols + col] + bias[col];
//       }
//     }
//   }
// }
//
// void launch(float* y, const float* x, const float* bias, int rows, int cols) {
//   if ((rows + 15) / 16 <= 65535) {
//     compute_y<<<dim3((cols + 127) / 128, (rows + 15) / 16), dim3(64, 4)>>>(y, x, bias, rows, cols);
//   } else {
//     compute_y_any<<<(rows + 15) / 16 * ((cols + 127) / 128), dim3(64, 4)>>>(y, x, bias, rows, cols);
//   }
// }
