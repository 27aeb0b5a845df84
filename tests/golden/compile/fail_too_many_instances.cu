// RUN: compile %s
// Without an end the template makes instances of itself for ever.
template <int N>
__device__ int Count() { return 1 + Count<N + 1>(); }
__global__ void Kernel(int* y) { y[0] = Count<0>(); }
// STDERR:
// fail_too_many_instances.cu:4:37: error: the templates have more than 16384 instances [too-many-instances]
//   __device__ int Count() { return 1 + Count<N + 1>(); }
//                                       ^~~~~
//   hint: a template that calls itself with other arguments ends with if constexpr
