// Copies of tensors by im2col, with steps between elements, and reductions; what no map can be.
// RUN: run %s --front native
#include <cuda.h>
#include <cuda/barrier>
#include <cstdio>
#include <vector>
using barrier = cuda::barrier<cuda::thread_scope_block>;

__device__ unsigned address(const void* p) { return (unsigned)__cvta_generic_to_shared(p); }

// 32 pixels of 8 channels from (c, w, h, n) on, each moved by (dw, dh).
__global__ void columns(const __grid_constant__ CUtensorMap map, float* out, int c, int w, int h, int n, int dw, int dh) {
  __shared__ alignas(128) float tile[32 * 8];
  __shared__ barrier bar;
  if (threadIdx.x == 0) init(&bar, blockDim.x);
  __syncthreads();
  barrier::arrival_token token;
  if (threadIdx.x == 0) {
    asm volatile(
        "cp.async.bulk.tensor.4d.shared::cluster.global.im2col.mbarrier::complete_tx::bytes [%0], [%1, {%2, %3, %4, %5}], [%6], {%7, %8};"
        ::"r"(address(tile)), "l"(&map), "r"(c), "r"(w), "r"(h), "r"(n), "r"(bar.__address()), "h"((short)dw), "h"((short)dh)
        : "memory");
    token = cuda::device::barrier_arrive_tx(bar, 1, sizeof(tile));
  } else {
    token = bar.arrive();
  }
  bar.wait(token);
  for (int i = threadIdx.x; i < 32 * 8; i += blockDim.x) out[i] = tile[i];
}

// Adds ones to a box of 8 columns and 4 rows.
__global__ void add(const __grid_constant__ CUtensorMap map, int x, int y) {
  __shared__ alignas(128) float tile[4 * 8];
  tile[threadIdx.x] = 1.0f + threadIdx.x;
  asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
  __syncthreads();
  if (threadIdx.x == 0) {
    asm volatile("cp.reduce.async.bulk.tensor.2d.global.shared::cta.add.tile.bulk_group [%0, {%1, %2}], [%3];"
                 ::"l"(&map), "r"(x), "r"(y), "r"(address(tile)) : "memory");
    asm volatile("cp.async.bulk.commit_group; cp.async.bulk.wait_group.read 0;" ::: "memory");
  }
}

const int C = 16, W = 7, H = 6, N = 2;

int main() {
  // An image's element is its number; a filter of 3 x 3 at stride 2, padded by one.
  std::vector<float> image(C * W * H * N);
  for (int i = 0; i < (int)image.size(); ++i) image[i] = (float)i + 1.0f;
  float* data;
  float* out;
  cudaMalloc(&data, sizeof(float) * image.size());
  cudaMalloc(&out, sizeof(float) * 256);
  cudaMemcpy(data, image.data(), sizeof(float) * image.size(), cudaMemcpyHostToDevice);
  CUtensorMap map;
  cuuint64_t sizes[4] = {C, W, H, N}, strides[3] = {4 * C, 4 * C * W, 4 * C * W * H};
  cuuint32_t steps[4] = {1, 2, 2, 1};
  int lower[2] = {-1, -1}, upper[2] = {-1, -1};
  CUresult r = cuTensorMapEncodeIm2col(&map, CU_TENSOR_MAP_DATA_TYPE_FLOAT32, 4, data, sizes, strides, lower, upper, 8, 32, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE);
  int wrong = 0;
  std::vector<float> got(256);
  for (int dh = 0; dh < 3; ++dh) {
    for (int dw = 0; dw < 3; ++dw) {
      columns<<<1, 32>>>(map, out, 8, 1, -1, 0, dw, dh);
      cudaMemcpy(got.data(), out, 1024, cudaMemcpyDeviceToHost);
      // Windows begin at -1, 1, 3 (and 5 across) and at -1, 1, 3 down.
      int w = 1, h = -1, n = 0;
      for (int p = 0; p < 32; ++p) {
        for (int c = 0; c < 8; ++c) {
          const int x = w + dw, y = h + dh;
          const bool inside = x >= 0 && x < W && y >= 0 && y < H && n < N;
          const float want = inside ? image[8 + c + C * (x + W * (y + H * n))] : 0.0f;
          if (got[p * 8 + c] != want) ++wrong;
        }
        w += 2;
        if (w >= W - 1) {
          w = -1;
          h += 2;
          if (h >= H - 1) {
            h = -1;
            ++n;
          }
        }
      }
    }
  }
  printf("%d: %d of im2col differ\n", (int)r, wrong);

  cuuint64_t plane[2] = {10, 6}, rows[1] = {48};
  cuuint32_t box[2] = {8, 4}, ones[2] = {1, 1};
  cudaMemset(data, 0, sizeof(float) * image.size());
  r = cuTensorMapEncodeTiled(&map, CU_TENSOR_MAP_DATA_TYPE_FLOAT32, 2, data, plane, rows, box, ones, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE);
  add<<<2, 32>>>(map, 4, 3);
  cudaMemcpy(got.data(), data, 288, cudaMemcpyDeviceToHost);
  printf("%d:", (int)r);
  for (int i = 0; i < 12; ++i) printf(" %g", got[5 * 12 + i]);
  printf("\n");

  // Corners too far away, too many pixels, a rank without pixels, a row of 4 bytes, a box too large.
  int far[2] = {-200, 0};
  cuuint32_t large[2] = {8, 257};
  printf("%d ", (int)cuTensorMapEncodeIm2col(&map, CU_TENSOR_MAP_DATA_TYPE_FLOAT32, 4, data, sizes, strides, far, upper, 8, 32, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE));
  printf("%d ", (int)cuTensorMapEncodeIm2col(&map, CU_TENSOR_MAP_DATA_TYPE_FLOAT32, 4, data, sizes, strides, lower, upper, 8, 1025, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE));
  printf("%d ", (int)cuTensorMapEncodeIm2col(&map, CU_TENSOR_MAP_DATA_TYPE_FLOAT32, 2, data, sizes, strides, lower, upper, 8, 32, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE));
  printf("%d ", (int)cuTensorMapEncodeIm2col(&map, CU_TENSOR_MAP_DATA_TYPE_FLOAT32, 4, data, sizes, strides, lower, upper, 1, 32, steps, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE));
  printf("%d\n", (int)cuTensorMapEncodeTiled(&map, CU_TENSOR_MAP_DATA_TYPE_FLOAT32, 2, data, plane, rows, large, ones, CU_TENSOR_MAP_INTERLEAVE_NONE, CU_TENSOR_MAP_SWIZZLE_NONE, CU_TENSOR_MAP_L2_PROMOTION_NONE, CU_TENSOR_MAP_FLOAT_OOB_FILL_NONE));
  cudaFree(data);
  cudaFree(out);
  return 0;
}
// STDOUT:
// 0: 0 of im2col differ
// 0: 0 0 0 0 34 36 38 40 42 44 0 0
// 1 1 1 1 1
// main(): ok; 10 launches, 38299 warp instructions, engine time {{[0-9.]+}} ms
