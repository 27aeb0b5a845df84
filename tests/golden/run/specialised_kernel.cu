// RUN: run %s
template <typename T> __device__ T start() { return T(0); }
template <> __device__ float start<float>() { return 1.5f; }
template <typename T> __global__ void k(T* y) { y[threadIdx.x] = start<T>() + T(threadIdx.x); }
template <> __global__ void k<double>(double* y) { y[threadIdx.x] = -1; }
template <typename T> void show() {
  T* y;
  T out[32];
  cudaMalloc(&y, sizeof(out));
  k<<<1, 32>>>(y);
  cudaMemcpy(out, y, sizeof(out), cudaMemcpyDeviceToHost);
  printf("%g %g\n", double(out[0]), double(out[31]));
  cudaFree(y);
}
int main() {
  show<float>();
  show<double>();
  show<int>();
  return 0;
}
// STDOUT:
// 1.5 32.5
// -1 -1
// 0 31
// main(): ok; 3 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
