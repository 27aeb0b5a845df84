// RUN: compile %s
__device__ int Odd(int n);
__device__ int Even(int n) { return n == 0 ? 1 : Odd(n - 1); }
__device__ int Odd(int n) { return n == 0 ? 0 : Even(n - 1); }
__global__ void k(int* x) { x[0] = Even(x[1]); }
// STDERR:
// fail_recursion.cu:3:50: error: 'Odd' calls itself, directly or through others, which the native front end does not support [recursion]
//   __device__ int Even(int n) { return n == 0 ? 1 : Odd(n - 1); }
//                                                    ^~~
//   hint: write it as a loop
