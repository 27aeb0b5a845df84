// RUN: run %s
#include <cstdio>
#include <stdexcept>
struct Base { int a; __host__ __device__ Base(int x) : a(x) {} __host__ __device__ virtual int who() const { return 1; } };
struct Mid : Base { using Base::Base; int b = 2; __host__ __device__ int who() const override { return 2; } };
struct Last : Mid { using Mid::Mid; int c = 3; __host__ __device__ int who() const override { return 3; } };
struct Own : std::out_of_range { using std::out_of_range::out_of_range; int k = 4; };
struct Named : std::overflow_error { Named() : std::overflow_error("named") {} };
__global__ void k(int* o) { Last l(7); const Base& b = l; o[0] = l.a * 1000 + l.b * 100 + l.c * 10 + b.who(); }
int main() {
  Last l(9);
  const Base& b = l;
  printf("%d %d %d %d\n", l.a, l.b, l.c, b.who());
  int *o, h; cudaMalloc(&o, 4); k<<<1, 1>>>(o); cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); printf("%d\n", h);
  try { throw Own("far"); } catch (const std::logic_error& e) { printf("%s\n", e.what()); }
  try { throw Named(); } catch (const std::runtime_error& e) { printf("%s\n", e.what()); }
  try { throw std::underflow_error(std::string("s") + "t"); } catch (const std::exception& e) { printf("%s\n", e.what()); }
  cudaFree(o);
}
// STDOUT:
// 9 2 3 3
// 7233
// far
// named
// st
// main(): ok; 1 launch, 9 warp instructions, engine time {{[0-9.]+}} ms
