// RUN: run %s
// What is computed from a function's address is no function's.
__device__ int a(int x) { return x + 1; }
__device__ int b(int x) { return x * 2; }
__global__ void k(int* y, int i) {
  int (*f[2])(int) = {a, b};
  f[0] = (int (*)(int))((unsigned long long)f[0] + i);
  *y = f[0](*y) + f[1](1);
}
int main() {
  int* y;
  cudaMalloc(&y, 4);
  cudaMemset(y, 0, 4);
  k<<<1, 1>>>(y, 1);
}
// STDOUT:
// main(): 1 finding, stopped; 1 launch, 9 warp instructions, engine time {{[0-9.]+}} ms
// fail_function_pointer_beside.cu:8:8: finding: a call or branch through an address of no function [trapped]
//     *y = f[0](*y) + f[1](1);
//          ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (1, 1, 1), launch 0
