// RUN: run %s --front nvrtc
// REQUIRES: nvrtc
// Findings in what NVRTC compiled stand at the lines of the source.
__global__ void race(int* y) {
  __shared__ int s[32];
  s[threadIdx.x] = y[threadIdx.x];
  y[threadIdx.x] = s[31 - threadIdx.x];
}
int main() { int* y; cudaMalloc(&y, 256); cudaMemset(y, 0, 256); race<<<1, 64>>>(y); cudaFree(y); }
// STDOUT:
// main(): 2 findings, stopped; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_front_nvrtc.cu:7:3: finding: thread 0 reads byte 124 of shared {{[A-Za-z0-9_]+}} (128 bytes) and thread 31 writes it, without ordering between them [race-shared]
//     y[threadIdx.x] = s[31 - threadIdx.x];
//     ^
//   in race, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (64, 1, 1), launch 0; the other access is in line 6; 32 times
//   hint: add __syncthreads() between the accesses; between threads of one warp __syncwarp() is enough
// fail_front_nvrtc.cu:6:3: finding: store of 4 bytes at byte 128 of shared {{[A-Za-z0-9_]+}} (128 bytes) [out-of-bounds]
//     s[threadIdx.x] = y[threadIdx.x];
//     ^
//   in race, block (0, 0, 0) of (1, 1, 1), thread (32, 0, 0) of (64, 1, 1), launch 0
//   hint: compare the index with the size before using it
