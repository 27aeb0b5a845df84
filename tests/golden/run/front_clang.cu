// RUN: run %s --front clang
// REQUIRES: clang
// Kernels of templates and in namespaces, variables, mathematics, warps and groups, by clang.
#include <cooperative_groups.h>
#include <cooperative_groups/reduce.h>
#include <cuda_fp16.h>
#include <cstdint>
#include <cstdio>
#include <type_traits>
#include <vector>
namespace cg = cooperative_groups;
namespace a {
__device__ uint32_t counts[4];
template <typename T, int N>
__global__ void k(T* y, int n) {
  static_assert(std::is_same<T, float>::value, "floats");
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  auto tile = cg::tiled_partition<32>(cg::this_thread_block());
  const int lanes = cg::reduce(tile, 1, cg::plus<int>());
  if (i < n) y[i] = T(i * N) + expf(0.0f) + __half2float(__float2half(0.5f)) + lanes;
  if (i < n) atomicAdd(&counts[i & 3], 1u);
}
}  // namespace a
int main() {
  std::vector<float> host(100);
  float* y;
  cudaMalloc(&y, 400);
  a::k<float, 3><<<4, 32>>>(y, 100);
  cudaMemcpy(host.data(), y, 400, cudaMemcpyDeviceToHost);
  uint32_t counts[4];
  cudaMemcpyFromSymbol(counts, a::counts, sizeof(counts));
  printf("%g %g %u\n", host[1], host[99], counts[2]);
  cudaFree(y);
}
// STDOUT:
// 36.5 330.5 25
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
