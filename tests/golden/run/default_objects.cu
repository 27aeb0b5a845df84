// RUN: run %s --front native
struct L { int ld; __host__ __device__ L(int l = 7) : ld(l) {} }; struct R { float* p; L l; __host__ __device__ R(float* q = nullptr, L const& m = L()) : p(q), l(m) {} };
__host__ __device__ int f(int a, L x = L(), int z = 0) { return a + x.ld + z; } template <class K> struct W { typename K::T v; static int s() { return sizeof(typename K::T) + sizeof(typename K::T*); } }; struct KK { using T = short; };
__global__ void k(int* o) { R r; R q((float*)o); *o = f(1) + f(1, L(2)) + r.l.ld + q.l.ld; }
int main() { int* o; cudaMallocManaged(&o, 4); k<<<1,1>>>(o); cudaDeviceSynchronize(); int r = *o; cudaFree(o); R a; return r != 8 + 3 + 14 || W<KK>::s() != 10 || a.l.ld != 7; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
