// In the order of their numbers no block waits: see fail_order.cu.
// RUN: run %s
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
// main(): ok; 1 launch, 217 warp instructions, engine time {{[0-9.]+}} ms
