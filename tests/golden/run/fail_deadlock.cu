// RUN: run %s --task %S/../check/scale.toml
__device__ int lock;
__global__ void scale(float* y, const float* x, int n) {
  while (atomicCAS(&lock, 0, 1) != 0) {
  }
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + x[i];
}
void launch(float* y, const float* x, int n) { scale<<<(n + 31) / 32, 32>>>(y, x, n); }
// STDOUT:
// 1 finding, stopped at n=1: 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// y f32 [1] checksum f5c968a04fe59ac8: 1.63891912
// fail_deadlock.cu:4:10: finding: the thread waits for a value that no thread will write: of its block 31 threads wait like it, 0 at a barrier, 1 have ended [deadlock]
//     while (atomicCAS(&lock, 0, 1) != 0) {
//            ^
//   in scale, block (0, 0, 0) of (1, 1, 1), thread (1, 0, 0) of (32, 1, 1), launch 0
