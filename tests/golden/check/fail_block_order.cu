// RUN: check %s --task %S/scale.toml
// Right only while blocks begin in their order.
__device__ int counter;
__global__ void reset() { counter = 0; }
__global__ void scale(float* y, const float* x, int n) {
  __shared__ int block;
  if (threadIdx.x == 0) block = atomicAdd(&counter, 1);
  __syncthreads();
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) y[i] = block == blockIdx.x ? x[i] + x[i] : 0.0f;
}
void launch(float* y, const float* x, int n) {
  reset<<<1, 1>>>();
  scale<<<(n + 31) / 32, 32>>>(y, x, n);
}
// STDOUT:
// fail_block_order.cu: rejected at tested: y[{{[0-9]+}}] is 0, not {{[-0-9.e+]+}} +- {{[-0-9.e]+}} at n={{[0-9]+}} (inputs: {{[a-z]+}}, seed {{[0-9]+}}); {{[0-9]+ of [0-9]+}} elements are wrong
//   compiled   accepted by the front end and the IR verifier; {{[0-9]+}} instructions
//   sanitized  no finding in 24 runs with every check at 2 sizes and 6 drawn under 3 schedules; results may depend on the order of atomics
// witness: n={{[0-9]+}}, inputs {{[a-z]+}}, seed {{[0-9]+}}: y[{{[0-9]+}}] is 0, not {{[-0-9.e+]+}} +- {{[-0-9.e]+}}; {{[0-9]+}} elements are wrong
