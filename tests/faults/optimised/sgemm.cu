// C = A * B: 32 x 32 tiles of C per block, 2 x 2 of them per thread, k in steps of 16 through
// shared memory.
#include <cuda_runtime.h>

constexpr int kTile = 32;
constexpr int kStep = 16;
constexpr int kPer = 2;
constexpr int kSide = kTile / kPer;

__global__ void __launch_bounds__(kSide * kSide)
Sgemm(float* __restrict__ C, const float* __restrict__ A, const float* __restrict__ B, int M, int N,
      int K) {
  __shared__ float a[kStep][kTile + 1];
  __shared__ float b[kStep][kTile];
  const int tx = threadIdx.x;
  const int ty = threadIdx.y;
  const int thread = ty * kSide + tx;
  const int row0 = blockIdx.y * kTile;
  const int col0 = blockIdx.x * kTile;
  float sum[kPer][kPer] = {};
  for (int k0 = 0; k0 < K; k0 += kStep) {
    for (int i = thread; i < kTile * kStep; i += kSide * kSide) {
      const int row = row0 + i / kStep;
      const int k = k0 + i % kStep;
      a[i % kStep][i / kStep] = row < M && k < K ? A[(size_t)row * K + k] : 0.0f;
    }
    for (int i = thread; i < kTile * kStep; i += kSide * kSide) {
      const int k = k0 + i / kTile;
      const int col = col0 + i % kTile;
      b[i / kTile][i % kTile] = k < K && col < N ? B[(size_t)k * N + col] : 0.0f;
    }
    __syncthreads();
#pragma unroll
    for (int k = 0; k < kStep; ++k) {
      float x[kPer], y[kPer];
#pragma unroll
      for (int i = 0; i < kPer; ++i) x[i] = a[k][ty * kPer + i];
#pragma unroll
      for (int j = 0; j < kPer; ++j) y[j] = b[k][tx + j * kSide];
#pragma unroll
      for (int i = 0; i < kPer; ++i) {
#pragma unroll
        for (int j = 0; j < kPer; ++j) sum[i][j] = fmaf(x[i], y[j], sum[i][j]);
      }
    }
    __syncthreads();
  }
#pragma unroll
  for (int i = 0; i < kPer; ++i) {
#pragma unroll
    for (int j = 0; j < kPer; ++j) {
      const int row = row0 + ty * kPer + i;
      const int col = col0 + tx + j * kSide;
      if (row < M && col < N) C[(size_t)row * N + col] = sum[i][j];
    }
  }
}

extern "C" void launch(float* C, const float* A, const float* B, int M, int N, int K) {
  dim3 block(kSide, kSide);
  dim3 grid((N + kTile - 1) / kTile, (M + kTile - 1) / kTile);
  Sgemm<<<grid, block>>>(C, A, B, M, N, K);
}
