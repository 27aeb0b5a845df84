#include <cuda_runtime.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

// Over aligned groups of kWidth lanes; every lane gets the result.
template <int kWidth>
__device__ __forceinline__ float WarpReduceMax(float value) {
#pragma unroll
  for (int offset = kWidth / 2; offset > 0; offset /= 2) {
    value = fmaxf(value, __shfl_xor_sync(0xffffffffu, value, offset));
  }
  return value;
}

// Over aligned groups of kWidth lanes; every lane gets the result.
template <int kWidth>
__device__ __forceinline__ float WarpReduceSum(float value) {
#pragma unroll
  for (int offset = kWidth / 2; offset > 0; offset /= 2) {
    value += __shfl_xor_sync(0xffffffffu, value, offset);
  }
  return value;
}

__global__ void __launch_bounds__(256) compute_y(float* __restrict__ y, const float* __restrict__ x,
    int rows, int cols) {
  constexpr int kRowTile = 8;
  constexpr int kCTile = 128;
  const int row = blockIdx.x * kRowTile + threadIdx.y;
  if (row >= rows) return;
  float max_val = -INFINITY;
  for (int c = threadIdx.x * 4; c < cols; c += kCTile) {
    const float4 x4 = *reinterpret_cast<const float4*>(&x[row * cols + c]);
    max_val = fmaxf(max_val, x4.x);
    max_val = fmaxf(max_val, x4.y);
    max_val = fmaxf(max_val, x4.z);
    max_val = fmaxf(max_val, x4.w);
  }
  max_val = WarpReduceMax<32>(max_val);
  float sum = 0.0f;
  for (int c = threadIdx.x * 4; c < cols; c += kCTile) {
    const float4 x4 = *reinterpret_cast<const float4*>(&x[row * cols + c]);
    sum += expf(x4.x - max_val);
    sum += expf(x4.y - max_val);
    sum += expf(x4.z - max_val);
    sum += expf(x4.w - max_val);
  }
  sum = WarpReduceSum<32>(sum);
  for (int c = threadIdx.x * 4; c < cols; c += kCTile) {
    const float4 x4 = *reinterpret_cast<const float4*>(&x[row * cols + c]);
    float4 y4;
    y4.x = expf(x4.x - max_val) / sum;
    y4.y = expf(x4.y - max_val) / sum;
    y4.z = expf(x4.z - max_val) / sum;
    y4.w = expf(x4.w - max_val) / sum;
    *reinterpret_cast<float4*>(&y[row * cols + c]) = y4;
  }
}

__global__ void __launch_bounds__(256) compute_y_any(float* __restrict__ y,
    const float* __restrict__ x, int rows, int cols) {
  constexpr int kRowTile = 8;
  constexpr int kCTile = 128;
  constexpr int kCItems = 4;
  const int row = blockIdx.x * kRowTile + threadIdx.y;
  if (row >= rows) return;
  float max_val = -INFINITY;
  for (int c_base = threadIdx.x; c_base < cols; c_base += kCTile) {
#pragma unroll
    for (int item = 0; item < kCItems; ++item) {
      const int c = c_base + item * 32;
      if (c < cols) {
        max_val = fmaxf(max_val, x[row * cols + c]);
      }
    }
  }
  max_val = WarpReduceMax<32>(max_val);
  float sum = 0.0f;
  for (int c_base = threadIdx.x; c_base < cols; c_base += kCTile) {
#pragma unroll
    for (int item = 0; item < kCItems; ++item) {
      const int c = c_base + item * 32;
      if (c < cols) {
        sum += expf(x[row * cols + c] - max_val);
      }
    }
  }
  sum = WarpReduceSum<32>(sum);
  for (int c_base = threadIdx.x; c_base < cols; c_base += kCTile) {
#pragma unroll
    for (int item = 0; item < kCItems; ++item) {
      const int c = c_base + item * 32;
      if (c < cols) {
        y[row * cols + c] = expf(x[row * cols + c] - max_val) / sum;
      }
    }
  }
}

extern "C" void launch(float* y, const float* x, int rows, int cols) {
  if (cols % 4 == 0 && reinterpret_cast<size_t>(x) % 16 == 0 &&
      reinterpret_cast<size_t>(y) % 16 == 0) {
    compute_y<<<(rows + 7) / 8, dim3(32, 8)>>>(y, x, rows, cols);
  } else {
    compute_y_any<<<(rows + 7) / 8, dim3(32, 8)>>>(y, x, rows, cols);
  }
  cudaDeviceSynchronize();
}
