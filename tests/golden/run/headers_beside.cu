// RUN: run %s
// Headers know nothing of the program's macros and using-directives.
#define N 1024
#define M 8
#define T float
#define x 1
#define i 2
#include <cooperative_groups.h>
#include <cooperative_groups/scan.h>
#include <cuda/atomic>
#include <cuda/barrier>
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_fp8.h>
#include <mma.h>
#undef x
#undef i
#include <cstdio>
#include <vector>
using namespace std;
namespace cg = cooperative_groups;
__global__ void k(T* y) {
  auto tile = cg::tiled_partition<M>(cg::this_thread_block());
  const int sum = cg::inclusive_scan(tile, 1);
  if (threadIdx.x < M) y[threadIdx.x] = sum + N;
}
int main() {
  T* y;
  vector<T> h(M);
  cudaMalloc(&y, M * sizeof(T));
  k<<<1, 32>>>(y);
  cudaMemcpy(h.data(), y, M * sizeof(T), cudaMemcpyDeviceToHost);
  printf("%g %g\n", h[0], h[M - 1]);
  cudaFree(y);
}
// STDOUT:
// 1025 1032
// main(): ok; 1 launch, 63 warp instructions, engine time {{[0-9.]+}} ms
