// RUN: run %s --front clang
// REQUIRES: clang
// Findings in what clang compiled stand at the lines of the source.
__global__ void race(int* y) {
  __shared__ int s[32];
  s[threadIdx.x] = y[threadIdx.x];
  y[threadIdx.x] = s[31 - threadIdx.x];
}
int main() { int* y; cudaMalloc(&y, 128); cudaMemset(y, 0, 128); race<<<1, 32>>>(y); cudaFree(y); }
// STDOUT:
// main(): 1 finding, ran to its end; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_front_clang.cu:7:20: finding: thread 0 reads byte 124 of shared _ZZ4racePiE1s (128 bytes) and thread 31 writes it, without ordering between them [race-shared]
//     y[threadIdx.x] = s[31 - threadIdx.x];
//                      ^
//   in race, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (32, 1, 1), launch 0; the other access is in line 6; 32 times
//   hint: add __syncthreads() between the accesses; between threads of one warp __syncwarp() is enough
