// A launcher that wants an even number of columns gets test sizes that have one.
// RUN: init %s -o %t/task.toml
// RUN: check %s --task %t/task.toml --until sanitized
#include <cuda_fp16.h>
__global__ void twice(half2* y, const half2* x, int pairs) {
  for (int c = threadIdx.x; c < pairs; c += 32) {
    y[blockIdx.x * pairs + c] = __hadd2(x[blockIdx.x * pairs + c], x[blockIdx.x * pairs + c]);
  }
}
void launch(void* y, const void* x, int rows, int cols) {
  twice<<<rows, 32>>>((half2*)y, (const half2*)x, cols / 2);
}
// STDOUT:
// wrote %t/task.toml: look at every line marked CHECK, then
//   warpsmith check multiples.cu --task %t/task.toml
// The reference is multiples.cu itself: a verdict shows no more than that a candidate does what it does.
// Name the plainest program that is right under [reference], or with --reference FILE.
// multiples.cu: passed through sanitized, compared with itself
//   compiled   accepted by the front end and the IR verifier; 22 instructions
//   sanitized  no finding in 24 runs with every check at 3 sizes and 3 drawn under 3 schedules; same bits under every schedule and after other calls
// note: compared with itself: the candidate is the task's reference and its baseline, so that equal results show no more than that it is deterministic [compared-with-itself]
//   hint: write a reference that computes the same in another, plainer way; `reference.source` in task.toml names it
