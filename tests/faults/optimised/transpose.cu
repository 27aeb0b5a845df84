// Matrix transpose through a padded tile in shared memory, so that reads and writes coalesce.
#include <cuda_runtime.h>

constexpr int kTile = 32;
constexpr int kRows = 8;

__global__ void Transpose(float* __restrict__ out, const float* __restrict__ in, int rows, int cols) {
  __shared__ float tile[kTile][kTile + 1];
  int col = blockIdx.x * kTile + threadIdx.x;
  int row = blockIdx.y * kTile + threadIdx.y;
#pragma unroll
  for (int i = 0; i < kTile; i += kRows) {
    if (row + i < rows && col < cols) {
      tile[threadIdx.y + i][threadIdx.x] = in[(size_t)(row + i) * cols + col];
    }
  }
  __syncthreads();
  col = blockIdx.y * kTile + threadIdx.x;
  row = blockIdx.x * kTile + threadIdx.y;
#pragma unroll
  for (int i = 0; i < kTile; i += kRows) {
    if (row + i < cols && col < rows) {
      out[(size_t)(row + i) * rows + col] = tile[threadIdx.x][threadIdx.y + i];
    }
  }
}

extern "C" void launch(float* out, const float* in, int rows, int cols) {
  dim3 block(kTile, kRows);
  dim3 grid((cols + kTile - 1) / kTile, (rows + kTile - 1) / kTile);
  Transpose<<<grid, block>>>(out, in, rows, cols);
}
