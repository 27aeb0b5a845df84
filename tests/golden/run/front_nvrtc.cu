// RUN: run %s --front nvrtc
// REQUIRES: nvrtc
// Kernels of templates and in namespaces, variables, and device functions, by NVRTC.
#include <cstdint>
#include <cstdio>
#include <vector>
namespace a {
__device__ uint32_t counts[4];
template <typename T, int N>
__global__ void k(T* y, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = T(i * N);
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
// 3 297 25
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
