// Copies of boxes of tensors with cuTensorMapEncodeTiled: edges, swizzles, three dimensions, stores.
// RUN: run %s --front native
#include <cuda.h>
#include <cuda/barrier>
#include <cuda_fp16.h>
#include <cstdio>
#include <vector>
using barrier = cuda::barrier<cuda::thread_scope_block>;

__device__ unsigned address(const void* p) { return (unsigned)__cvta_generic_to_shared(p); }

// A box of 64 columns and 8 rows at (x, y), loaded by one thread; `out` gets shared memory as it lies.
template <typename T, int kColumns, int kRows>
__global__ void load(const __grid_constant__ CUtensorMap map, T* out, int x, int y) {
  __shared__ alignas(1024) T tile[kRows * kColumns];
  __shared__ barrier bar;
  if (threadIdx.x == 0) init(&bar, blockDim.x);
  __syncthreads();
  barrier::arrival_token token;
  if (threadIdx.x == 0) {
    asm volatile("prefetch.tensormap [%0];" ::"l"(&map) : "memory");
    asm volatile(
        "cp.async.bulk.tensor.2d.shared::cluster.global.tile.mbarrier::complete_tx::bytes [%0], [%1, {%2, %3}], [%4];"
        ::"r"(address(tile)), "l"(&map), "r"(x), "r"(y), "r"(bar.__address())
        : "memory");
    token = cuda::device::barrier_arrive_tx(bar, 1, sizeof(tile));
  } else {
    token = bar.arrive();
  }
  bar.wait(token);
  for (int i = threadIdx.x; i < kRows * kColumns; i += blockDim.x) out[i] = tile[i];
}

// Doubles a box of a tensor of three dimensions in place.
__global__ void twice(const __grid_constant__ CUtensorMap map, int x, int y, int z) {
  __shared__ alignas(128) int tile[2][4][4];
  __shared__ barrier bar;
  if (threadIdx.x == 0) init(&bar, 32);
  __syncthreads();
  barrier::arrival_token token;
  if (threadIdx.x == 0) {
    asm volatile(
        "cp.async.bulk.tensor.3d.shared::cluster.global.mbarrier::complete_tx::bytes [%0], [%1, {%2, %3, %4}], [%5];"
        ::"r"(address(tile)), "l"(&map), "r"(x), "r"(y), "r"(z), "r"(bar.__address())
        : "memory");
    token = cuda::device::barrier_arrive_tx(bar, 1, sizeof(tile));
  } else {
    token = bar.arrive();
  }
  bar.wait(token);
  (&tile[0][0][0])[threadIdx.x] *= 2;
  asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
  __syncthreads();
  if (threadIdx.x == 0) {
    asm volatile("cp.async.bulk.tensor.3d.global.shared::cta.tile.bulk_group [%0, {%1, %2, %3}], [%4];"
                 ::"l"(&map), "r"(x), "r"(y), "r"(z), "r"(address(tile))
                 : "memory");
    asm volatile("cp.async.bulk.commit_group; cp.async.bulk.wait_group 0;" ::: "memory");
  }
}

template <typename T>
CUtensorMap plane(CUtensorMapDataType type, T* data, int columns, int rows, int box_columns, int box_rows, CUtensorMapSwizzle swizzle) {
  CUtensorMap map;
  cuuint64_t sizes[2] = {(cuuint64_t)columns, (cuuint64_t)rows}, strides[1] = {columns * sizeof(T)};
  cuuint32_t box[2] = {(cuuint32_t)box_columns, (cuuint32_t)box_rows}, steps[2] = {1, 1};
  CUresult r = cuTensorMapEncodeTiled(&map, type, 2, data, sizes, strides, box, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, swizzle, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE);
  if (r != CUDA_SUCCESS) printf("error %d\n", (int)r);
  return map;
}

int main() {
  // Halves of 40 columns and 10 rows, boxes of 64 and 8 reach over the edges.
  const int columns = 40, rows = 10;
  half* data;
  half* out;
  cudaMallocManaged(&data, columns * rows * sizeof(half));
  cudaMallocManaged(&out, 8 * 64 * sizeof(half));
  for (int i = 0; i < columns * rows; ++i) data[i] = __float2half((float)i);
  const CUtensorMapSwizzle kinds[3] = {CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_SWIZZLE_128B, CU_TENSOR_MAP_SWIZZLE_128B};
  const int xs[3] = {0, 3, -5}, ys[3] = {0, 6, -2};
  for (int c = 0; c < 3; ++c) {
    CUtensorMap map = plane(CU_TENSOR_MAP_DATA_TYPE_FLOAT16, data, columns, rows, 64, 8, kinds[c]);
    load<half, 64, 8><<<1, 32>>>(map, out, xs[c], ys[c]);
    cudaDeviceSynchronize();
    int wrong = 0;
    for (int r = 0; r < 8; ++r) {
      for (int k = 0; k < 64; ++k) {
        const int y = ys[c] + r, x = xs[c] + k;
        const float expected = x >= 0 && x < columns && y >= 0 && y < rows ? (float)(y * columns + x) : 0.0f;
        int byte = 2 * (64 * r + k);
        if (kinds[c] == CU_TENSOR_MAP_SWIZZLE_128B) byte ^= (byte >> 3) & 0x70;
        wrong += __half2float(out[byte / 2]) != expected;
      }
    }
    printf("%d: %d wrong\n", c, wrong);
  }
  // Bytes, of which 16 make a row of the box.
  unsigned char *bytes, *got;
  cudaMallocManaged(&bytes, 48 * 5);
  cudaMallocManaged(&got, 64);
  for (int i = 0; i < 48 * 5; ++i) bytes[i] = (unsigned char)i;
  CUtensorMap narrow = plane(CU_TENSOR_MAP_DATA_TYPE_UINT8, bytes, 48, 5, 16, 4, CU_TENSOR_MAP_SWIZZLE_NONE);
  load<unsigned char, 16, 4><<<1, 32>>>(narrow, got, 41, 2);
  cudaDeviceSynchronize();
  printf("%d %d %d %d %d\n", got[0], got[6], got[7], got[16], got[48]);
  // Three dimensions: 6 by 5 by 3 integers.
  int* cube;
  cudaMallocManaged(&cube, 8 * 5 * 3 * sizeof(int));
  for (int i = 0; i < 8 * 5 * 3; ++i) cube[i] = i;
  CUtensorMap map;
  cuuint64_t sizes[3] = {6, 5, 3}, strides[2] = {8 * sizeof(int), 8 * 5 * sizeof(int)};
  cuuint32_t box[3] = {4, 4, 2}, steps[3] = {1, 1, 1};
  printf("%d ", (int)cuTensorMapEncodeTiled(&map, CU_TENSOR_MAP_DATA_TYPE_INT32, 3, cube, sizes, strides, box, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE));
  twice<<<1, 32>>>(map, 4, 3, 2);
  cudaDeviceSynchronize();
  int changed = 0, right = 0;
  for (int i = 0; i < 8 * 5 * 3; ++i) {
    const int x = i % 8, y = i / 8 % 5, z = i / 40;
    const bool in = x >= 4 && x < 6 && y >= 3 && z >= 2;
    changed += cube[i] != i;
    right += cube[i] == (in ? 2 * i : i);
  }
  printf("%d changed, %d of 120 right\n", changed, right);
  steps[0] = 2;
  printf("%d ", (int)cuTensorMapEncodeTiled(&map, CU_TENSOR_MAP_DATA_TYPE_INT32, 3, cube, sizes, strides, box, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE));
  strides[0] = 20;
  printf("%d\n", (int)cuTensorMapEncodeTiled(&map, CU_TENSOR_MAP_DATA_TYPE_INT32, 3, cube, sizes, strides, box, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE));
  cudaFree(data);
  cudaFree(out);
  cudaFree(bytes);
  cudaFree(got);
  cudaFree(cube);
  return 0;
}
// STDOUT:
// 0: 0 wrong
// 1: 0 wrong
// 2: 0 wrong
// 137 143 0 185 0
// 0 4 changed, 120 of 120 right
// 801 801
// main(): ok; 5 launches, 20033 warp instructions, engine time {{[0-9.]+}} ms
