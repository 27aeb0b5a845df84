// RUN: run %s
#include <cstdio>
#include <cmath>
#include <vector>
#include <string>
__host__ __device__ float f(float x) { return x * 3.0f; }
int counter = 0;
int next() { return ++counter; }
struct A { int n = 4; int m = n * 2; float r = f(2.0f); int* p = &n; };
struct B { int id = next(); std::vector<int> v = std::vector<int>(3, 7); std::string s = std::string("ab") + "c"; A a = A(); dim3 g = dim3(1, 2); double q = std::sqrt(2.0); B() {} B(int k) : id(k) {} };
struct C { A a; float x = a.r + 1; };
__global__ void k(float* o) { A a; C c; o[0] = a.m; o[1] = a.r; o[2] = *a.p; o[3] = c.x; A l{5}; o[4] = l.m; o[5] = l.n; A z[2]; o[6] = z[1].m + (z[1].p == &z[1].n); }
int main() {
  float* o; cudaMallocManaged(&o, 64); k<<<1,1>>>(o); cudaDeviceSynchronize();
  for (int i = 0; i < 7; ++i) printf("%g ", o[i]);
  B b, c(9), d; printf("\n%d %d %d %zu %d %s %d %u %.3f\n", b.id, c.id, d.id, b.v.size(), b.v[2], b.s.c_str(), b.a.m, b.g.y, b.q);
  A ag{1}; printf("%d %d\n", ag.m, *ag.p); A h[3]; printf("%d\n", h[2].m);
  std::vector<A> va(2); va.resize(3); printf("%d %d\n", va[2].m, va[0].n);
  A* heap = new A(); printf("%d\n", heap->m); delete heap; cudaFree(o);
}
// STDOUT:
// 8 6 4 7 10 5 9
// 1 9 2 3 7 abc 8 2 1.414
// 2 1
// 8
// 8 4
// 8
// main(): ok; 1 launch, 73 warp instructions, engine time {{[0-9.]+}} ms
