// RUN: run %s
#include <cooperative_groups.h>
__global__ void k() { cooperative_groups::this_grid().sync(); }
int main() { k<<<2, 32>>>(); return cudaDeviceSynchronize(); }
// STDOUT:
// main(): 1 finding, stopped; 1 launch, 10 warp instructions, engine time {{[0-9.]+}} ms
// fail_grid_without_cooperation.cu:3:23: finding: an assertion of the kernel failed [trapped]
//   __global__ void k() { cooperative_groups::this_grid().sync(); }
//                         ^
//   in k, block (0, 0, 0) of (2, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 0
