// RUN: run %s --front native
#include <cstdio>
__device__ int get(const void* x, const int& i) { const unsigned short* x16 = (const unsigned short*)x; return x16[2 * i] + x16[2 * i + 1]; }
typedef int (*fn)(const void* __restrict__, const int&);
__device__ int f1(const void* __restrict__ v, const int& i) { const short* b = (const short*)v + 0; return get(b, i) + 1; }
__device__ int f2(const void* __restrict__ v, const int& i) { return get(v, i) + 2; }
enum T { A = 2, B = 8 };
static constexpr __device__ fn choose(T t) { return t == A ? f1 : t == B ? f2 : nullptr; }
static constexpr __device__ fn choose2(T t) { switch (t) { case A: return f1; case B: return f2; default: return nullptr; } }
template <T t> __global__ void k(const void* p, int* o) { constexpr fn f = choose(t); constexpr fn g = choose2(t); o[0] = f(p, 0) * 1000 + g(p, 1); }
int main() { short h[4] = {1, 2, 3, 4}; void* d; int* o; cudaMalloc(&d, 8); cudaMalloc(&o, 4); cudaMemcpy(d, h, 8, cudaMemcpyHostToDevice); int r; k<A><<<1,1>>>(d, o); cudaMemcpy(&r, o, 4, cudaMemcpyDeviceToHost); printf("%d\n", r); k<B><<<1,1>>>(d, o); cudaMemcpy(&r, o, 4, cudaMemcpyDeviceToHost); printf("%d\n", r); cudaFree(d); cudaFree(o); }
// STDOUT:
// 4008
// 5009
// main(): ok; 2 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
