// RUN: run %s
// Structs inside of member functions of structs.
#include <cstdio>
struct Outer {
  int k;
  __host__ __device__ int twice() const {
    struct Inner {
      int v;
      __host__ __device__ int get() const {
        struct Deepest { int w; __host__ __device__ int more() const { return w + 1; } };
        Deepest d{v};
        return d.more();
      }
      __host__ __device__ int zero() const { return 0; }
    };
    Inner a{k};
    return a.get() * 2 + a.zero();
  }
  __host__ __device__ int once() const { return k; }
};
__global__ void f(int* o) { Outer a{20}; o[0] = a.twice() + a.once(); }
int main() { int* p; cudaMallocManaged(&p, 4); f<<<1, 1>>>(p); cudaDeviceSynchronize(); Outer b{3}; printf("%d %d\n", *p, b.twice()); cudaFree(p); }
// STDOUT:
// 62 8
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
