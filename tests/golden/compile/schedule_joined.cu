// RUN: compile --emit cuda --schedule "kernel0[(a0:x-1*1*1 a1:-x64*1*4) (a0:x-1*1*1 a1:-x64*1*4 joined)]" %s
// Sum and sum of squares of rows in one loop.
__global__ void moments(float* sum, float* square, const float* x, int rows, int cols) {
  int row = blockIdx.x * blockDim.x + threadIdx.x;
  if (row >= rows) return;
  float s = 0.0f, q = 0.0f;
  for (int c = 0; c < cols; c++) {
    float v = x[row * cols + c];
    s += v;
    q += v * v;
  }
  sum[row] = s;
  square[row] = q;
}
void launch(float* sum, float* square, const float* x, int rows, int cols) {
  moments<<<(rows + 127) / 128, 128>>>(sum, square, x, rows, cols);
}
// STDOUT:
// #include <cuda_runtime.h>
// #include <math.h>
// #include <stddef.h>
// #include <stdint.h>
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
// // Over kWarps warps with neighbouring threadIdx.x; every thread gets the result.
// template <int kWarps>
// __device__ __forceinline__ float BlockReduceSum(float value, float* partial) {
//   const int lane = threadIdx.x % 32;
//   value = WarpReduceSum<32>(value);
//   if (lane == 0) partial[threadIdx.x / 32] = value;
//   __syncthreads();
//   value = lane < kWarps ? partial[lane] : 0.0f;
//   value = WarpReduceSum<32>(value);
//   __syncthreads();
//   return value;
// }
//
// __global__ void __launch_bounds__(64) compute_square(float* __restrict__ sum,
//     float* __restrict__ square, const float* __restrict__ x, int cols) {
//   constexpr int kCTile = 256;
//   __shared__ float sum_acc_warps[2];
//   __shared__ float square_acc_warps[2];
//   const int row = blockIdx.x;
//   float sum_acc = 0.0f;
//   float square_acc = 0.0f;
//   for (int c = threadIdx.x * 4; c < cols; c += kCTile) {
//     const float4 x4 = *reinterpret_cast<const float4*>(&x[row * cols + c]);
//     sum_acc += x4.x;
//     sum_acc += x4.y;
//     sum_acc += x4.z;
//     sum_acc += x4.w;
//     square_acc += x4.x * x4.x;
//     square_acc += x4.y * x4.y;
//     square_acc += x4.z * x4.z;
//     square_acc += x4.w * x4.w;
//   }
//   sum_acc = BlockReduceSum<2>(sum_acc, sum_acc_warps);
//   square_acc = BlockReduceSum<2>(square_acc, square_acc_warps);
//   if (threadIdx.x == 0) {
//     sum[row] = sum_acc;
//   }
//   if (threadIdx.x == 0) {
//     square[row] = square_acc;
//   }
// }
//
// __global__ void __launch_bounds__(64) compute_square_any(float* __restrict__ sum,
//     float* __restrict__ square, const float* __restrict__ x, int cols) {
//   constexpr int kCTile = 256;
//   constexpr int kCItems = 4;
//   __shared__ float sum_acc_warps[2];
//   __shared__ float square_acc_warps[2];
//   const int row = blockIdx.x;
//   float sum_acc = 0.0f;
//   float square_acc = 0.0f;
//   for (int c_base = threadIdx.x; c_base < cols; c_base += kCTile) {
// #pragma unroll
//     for (int item = 0; item < kCItems; ++item) {
//       const int c = c_base + item * 64;
//       if (c < cols) {
//         const float x_value = x[row * cols + c];
//         sum_acc += x_value;
//         square_acc += x_value * x_value;
//       }
//     }
//   }
//   sum_acc = BlockReduceSum<2>(sum_acc, sum_acc_warps);
//   square_acc = BlockReduceSum<2>(square_acc, square_acc_warps);
//   if (threadIdx.x == 0) {
//     sum[row] = sum_acc;
//   }
//   if (threadIdx.x == 0) {
//     square[row] = square_acc;
//   }
// }
//
// void launch(float* sum, float* square, const float* x, int rows, int cols) {
//   if (cols % 4 == 0 && reinterpret_cast<size_t>(x) % 16 == 0) {
//     compute_square<<<rows, 64>>>(sum, square, x, cols);
//   } else {
//     compute_square_any<<<rows, 64>>>(sum, square, x, cols);
//   }
// }
