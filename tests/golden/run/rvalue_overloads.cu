// RUN: run %s --front native
#include <utility>
#include <cstdio>
struct T { int id; __host__ __device__ T(int i) : id(i) {} __host__ __device__ T(const T& o) : id(o.id + 100) {} __host__ __device__ T(T&& o) noexcept : id(o.id + 1000) { o.id = -1; } __host__ __device__ T& operator=(const T& o) { id = o.id + 10; return *this; } __host__ __device__ T& operator=(T&& o) noexcept { id = o.id + 20; o.id = -2; return *this; } };
__host__ __device__ int f(T&&) { return 1; } __host__ __device__ int f(const T&) { return 2; } __host__ __device__ int g(T&) { return 1; } __host__ __device__ int g(const T&) { return 2; } __host__ __device__ int g(T&&) { return 3; }
template <class X> __host__ __device__ int fw(X&& x) { return g(std::forward<X>(x)); }
__host__ __device__ int run(int* o) { T a(1); const T c(2); int n = 0; o[n++] = f(a); o[n++] = f(T(3)); o[n++] = f(std::move(a)); o[n++] = g(a); o[n++] = g(c); o[n++] = g(T(4)); o[n++] = g(std::move(a)); T b(5); b = a; o[n++] = b.id; b = std::move(a); o[n++] = b.id; o[n++] = a.id; b = T(7); o[n++] = b.id; o[n++] = fw(a); o[n++] = fw(c); o[n++] = fw(T(1)); o[n++] = fw(std::move(a)); T d(std::move(b)); o[n++] = d.id; o[n++] = b.id; return n; }
__global__ void k(int* o) { run(o); }
int main() { int* o; cudaMallocManaged(&o, 400); k<<<1,1>>>(o); cudaDeviceSynchronize(); int h[40]; int n = run(h);  for (int i = 0; i < n; i++) { printf("%d ", h[i]); if (h[i] != o[i]) return 1; } printf("\n"); cudaFree(o); return 0; }
// STDOUT:
// 2 1 1 1 2 3 3 11 21 -2 27 1 2 3 3 1027 -1
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
