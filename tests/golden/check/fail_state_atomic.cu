// RUN: check %s --task %S/scale.toml
// The counter is never set back: every call but the first is wrong.
__device__ int counter;
__global__ void scale(float* y, const float* x, int n) {
  __shared__ int block;
  if (threadIdx.x == 0) block = atomicAdd(&counter, 1);
  __syncthreads();
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = block < gridDim.x ? x[i] + x[i] : 0.0f;
}
void launch(float* y, const float* x, int n) { scale<<<(n + 63) / 64, 64>>>(y, x, n); }
// STDOUT:
// fail_state_atomic.cu: rejected at sanitized: the same input gives another result after another call: y[0] is 0.5629374 once and 0 then at n=1
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// finding: the same input gives another result after another call: y[0] is 0.5629374 once and 0 then at n=1 [state-dependent]
//   hint: set device globals and static workspaces anew in every call
// witness: n=1, inputs init, seed {{[0-9]+}}
