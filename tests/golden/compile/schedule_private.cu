// RUN: compile --emit cuda %s --schedule "privatised_atomics kernel=1 window=256 copies=2 threads=256 items=4"
// A block's histograms in shared memory. The bins are not known without a task.
__global__ void count(int* counts, const int* values, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) atomicAdd(&counts[values[i]], 1);
}
void launch(int* counts, const int* values, int n, int bins) {
  cudaMemset(counts, 0, bins * sizeof(int));
  count<<<(n + 255) / 256, 256>>>(counts, values, n);
}
// STDOUT:
// #include <cuda_runtime.h>
// #include <math.h>
// #include <stddef.h>
// #include <stdint.h>
//
// __global__ void __launch_bounds__(256) compute_counts(int* __restrict__ counts, int bins) {
//   constexpr int kITile = 256;
//   const int i = blockIdx.x * kITile + threadIdx.x;
//   if (i >= bins) return;
//   counts[i] = 0;
// }
//
// __global__ void __launch_bounds__(256) compute_counts_2(int* __restrict__ counts,
//     const int* __restrict__ values, int n) {
//   constexpr int kI2Tile = 1024;
//   constexpr int kCountsWindow = 256;
//   constexpr int kThreads = 256;
//   constexpr int kI2Items = 4;
//   __shared__ int counts_part[514];
//   const int thread = threadIdx.x;
//   const int i2_base = blockIdx.x * kI2Tile + threadIdx.x;
//   for (int at = thread; at < 514; at += kThreads) {
//     counts_part[at] = 0;
//   }
//   __syncthreads();
//   int* const counts_mine = &counts_part[thread % 2 * 257];
// #pragma unroll
//   for (int item = 0; item < kI2Items; ++item) {
//     const int i2 = i2_base + item * 256;
//     if (i2 < n) {
//       const int place = values[i2];
//       if (static_cast<unsigned>(place) < kCountsWindow) {
//         atomicAdd(&counts_mine[place], 1);
//       } else {
//         atomicAdd(&counts[place], 1);
//       }
//     }
//   }
//   __syncthreads();
//   for (int at = thread; at < kCountsWindow; at += kThreads) {
//     int gathered = counts_part[at];
// #pragma unroll
//     for (int copy = 1; copy < 2; ++copy) {
//       gathered += counts_part[copy * 257 + at];
//     }
//     if (gathered != 0) {
//       atomicAdd(&counts[at], gathered);
//     }
//   }
// }
//
// void launch(int* counts, const int* values, int n, int bins) {
//   compute_counts<<<(bins + 255) / 256, 256>>>(counts, bins);
//   compute_counts_2<<<(n + 1023) / 1024, 256>>>(counts, values, n);
// }
