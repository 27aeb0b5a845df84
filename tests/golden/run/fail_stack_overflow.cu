// RUN: run %s
#include <cstdio>
__device__ int f(int n) { return n == 0 ? 0 : 1 + f(n - 1); }
__global__ void k(int* o, int n) { o[threadIdx.x] = f(threadIdx.x == 5 ? n : 3); }
int main() {
  int* o; cudaMalloc(&o, 128);
  size_t s = 0; cudaDeviceGetLimit(&s, cudaLimitStackSize); printf("%zu\n", s);
  printf("%d\n", (int)cudaDeviceSetLimit(cudaLimitStackSize, 8192));
  cudaDeviceGetLimit(&s, cudaLimitStackSize); printf("%zu\n", s);
  k<<<1, 32>>>(o, 200);
  int h[32]; cudaMemcpy(h, o, 128, cudaMemcpyDeviceToHost); printf("%d %d\n", h[5], h[6]);
  k<<<1, 32>>>(o, 2000);
  cudaDeviceSynchronize();
}
// STDOUT:
// 1024
// 0
// 8192
// 200 3
// main(): 1 finding, stopped; 2 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_stack_overflow.cu:3:51: finding: f calls itself too often: the 8192 bytes of the thread's stack are used up [stack-overflow]
//   __device__ int f(int n) { return n == 0 ? 0 : 1 + f(n - 1); }
//                                                     ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (5, 0, 0) of (32, 1, 1), launch 1
//   hint: cudaDeviceSetLimit(cudaLimitStackSize, bytes) gives the threads of a device more
