// RMS normalisation over half rows: one warp per row, eight halves per access.
#include <cuda_fp16.h>
#include <cuda_runtime.h>

constexpr int kWarps = 4;

__device__ __forceinline__ float WarpSum(float v) {
#pragma unroll
  for (int offset = 16; offset > 0; offset >>= 1) {
    v += __shfl_down_sync(0xffffffffu, v, offset);
  }
  return __shfl_sync(0xffffffffu, v, 0);
}

__global__ void RmsNorm(half* __restrict__ out, const half* __restrict__ x,
                        const half* __restrict__ weight, int rows, int cols, float eps) {
  const int lane = threadIdx.x;
  const int row = blockIdx.x * kWarps + threadIdx.y;
  if (row >= rows) return;
  const half* in = x + (size_t)row * cols;
  half* to = out + (size_t)row * cols;
  float s = 0.0f;
  if (cols % 2 == 0) {
    const half2* in2 = reinterpret_cast<const half2*>(in);
    for (int c = lane; c < cols / 2; c += 32) {
      const float2 v = __half22float2(in2[c]);
      s += v.x * v.x + v.y * v.y;
    }
  } else {
    for (int c = lane; c < cols; c += 32) {
      const float v = __half2float(in[c]);
      s += v * v;
    }
  }
  const float scale = rsqrtf(WarpSum(s) / cols + eps);
  if (cols % 2 == 0) {
    const half2* in2 = reinterpret_cast<const half2*>(in);
    const half2* weight2 = reinterpret_cast<const half2*>(weight);
    half2* to2 = reinterpret_cast<half2*>(to);
    for (int c = lane; c < cols / 2; c += 32) {
      const float2 v = __half22float2(in2[c]);
      const float2 w = __half22float2(weight2[c]);
      to2[c] = __floats2half2_rn(v.x * scale * w.x, v.y * scale * w.y);
    }
  } else {
    for (int c = lane; c < cols; c += 32) {
      to[c] = __float2half(__half2float(in[c]) * scale * __half2float(weight[c]));
    }
  }
}

extern "C" void launch(half* out, const half* x, const half* weight, int rows, int cols, float eps) {
  dim3 block(32, kWarps);
  RmsNorm<<<(rows + kWarps - 1) / kWarps, block>>>(out, x, weight, rows, cols, eps);
}
