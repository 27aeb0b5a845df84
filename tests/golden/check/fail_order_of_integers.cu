// RUN: check %s --task %S/place.toml
// Puts the elements in the order in which threads come.
__device__ int used;
__global__ void reset() { used = 0; }
__global__ void place(int* y, const int* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[atomicAdd(&used, 1)] = x[i] + x[i];
}
void launch(int* y, const int* x, int n) {
  reset<<<1, 1>>>();
  place<<<(n + 31) / 32, 32>>>(y, x, n);
}
// STDOUT:
// fail_order_of_integers.cu: rejected at sanitized: another order of blocks and warps gives another result: y[1] is 376 once and 1856 then at n=3
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// finding: another order of blocks and warps gives another result: y[1] is 376 once and 1856 then at n=3 [schedule-dependent]
// witness: n=3, inputs init, seed {{[0-9]+}}
