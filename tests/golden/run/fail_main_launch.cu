// RUN: run %s
// A launch that is refused sets the error that the program asks for.
#include <cstdio>
__global__ void k() {}
int main() {
  k<<<1, 2000>>>();
  printf("%s\n", cudaGetErrorString(cudaPeekAtLastError()));
  printf("%d %d\n", (int)cudaGetLastError(), (int)cudaGetLastError());
  return 0;
}
// STDOUT:
// invalid configuration argument
// 9 0
// main(): 1 finding, ran to its end; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
// fail_main_launch.cu:6:3: finding: the block of k is 2000 x 1 x 1 threads; at most 1024 are possible [bad-launch]
//     k<<<1, 2000>>>();
//     ^
