// RUN: check %s --task %S/scale.toml
// Right for the first ten calls of an instance.
__device__ int calls;
__global__ void scale(float* y, const float* x, int n) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = x[i] + (calls < 10 ? x[i] : 0.0f);
}
__global__ void count() { calls += 1; }
void launch(float* y, const float* x, int n) {
  scale<<<(n + 31) / 32, 32>>>(y, x, n);
  count<<<1, 1>>>();
}
// STDOUT:
// fail_tenth_call.cu: rejected at sanitized: call 11 of an instance gives another result for the same input: y[0] is 0.5629374 once and 0.2814687 then at n=1
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
// finding: call 11 of an instance gives another result for the same input: y[0] is 0.5629374 once and 0.2814687 then at n=1 [state-dependent]
//   hint: set device globals and static workspaces anew in every call
// witness: n=1, inputs init, seed {{[0-9]+}}
