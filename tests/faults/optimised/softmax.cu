// Softmax as an expert would write it: one block per row, the row kept in registers, vector
// accesses where the row allows them.
#include <cuda_runtime.h>
#include <math.h>

constexpr int kThreads = 128;

__device__ __forceinline__ float WarpMax(float v) {
#pragma unroll
  for (int offset = 16; offset > 0; offset >>= 1) {
    v = fmaxf(v, __shfl_xor_sync(0xffffffffu, v, offset));
  }
  return v;
}

__device__ __forceinline__ float WarpSum(float v) {
#pragma unroll
  for (int offset = 16; offset > 0; offset >>= 1) {
    v += __shfl_xor_sync(0xffffffffu, v, offset);
  }
  return v;
}

template <bool kMax>
__device__ float BlockReduce(float v) {
  __shared__ float partial[kThreads / 32];
  const int lane = threadIdx.x % 32;
  const int warp = threadIdx.x / 32;
  v = kMax ? WarpMax(v) : WarpSum(v);
  if (lane == 0) partial[warp] = v;
  __syncthreads();
  v = partial[0];
#pragma unroll
  for (int w = 1; w < kThreads / 32; ++w) {
    v = kMax ? fmaxf(v, partial[w]) : v + partial[w];
  }
  __syncthreads();
  return v;
}

// Rows whose length is a multiple of 4 and at most 4 * kThreads * kVectors.
template <int kVectors>
__global__ void SoftmaxVector(float* __restrict__ y, const float* __restrict__ x, int cols) {
  const float4* row = reinterpret_cast<const float4*>(x + (size_t)blockIdx.x * cols);
  float4* out = reinterpret_cast<float4*>(y + (size_t)blockIdx.x * cols);
  const int vectors = cols / 4;
  float4 v[kVectors];
  float m = -INFINITY;
#pragma unroll
  for (int i = 0; i < kVectors; ++i) {
    const int at = threadIdx.x + i * kThreads;
    if (at < vectors) {
      v[i] = row[at];
      m = fmaxf(m, fmaxf(fmaxf(v[i].x, v[i].y), fmaxf(v[i].z, v[i].w)));
    }
  }
  m = BlockReduce<true>(m);
  float s = 0.0f;
#pragma unroll
  for (int i = 0; i < kVectors; ++i) {
    const int at = threadIdx.x + i * kThreads;
    if (at < vectors) {
      v[i].x = __expf(v[i].x - m);
      v[i].y = __expf(v[i].y - m);
      v[i].z = __expf(v[i].z - m);
      v[i].w = __expf(v[i].w - m);
      s += (v[i].x + v[i].y) + (v[i].z + v[i].w);
    }
  }
  s = BlockReduce<false>(s);
  const float scale = 1.0f / s;
#pragma unroll
  for (int i = 0; i < kVectors; ++i) {
    const int at = threadIdx.x + i * kThreads;
    if (at < vectors) {
      out[at] = make_float4(v[i].x * scale, v[i].y * scale, v[i].z * scale, v[i].w * scale);
    }
  }
}

__global__ void SoftmaxScalar(float* __restrict__ y, const float* __restrict__ x, int cols) {
  const float* row = x + (size_t)blockIdx.x * cols;
  float* out = y + (size_t)blockIdx.x * cols;
  float m = -INFINITY;
  for (int c = threadIdx.x; c < cols; c += kThreads) m = fmaxf(m, row[c]);
  m = BlockReduce<true>(m);
  float s = 0.0f;
  for (int c = threadIdx.x; c < cols; c += kThreads) s += __expf(row[c] - m);
  s = BlockReduce<false>(s);
  for (int c = threadIdx.x; c < cols; c += kThreads) out[c] = __expf(row[c] - m) / s;
}

extern "C" void launch(float* y, const float* x, int rows, int cols) {
  if (cols % 4 == 0 && cols <= 4 * kThreads * 2) {
    SoftmaxVector<2><<<rows, kThreads>>>(y, x, cols);
  } else {
    SoftmaxScalar<<<rows, kThreads>>>(y, x, cols);
  }
}
