#include <cuda_runtime.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

__global__ void __launch_bounds__(512) compute_sums(float* __restrict__ sums,
    const float* __restrict__ x, int rows, int cols) {
  constexpr int kColTile = 32;
  constexpr int kRowTile = 16;
  __shared__ float sums_acc_rows[16][1][32];
  const int col = blockIdx.x * kColTile + threadIdx.x;
  float sums_acc = 0.0f;
  if (col < cols) {
    for (int row = threadIdx.y; row < rows; row += kRowTile) {
      sums_acc += x[row * cols + col];
    }
  }
  sums_acc_rows[threadIdx.y][0][threadIdx.x] = sums_acc;
  __syncthreads();
  sums_acc = sums_acc_rows[0][0][threadIdx.x];
#pragma unroll
  for (int t = 1; t < 16; ++t) {
    sums_acc += sums_acc_rows[t][0][threadIdx.x];
  }
  if (col < cols && threadIdx.y == 0) {
    sums[col] = sums_acc;
  }
}

extern "C" void launch(float* sums, const float* x, int rows, int cols) {
  compute_sums<<<(cols + 31) / 32, dim3(32, 16)>>>(sums, x, rows, cols);
  cudaDeviceSynchronize();
}
