// RUN: compile %s
#define S1 y[N] = y[N] * Nlogb;
#define S2 S1 S1 S1 S1 S1 S1 S1 S1
#define S3 S6 S2 S2 S2 S2 S2 S2 S2
#define S4 S3 S3 S3 S3 S3 S3 S3 S3
template <int N>
__device__ void Step(float* y) {
  S4 S4
  if constexpr (N > 0) Step<N - 1>(y);
}
__global__ void Kernel(float* y) { Step<1000>(y); }
// STDERR:
// fail_too_large_instances.cu:7:17: error: the program is too large to compil` (the instances of its templates) [program-too-large]
//   __device__ void Step(float* y) {
//                   ^~~~
//   hint: split the file, or remove generated tables
