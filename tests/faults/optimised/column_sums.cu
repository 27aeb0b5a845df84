// Column sums in two kernels: each block sums a strip of rows for 32 columns, then the strips are
// added in order.
#include <cuda_runtime.h>

constexpr int kColumns = 32;
constexpr int kRows = 8;
constexpr int kStrip = 256;

__global__ void PartialSums(float* __restrict__ partial, const float* __restrict__ x, int rows,
                            int cols) {
  __shared__ float sums[kRows][kColumns];
  const int col = blockIdx.x * kColumns + threadIdx.x;
  const int begin = blockIdx.y * kStrip;
  const int end = min(begin + kStrip, rows);
  float s = 0.0f;
  if (col < cols) {
    for (int row = begin + threadIdx.y; row < end; row += kRows) s += x[(size_t)row * cols + col];
  }
  sums[threadIdx.y][threadIdx.x] = s;
  __syncthreads();
  for (int half_rows = kRows / 2; half_rows > 0; half_rows /= 2) {
    if (threadIdx.y < half_rows) {
      sums[threadIdx.y][threadIdx.x] += sums[threadIdx.y + half_rows][threadIdx.x];
    }
    __syncthreads();
  }
  if (threadIdx.y == 0 && col < cols) partial[(size_t)blockIdx.y * cols + col] = sums[0][threadIdx.x];
}

__global__ void AddStrips(float* __restrict__ sums, const float* __restrict__ partial, int strips,
                          int cols) {
  const int col = blockIdx.x * blockDim.x + threadIdx.x;
  if (col >= cols) return;
  float s = 0.0f;
  for (int i = 0; i < strips; ++i) s += partial[(size_t)i * cols + col];
  sums[col] = s;
}

extern "C" void launch(float* sums, const float* x, int rows, int cols) {
  const int strips = (rows + kStrip - 1) / kStrip;
  float* partial = nullptr;
  cudaMalloc(&partial, (size_t)strips * cols * sizeof(float));
  dim3 block(kColumns, kRows);
  dim3 grid((cols + kColumns - 1) / kColumns, strips);
  PartialSums<<<grid, block>>>(partial, x, rows, cols);
  AddStrips<<<(cols + 127) / 128, 128>>>(sums, partial, strips, cols);
  cudaFree(partial);
}
