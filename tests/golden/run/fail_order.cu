// Flags that are not made zero: seen only where a block comes before the one that it waits for.
// RUN: run %s --order 1
#include <cstdio>

__global__ void chain(int* flags, int* sums) {
  if (threadIdx.x != 0) return;
  const int b = blockIdx.x;
  if (b > 0) {
    while (atomicAdd(&flags[b - 1], 0) != 1) {
    }
  }
  __threadfence();
  sums[b] = (b > 0 ? sums[b - 1] : 0) + b;
  __threadfence();
  atomicExch(&flags[b], 1);
}

int main() {
  int *flags, *sums;
  cudaMalloc(&flags, 8 * sizeof(int));
  cudaMalloc(&sums, 8 * sizeof(int));
  chain<<<8, 32>>>(flags, sums);
  cudaFree(flags);
  cudaFree(sums);
}
// STDOUT:
// main(): 1 finding, 1 note, ran to its end; 1 launch, 462 warp instructions, engine time {{[0-9.]+}} ms
// fail_order.cu:9:46: finding: a branch depends on an uninitialised value [uninitialized-branch]
//       while (atomicAdd(&flags[b - 1], 0) != 1) {
//                                                ^
//   in chain, block (5, 0, 0) of (8, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 0; 49 times
// fail_order.cu:15:3: note: the first read of uninitialised memory in this run: byte 0 of temporary 0 (cudaMalloc) (32 bytes) [uninitialized-branch]
//     atomicExch(&flags[b], 1);
//     ^
//   in chain, block (0, 0, 0) of (8, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 0
