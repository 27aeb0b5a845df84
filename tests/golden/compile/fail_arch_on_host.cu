// RUN: compile %s --emit ir
__host__ __device__ int side() {
#ifdef __CUDA_ARCH__
  return 1;
#else
  return 0;
#endif
}
__host__ __device__ int late(int x) {
#if defined(__CUDA_ARCH__) && __CUDA_ARCH__ >= 700
  return x;
#endif
  return -x;
}
#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 600
__host__ __device__ int fine() { return 2; }
#endif
__global__ void k(int* y) { y[0] = side() + late(1) + fine(); }
void launch(int* y) {
  k<<<1, 1>>>(y);
  int x = side() + fine();
}
// STDERR:
// fail_arch_on_host.cu:21:11: error: a call on the host of a function that asks for __CUDA_ARCH__ is not supported by the native front end [unsupported]
//     int x = side() + fine();
//             ^~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
