// RUN: run %s --front native
struct P { int a; }; struct It { P const& p; int* q; int& c; __host__ __device__ It(P const& x, int* y, int& z) : p(x), q(y), c(z) {} __host__ __device__ int get() { c++; return p.a + *q; } };
template <class T> struct R { T& r; }; 
__global__ void k(int* o) { P p{3}; int c = 1; It it(p, o, c); *o = 4; int v = it.get(); R<int> r{c}; r.r += 10; *o = v + c; }
int main() { int* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); int h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 7 + 12; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
