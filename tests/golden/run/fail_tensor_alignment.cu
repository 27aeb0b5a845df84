// RUN: run %s
// The box of a tensor lies in shared memory at a multiple of 128 bytes.
#include <cuda.h>
#include <cuda/barrier>
using barrier = cuda::barrier<cuda::thread_scope_block>;
__global__ void k(const __grid_constant__ CUtensorMap map, int offset) {
  __shared__ alignas(128) int tile[128];
  __shared__ barrier bar;
  init(&bar, 1);
  asm volatile(
      "cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [%0], [%1, {%2, %3}], [%4];"
      ::"r"((unsigned)__cvta_generic_to_shared(tile + offset)), "l"(&map), "r"(0), "r"(0), "r"(bar.__address())
      : "memory");
  bar.wait(cuda::device::barrier_arrive_tx(bar, 1, 64 * sizeof(int)));
}
int main() {
  int* data;
  cudaMallocManaged(&data, 256);
  for (int i = 0; i < 64; ++i) data[i] = i;
  CUtensorMap map;
  cuuint64_t sizes[2] = {8, 8}, strides[1] = {32};
  cuuint32_t box[2] = {8, 8}, steps[2] = {1, 1};
  cuTensorMapEncodeTiled(&map, CU_TENSOR_MAP_DATA_TYPE_INT32, 2, data, sizes, strides, box, steps, CU_TENSOR_MAP_INTERLEAVE_NONE,
                         CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE);
  k<<<1, 1>>>(map, 32);
  cudaDeviceSynchronize();
  k<<<1, 1>>>(map, 4);
  cudaFree(data);
}
// STDOUT:
// main(): 1 finding, stopped; 2 launches, 706 warp instructions, engine time {{[0-9.]+}} ms
// fail_tensor_alignment.cu:11:8: finding: the box of a copy of a tensor lies in shared memory at no multiple of 128 bytes [misaligned]
//         "cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [%0], [%1, {%2, %3}], [%4];"
//          ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (1, 1, 1), launch 1
//   hint: vector accesses need aligned addresses
