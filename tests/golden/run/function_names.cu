// RUN: run %s
#include <cstdio>
struct Named { __host__ __device__ const char* name() { return __func__; } };
template <typename T> const char* of(T) { return __FUNCTION__; }
__global__ void kernel() { Named n; printf("in %s, %s\n", __func__, n.name()); }
int main() {
  kernel<<<1, 1>>>();
  cudaDeviceSynchronize();
  printf("%s %s %s\n", __func__, of(1), of(2.0f));
}
// STDOUT:
// in kernel, name
// main of of
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
