// RUN: run %s --front native
// operator new and delete of a class; destructors that are called.
#include <new>
class M { public: void* operator new(size_t n) { void* p; cudaMallocManaged(&p, n); return p; } void operator delete(void* p) { cudaFree(p); } void* operator new[](size_t n) { void* p; cudaMallocManaged(&p, n); return p; } void operator delete[](void* p) { cudaFree(p); } };
struct D : M { int v; D(int a) : v(a) {} ~D() { v = -1; } };
struct P { int x; __host__ __device__ ~P() { x = 9; } };
__global__ void k(D* d) { d->v *= 2; __shared__ char buf[sizeof(P)]; P* p = new (buf) P{5}; p->~P(); d->v += p->x; typedef int I; }
int main() { D* d = new D(4); k<<<1,1>>>(d); cudaDeviceSynchronize(); int r = d->v; delete d; alignas(8) char b[8]; P* p = new (b) P; p->~P(); return r != 17; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
