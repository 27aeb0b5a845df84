// RUN: run %s
#include <cooperative_groups.h>
#include <cstdio>
namespace cg = cooperative_groups;

// Each round every block writes its number, and after the barrier reads its neighbour's.
__global__ void rounds(int* values, int* sums, int turns) {
  cg::grid_group grid = cg::this_grid();
  const int blocks = (int)grid.num_blocks(), me = (int)grid.block_rank();
  int sum = 0;
  for (int turn = 0; turn < turns; ++turn) {
    if (threadIdx.x == 0) values[me] = me * turn;
    grid.sync();
    if (threadIdx.x == 0) sum += values[(me + 1) % blocks];
    grid.sync();
  }
  if (threadIdx.x == 0) sums[me] = sum;
  if (grid.thread_rank() == grid.num_threads() - 1) printf("last of %llu\n", grid.size());
}

__global__ void forgotten(int* values) {
  cg::grid_group grid = cg::this_grid();
  if (threadIdx.x == 0) values[blockIdx.x] = blockIdx.x;
  if (threadIdx.x == 0) values[8 + blockIdx.x] = values[(blockIdx.x + 1) % gridDim.x];
  grid.sync();
}

int main() {
  int can = 0;
  cudaDeviceGetAttribute(&can, cudaDevAttrCooperativeLaunch, 0);
  int *values, *sums, host[40], turns = 3;
  cudaMalloc(&values, 40 * sizeof(int));
  cudaMalloc(&sums, 40 * sizeof(int));
  void* args[] = {&values, &sums, &turns};
  cudaError_t error = cudaLaunchCooperativeKernel((void*)rounds, dim3(40), dim3(64), args, 0, 0);
  cudaMemcpy(host, sums, sizeof(host), cudaMemcpyDeviceToHost);
  printf("%d %d: %d %d %d\n", can, (int)error, host[0], host[1], host[39]);
  error = cudaLaunchCooperativeKernel((void*)rounds, dim3(100000), dim3(64), args, 0, 0);
  printf("%s\n", cudaGetErrorName(error));
  void* other[] = {&values};
  cudaLaunchCooperativeKernel(forgotten, dim3(8), dim3(32), other);
  return 0;
}
// STDOUT:
// last of 2560
// 1 0: 3 6 0
// cudaErrorCooperativeLaunchTooLarge
// main(): 3 findings, 2 notes, ran to its end; 2 launches, 25694 warp instructions, engine time {{[0-9.]+}} ms
// fail_cooperative_launch.cu:38:11: finding: the cooperative launch of rounds has 100000 blocks; the device holds 4224 of them at once [bad-launch]
//     error = cudaLaunchCooperativeKernel((void*)rounds, dim3(100000), dim3(64), args, 0, 0);
//             ^
// fail_cooperative_launch.cu:23:44: finding: thread 0 of block 1 writes byte 4 of temporary 0 (cudaMalloc) (160 bytes) and thread 0 of block 0 reads it, without ordering between them [race-global]
//     if (threadIdx.x == 0) values[blockIdx.x] = blockIdx.x;
//                                              ^
//   in forgotten, block (1, 0, 0) of (8, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 2; the other access is in line 24; 7 times
//   hint: order them: __syncthreads() within a block; between blocks a second launch, or write, __threadfence(), atomic on one side and atomic, __threadfence() (or a barrier), read on the other
// fail_cooperative_launch.cu:24:48: finding: thread 0 of block 7 reads byte 0 of temporary 0 (cudaMalloc) (160 bytes) and thread 0 of block 0 writes it, without ordering between them [race-global]
//     if (threadIdx.x == 0) values[8 + blockIdx.x] = values[(blockIdx.x + 1) % gridDim.x];
//                                                  ^
//   in forgotten, block (7, 0, 0) of (8, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 2; the other access is in line 23
//   hint: order them: __syncthreads() within a block; between blocks a second launch, or write, __threadfence(), atomic on one side and atomic, __threadfence() (or a barrier), read on the other
// fail_cooperative_launch.cu:32:3: note: temporary 0 (cudaMalloc) (160 bytes) was not freed [leak]
//     cudaMalloc(&values, 40 * sizeof(int));
//     ^
//   hint: call cudaFree, or keep the workspace in a static variable
// fail_cooperative_launch.cu:33:3: note: temporary 1 (cudaMalloc) (160 bytes) was not freed [leak]
//     cudaMalloc(&sums, 40 * sizeof(int));
//     ^
//   hint: call cudaFree, or keep the workspace in a static variable
