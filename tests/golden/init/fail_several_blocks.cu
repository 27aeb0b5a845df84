// What several blocks do to one another shows only where there are several.
// RUN: init %s -o %t/task.toml
// RUN: check %s --task %t/task.toml --until sanitized
__global__ void fold(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[threadIdx.x] = x[i];
}
void launch(float* y, const float* x, int n) { fold<<<(n + 255) / 256, 256>>>(y, x, n); }
// STDOUT:
// wrote %t/task.toml: look at every line marked CHECK, then
//   warpsmith check fail_several_blocks.cu --task %t/task.toml
// The reference is fail_several_blocks.cu itself: a verdict shows no more than that a candidate does what it does.
// Name the plainest program that is right under [reference], or with --reference FILE.
// STDERR:
// error: the reference fails at n=257 (inputs: init, seed {{[0-9]+}}): fail_several_blocks.cu:6:29: thread 0 of block 1 writes byte 0 of y (1028 bytes) and thread 0 of block 0 writes it, without ordering between them
// fail_several_blocks.cu:6:29: finding: thread 0 of block 1 writes byte 0 of y (1028 bytes) and thread 0 of block 0 writes it, without ordering between them [race-global]
//     if (i < n) y[threadIdx.x] = x[i];
//                               ^
//   in fold, block (1, 0, 0) of (2, 1, 1), thread (0, 0, 0) of (256, 1, 1), launch 0; the other access is in line 6
//   hint: order them: __syncthreads() within a block; between blocks a second launch, or write, __threadfence(), atomic on one side and atomic, __threadfence() (or a barrier), read on the other
// finding: 1 of 257 elements of the output `y` were not written, first [256] [unwritten-output]
//   hint: write all of it; or is its shape in task.toml larger than what is computed?
