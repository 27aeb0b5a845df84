// RUN: run %s --arch sm_90
// RUN: run %s --arch sm_75
#include <cuda_runtime.h>
#include <stdio.h>
#define CHECK(call)                                                              \
  do {                                                                           \
    cudaError_t err = call;                                                      \
    if (err != cudaSuccess) {                                                    \
      fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(err)); \
      exit(EXIT_FAILURE);                                                        \
    }                                                                            \
  } while (0)
__global__ void __launch_bounds__(256) scale(float* x, int n) {
  __shared__ float tile[1024];
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  tile[threadIdx.x] = i < n ? x[i] : 0.0f;
  if (i < n) x[i] = 2.0f * tile[threadIdx.x];
}
int main() {
  int count = 0, device = -1;
  CHECK(cudaGetDeviceCount(&count));
  CHECK(cudaSetDevice(0));
  CHECK(cudaGetDevice(&device));
  cudaDeviceProp prop;
  CHECK(cudaGetDeviceProperties(&prop, device));
  printf("%d %s %d.%d, %d SMs\n", count, prop.name, prop.major, prop.minor, prop.multiProcessorCount);
  printf("%zu %zu %zu %d %d\n", prop.totalGlobalMem >> 30, prop.sharedMemPerBlock,
         prop.sharedMemPerBlockOptin, prop.maxThreadsPerBlock, prop.warpSize);
  printf("%d %d %d\n", prop.maxGridSize[1], prop.maxThreadsDim[2], prop.l2CacheSize);
  printf("%.0f GB/s\n", 2.0 * prop.memoryClockRate * (prop.memoryBusWidth / 8) / 1.0e6);
  int sms = 0, optin = 0;
  cudaDeviceGetAttribute(&sms, cudaDevAttrMultiProcessorCount, 0);
  cudaDeviceGetAttribute(&optin, cudaDevAttrMaxSharedMemoryPerBlockOptin, 0);
  int blocks = 0, grid = 0, block = 0;
  CHECK(cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, scale, 256, 0));
  CHECK(cudaOccupancyMaxPotentialBlockSize(&grid, &block, scale, 0, 0));
  printf("%d %d %d %d %d\n", sms, optin, blocks, grid, block);
  cudaFuncAttributes attr;
  CHECK(cudaFuncGetAttributes(&attr, scale));
  printf("%zu %d\n", attr.sharedSizeBytes, attr.maxThreadsPerBlock);
  size_t free_bytes, total_bytes;
  CHECK(cudaMemGetInfo(&free_bytes, &total_bytes));
  printf("%d\n", free_bytes > 0 && free_bytes <= total_bytes && total_bytes <= prop.totalGlobalMem);
  int driver = 0;
  cudaDriverGetVersion(&driver);
  printf("%d %s\n", driver > 0, cudaGetErrorName(cudaErrorInvalidDevice));
  printf("%s\n", cudaGetErrorName(cudaGetDeviceProperties(&prop, 3)));
  cudaDeviceReset();
  return 0;
}
// STDOUT:
// 1 NVIDIA H100 80GB HBM3 9.0, 132 SMs
// 80 49152 232448 1024 32
// 65535 64 52428800
// 3350 GB/s
// 132 232448 8 1056 256
// 4096 256
// 1
// 1 cudaErrorInvalidDevice
// cudaErrorInvalidDevice
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// 1 Tesla T4 7.5, 40 SMs
// 16 49152 65536 1024 32
// 65535 64 4194304
// 320 GB/s
// 40 65536 4 160 256
// 4096 256
// 1
// 1 cudaErrorInvalidDevice
// cudaErrorInvalidDevice
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
