// RUN: run %s
// A vote is made of instructions without places of their own: the call's is told.
__global__ void k(int* o) {
  __shared__ int s[32];
  if (threadIdx.x < 31) s[threadIdx.x] = 0;
  __syncwarp();
  if (__syncthreads_or(s[threadIdx.x] > 5)) o[0] = 1;
}
int main() {
  int* o = nullptr;
  cudaMalloc(&o, 4);
  k<<<1, 32>>>(o);
  cudaFree(o);
  return 0;
}
// STDOUT:
// main(): 1 finding, 1 note, ran to its end; 1 launch, 22 warp instructions, engine time {{[0-9.]+}} ms
// fail_main_vote.cu:7:45: finding: a branch depends on an uninitialised value [uninitialized-branch]
//     if (__syncthreads_or(s[threadIdx.x] > 5)) o[0] = 1;
//                                               ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 0
// fail_main_vote.cu:7:39: note: the first read of uninitialised memory in this run: byte 124 of shared s (128 bytes) [uninitialized-branch]
//     if (__syncthreads_or(s[threadIdx.x] > 5)) o[0] = 1;
//                                         ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (31, 0, 0) of (32, 1, 1), launch 0
