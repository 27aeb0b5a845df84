// What is no tensor map stops the kernel that copies by it.
// RUN: run %s --front native
#include <cuda.h>
__global__ void k(const __grid_constant__ CUtensorMap map) {
  __shared__ alignas(128) int tile[32];
  asm volatile("cp.async.bulk.tensor.1d.global.shared::cta.bulk_group [%0, {%1}], [%2];"
               ::"l"(&map), "r"(0), "r"((unsigned)__cvta_generic_to_shared(tile)) : "memory");
}
int main() {
  CUtensorMap map = {};
  k<<<1, 1>>>(map);
  cudaDeviceSynchronize();
  return 0;
}
// STDOUT:
// main(): 1 finding, stopped; 1 launch, 44 warp instructions, engine time {{[0-9.]+}} ms
// fail_tensor_map.cu:6:17: finding: a copy by what is no tensor map of cuTensorMapEncodeTiled or Im2col as the instruction has it, one of another rank or at no multiple of 64 bytes, or a reduction of elements that have none [trapped]
//     asm volatile("cp.async.bulk.tensor.1d.global.shared::cta.bulk_group [%0, {%1}], [%2];"
//                   ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (1, 1, 1), launch 0
