// RUN: compile %s
// Functions are called, and passed nowhere.
template <typename Op>
__device__ float Reduce(float a, float b, Op op) {
  return op(a, b);
}
__device__ float Add(float a, float b) { return a + b; }
__global__ void k(float* y) { y[0] = Reduce(y[0], y[1], Add); }
// STDERR:
// fail_function_value.cu:8:57: error: a function as a value is not supported by the native front end [unsupported]
//   __global__ void k(float* y) { y[0] = Reduce(y[0], y[1], Add); }
//                                                           ^~~
//   hint: rewrite it without; nothing else compiles it here
