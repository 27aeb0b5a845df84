// RUN: run %s
#include <cassert>
__global__ void k(int n) {
  if (threadIdx.x == 5) {
    printf("thread %d\n", threadIdx.x);
    assert(n > 0 && "there is something");
  }
}
int main() { k<<<1, 32>>>(0); }
// STDOUT:
// thread 5
// main(): 1 finding, stopped; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_assert.cu:6:5: finding: an assertion of the kernel failed [trapped]
//       assert(n > 0 && "there is something");
//       ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (5, 0, 0) of (32, 1, 1), launch 0
