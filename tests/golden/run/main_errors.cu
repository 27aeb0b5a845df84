// RUN: run %s
// A program finds the errors of calls that fail, and goes on; what it leaves at its end is a note.
#include <cstdio>
__global__ void k(int* o) { o[threadIdx.x] = 1; }
int main() {
  int* o = nullptr;
  cudaError_t e = cudaMalloc(&o, 1ull << 45);
  printf("%d %d %d\n", (int)e, (int)cudaGetLastError(), (int)cudaGetLastError());
  cudaMalloc(&o, 4 * 64);
  k<<<1, 64>>>(o);
  return 0;
}
// STDOUT:
// 2 2 0
// main(): ok; 1 launch, 10 warp instructions, engine time {{[0-9.]+}} ms
// main_errors.cu:7:19: note: cudaMalloc of 35184372088832 bytes fails: the device has 85899345920 [no-memory]
//     cudaError_t e = cudaMalloc(&o, 1ull << 45);
//                     ^
// main_errors.cu:9:3: note: temporary 0 (cudaMalloc) (256 bytes) was not freed [leak]
//     cudaMalloc(&o, 4 * 64);
//     ^
//   hint: call cudaFree, or keep the workspace in a static variable
