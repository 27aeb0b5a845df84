// RUN: run %s
// __managed__ variables: host and device see the same bytes.
#include <cstdio>
__managed__ int counter;
__managed__ float values[4] = {1, 2, 3, 4};
__device__ __managed__ int flag = 5;
__global__ void k() {
  atomicAdd(&counter, 1);
  values[threadIdx.x] *= 2;
  if (threadIdx.x == 0) flag += 1;
}
int main() {
  counter = 10;
  k<<<1, 4>>>();
  cudaDeviceSynchronize();
  counter++;
  printf("%d %g %g %d\n", counter, values[0], values[3], flag);
}
// STDOUT:
// 15 2 8 6
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
