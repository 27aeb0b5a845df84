// RUN: run %s
// A function's name in brackets is still its name.
#include <algorithm>
#include <cstdio>
#include <vector>
__device__ int twice(int x) { return 2 * x; }
__device__ float twice(float x) { return 3 * x; }
struct S { int v; __host__ __device__ int get() const { return v; } };
__global__ void k(int* y) {
  S s{4};
  (printf)("%d %g %g\n", (twice)(2), (twice)(2.0f), (sqrtf)((max)(4.0f, 1.0f)));
  ((atomicAdd))(y, (s.get)());
}
int main() {
  int *d, h = 1;
  (cudaMalloc)(&d, 4);
  cudaMemcpy(d, &h, 4, cudaMemcpyHostToDevice);
  (k)<<<1, 1>>>(d);
  cudaMemcpy(&h, d, 4, cudaMemcpyDeviceToHost);
  std::vector<int> v(3);
  printf("%d %d %d\n", h, (std::max)(1, 2), (int)(v.size)());
  cudaFree(d);
}
// STDOUT:
// 4 6 2
// 5 2 3
// main(): ok; 1 launch, 8 warp instructions, engine time {{[0-9.]+}} ms
