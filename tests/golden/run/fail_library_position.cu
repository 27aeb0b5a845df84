// RUN: run %s
// What goes wrong within the library is told where the program calls it.
#include <thrust/device_vector.h>
#include <thrust/reduce.h>
#include <cstdio>
int sum(thrust::device_vector<int>::iterator at) {
  return thrust::reduce(at, at + 10);
}
int main() {
  thrust::device_vector<int> d(10, 1);
  auto at = d.begin();
  d.resize(1000);
  printf("%d\n", sum(at));
}
// STDOUT:
// main(): 1 finding, stopped; 3 launches, 581 warp instructions, engine time {{[0-9.]+}} ms
// fail_library_position.cu:7:10: finding: load of 4 bytes at byte 0 of temporary 0 (cudaMalloc), which was freed [use-after-free]
//     return thrust::reduce(at, at + 10);
//            ^
//   in __each<<lambda>>, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (256, 1, 1), launch 2
