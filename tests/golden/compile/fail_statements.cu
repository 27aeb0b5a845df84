// RUN: compile %s
__device__ int f(int n) {
  break;
  switch (n) { case 1: case 1: return 1; }
  goto nowhere;
  return;
}
__global__ int k() { return 1; }
__device__ void v() { return 1; }
// STDERR:
// fail_statements.cu:8:16: error: the kernel 'k' must return void [kernel-result]
//   __global__ int k() { return 1; }
//                  ^
//   hint: write results through a pointer
// fail_statements.cu:6:3: error: return needs a value of type int [return-needs-value]
//     return;
//     ^~~~~~
// fail_statements.cu:9:23: error: a void function returns no value [return-in-void]
//   __device__ void v() { return 1; }
//                         ^~~~~~
