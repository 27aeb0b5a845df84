// RUN: compile --emit cuda --schedule "kernel0[(a0:xy8*1*1 a1:-x16*1*2) (a0:xy8*1*1 a1:-x16*1*2 joined) (a0:xy8*1*1)]" %s
// Log of the sum of exponentials of rows: the maximum and the sum in one pass.
#include <math.h>
__global__ void lse(float* y, const float* x, int rows, int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  float m = -INFINITY;
  for (int c = 0; c < cols; c++) m = fmaxf(m, x[row * cols + c]);
  float s = 0.0f;
  for (int c = 0; c < cols; c++) s += expf(x[row * cols + c] - m);
  y[row] = m + logf(s);
}
void launch(float* y, const float* x, int rows, int cols) {
  lse<<<(rows + 127) / 128, 128>>>(y, x, rows, cols);
}
// STDOUT:
// #include <cuda_runtime.h>
// #include <float.h>
// #include <math.h>
// #include <stddef.h>
// #include <stdint.h>
//
// // Over aligned groups of kWidth lanes; every lane gets the result.
// template <int kWidth>
// __device__ __forceinline__ float WarpReduceMax(float value) {
// #pragma unroll
//   for (int offset = kWidth / 2; offset > 0; offset /= 2) {
//     value = fmaxf(value, __shfl_xor_sync(0xffffffffu, value, offset));
//   }
//   return value;
// }
//
// // Over aligned groups of kWidth lanes; every lane gets the result.
// template <int kWidth>
// __device__ __forceinline__ float WarpReduceSum(float value) {
// #pragma unroll
//   for (int offset = kWidth / 2; offset > 0; offset /= 2) {
//     value += __shfl_xor_sync(0xffffffffu, value, offset);
//   }
//   return value;
// }
//
// __global__ void __launch_bounds__(128) compute_y(float* __restrict__ y, const float* __restrict__ x,
//     int rows, int cols) {
//   constexpr int kRowTile = 8;
//   constexpr int kCTile = 32;
//   const int row = blockIdx.x * kRowTile + threadIdx.y;
//   float m = -FLT_MAX;
//   float s = 0.0f;
//   if (row < rows) {
//     for (int c = threadIdx.x * 2; c < cols; c += kCTile) {
//       const float2 x2 = *reinterpret_cast<const float2*>(&x[row * cols + c]);
//       const float greatest = fmaxf(x2.x, x2.y);
//       if (greatest > m) {
//         s *= expf(m - greatest);
//         m = greatest;
//       }
//       s += expf(x2.x - m);
//       s += expf(x2.y - m);
//     }
//   }
//   const float own_m = m;
//   m = WarpReduceMax<16>(m);
//   s *= expf(own_m - m);
//   s = WarpReduceSum<16>(s);
//   if (row < rows) {
//     if (threadIdx.x == 0) {
//       y[row] = m + logf(s);
//     }
//   }
// }
//
// __global__ void __launch_bounds__(128) compute_y_any(float* __restrict__ y,
//     const float* __restrict__ x, int rows, int cols) {
//   constexpr int kRowTile = 8;
//   constexpr int kCTile = 32;
//   constexpr int kCItems = 2;
//   const int row = blockIdx.x * kRowTile + threadIdx.y;
//   float m = -FLT_MAX;
//   float s = 0.0f;
//   if (row < rows) {
//     for (int c_base = threadIdx.x; c_base < cols; c_base += kCTile) {
// #pragma unroll
//       for (int item = 0; item < kCItems; ++item) {
//         const int c = c_base + item * 16;
//         if (c < cols) {
//           const float x_value = x[row * cols + c];
//           if (x_value > m) {
//             s *= expf(m - x_value);
//             m = x_value;
//           }
//           s += expf(x_value - m);
//         }
//       }
//     }
//   }
//   const float own_m = m;
//   m = WarpReduceMax<16>(m);
//   s *= expf(own_m - m);
//   s = WarpReduceSum<16>(s);
//   if (row < rows) {
//     if (threadIdx.x == 0) {
//       y[row] = m + logf(s);
//     }
//   }
// }
//
// void launch(float* y, const float* x, int rows, int cols) {
//   if (cols % 2 == 0 && reinterpret_cast<size_t>(x) % 8 == 0) {
//     compute_y<<<(rows + 7) / 8, dim3(16, 8)>>>(y, x, rows, cols);
//   } else {
//     compute_y_any<<<(rows + 7) / 8, dim3(16, 8)>>>(y, x, rows, cols);
//   }
// }
