// RUN: run %s --task %S/../check/scale.toml --size n=64
// What is wrong comes before what was done.
__global__ void scale(float* y, const float* x, int n) {
  __shared__ float s[64];
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  s[threadIdx.x] = i < n ? x[i] : 0.0f;
  if (i < n) y[i] = s[threadIdx.x ^ 32] * 2.0f;
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// 3 findings, 1 note, ran to its end at n=64: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [64] checksum efac701af92f4d78: nan nan nan nan nan nan nan nan ...
// fail_race_first.cu:6:18: finding: thread 32 writes byte 128 of shared s (256 bytes) and thread 0 reads it, without ordering between them [race-shared]
//     s[threadIdx.x] = i < n ? x[i] : 0.0f;
//                    ^
//   in scale, block (0, 0, 0) of (1, 1, 1), thread (32, 0, 0) of (64, 1, 1), launch 0; the other access is in line 7; 32 times
//   hint: add __syncthreads() between the accesses; between threads of one warp __syncwarp() is enough
// fail_race_first.cu:7:41: finding: thread 32 reads byte 0 of shared s (256 bytes) and thread 0 writes it, without ordering between them [race-shared]
//     if (i < n) y[i] = s[threadIdx.x ^ 32] * 2.0f;
//                                           ^
//   in scale, block (0, 0, 0) of (1, 1, 1), thread (32, 0, 0) of (64, 1, 1), launch 0; the other access is in line 6; 32 times
//   hint: add __syncthreads() between the accesses; between threads of one warp __syncwarp() is enough
// fail_race_first.cu:7:19: finding: an uninitialised value was written to byte 0 of y (256 bytes) [uninitialized-output]
//     if (i < n) y[i] = s[threadIdx.x ^ 32] * 2.0f;
//                     ^
//   hint: give the variable or the memory it comes from a value first
// fail_race_first.cu:7:41: note: the first read of uninitialised memory in this run: byte 128 of shared s (256 bytes) [uninitialized-output]
//     if (i < n) y[i] = s[threadIdx.x ^ 32] * 2.0f;
//                                           ^
//   in scale, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (64, 1, 1), launch 0
//   hint: give the variable or the memory it comes from a value first
