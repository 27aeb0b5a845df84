// RUN: run %s
#include <cstdio>
typedef int (*fn)(int);
__device__ int dev1(int x) { return x + 1; }
__host__ __device__ int both(int x) { return x + 2; }
__global__ void k(int* o, fn f) { o[threadIdx.x] = f(threadIdx.x); }
__global__ void kn(int* o) { fn f = nullptr; if (threadIdx.x == 3) o[0] = f(1); }
__device__ fn table[2] = {dev1};
__global__ void kt(int* o, int i) { o[0] = table[i](1); }
int main() {
  int* o; cudaMalloc(&o, 128);
  k<<<1, 4>>>(o, both);
  cudaFree(o);
}
// STDOUT:
// main(): 1 finding, stopped; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_function_pointer_side.cu:6:52: finding: a call or branch through an address of no function [trapped]
//   __global__ void k(int* o, fn f) { o[threadIdx.x] = f(threadIdx.x); }
//                                                      ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (4, 1, 1), launch 0
