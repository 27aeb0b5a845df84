// RUN: run %s
typedef int (*fn)(int);
__global__ void kn(int* o) { fn f = nullptr; if (threadIdx.x == 3) o[0] = f(1); }
int main() { int* o; cudaMalloc(&o, 128); kn<<<2,32>>>(o); cudaDeviceSynchronize(); cudaFree(o); }
// STDOUT:
// main(): 1 finding, stopped; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_function_pointer_null.cu:3:75: finding: a call or branch through an address of no function [trapped]
//   __global__ void kn(int* o) { fn f = nullptr; if (threadIdx.x == 3) o[0] = f(1); }
//                                                                             ^
//   in kn, block (0, 0, 0) of (2, 1, 1), thread (3, 0, 0) of (32, 1, 1), launch 0
