// RUN: run %s --front nvrtc
// REQUIRES: nvrtc
// Of CUB what works on blocks and warps.
#include <cub/cub.cuh>
#include <cstdio>

__global__ void k(int* out) {
  using Scan = cub::BlockScan<int, 64>;
  using Reduce = cub::WarpReduce<int>;
  __shared__ typename Scan::TempStorage scan;
  __shared__ typename Reduce::TempStorage reduce[2];
  int before, all;
  Scan(scan).ExclusiveSum((int)threadIdx.x, before, all);
  const int sum = Reduce(reduce[threadIdx.x / 32]).Sum(before);
  if (threadIdx.x % 32 == 0) out[threadIdx.x / 32] = sum;
  if (threadIdx.x == 0) out[2] = all;
}

int main() {
  int *out, host[3];
  cudaMalloc(&out, sizeof(host));
  k<<<1, 64>>>(out);
  cudaMemcpy(host, out, sizeof(host), cudaMemcpyDeviceToHost);
  cudaFree(out);
  printf("%d %d %d\n", host[0], host[1], host[2]);
}
// STDOUT:
// 4960 36704 2016
// main(): ok; 1 launch, 82 warp instructions, engine time {{[0-9.]+}} ms
