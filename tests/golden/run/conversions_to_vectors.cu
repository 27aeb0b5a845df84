// Conversion functions whose results are vectors, in casts, initialisers, arguments and results.
// RUN: run %s --front native
#include <cstdio>
struct Pair {
  float a, b;
  explicit __host__ __device__ operator float2() const { return make_float2(a, b); }
  explicit __host__ __device__ operator float4() const { return make_float4(a, b, a + b, a - b); }
};
struct Extent {
  unsigned n;
  __host__ __device__ operator dim3() const { return dim3(n, n + 1); }
};
__host__ __device__ float sum(float4 v) { return v.x + v.y + v.z + v.w; }
__host__ __device__ dim3 given(Extent e) { return e; }
__global__ void k(Pair p, float* out) {
  const float2 a = float2(p);
  const float2 b = (float2)p;
  out[0] = a.x + b.y;
  out[1] = sum(static_cast<float4>(p));
  out[2] = given(Extent{5}).y;
}
int main() {
  float* out;
  cudaMallocManaged(&out, 12);
  Extent one{1};
  k<<<1, 1>>>(Pair{2, 3}, out);
  cudaDeviceSynchronize();
  const dim3 d = one;
  printf("%g %g %g %u %g\n", out[0], out[1], out[2], d.y, float2(Pair{7, 8}).y);
  cudaFree(out);
}
// STDOUT:
// 5 9 6 2 8
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
