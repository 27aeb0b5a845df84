// RUN: run %s --front native
template <class T> struct Base { struct Params { T a; }; using Elem = T; T m; __host__ __device__ T get() const { return m; } enum { kN = 4 }; };
template <class T> struct D : Base<T> { using B = Base<T>; using typename B::Params; using typename Base<T>::Elem; using B::m; using Base<T>::get; Elem e; __host__ __device__ D(Params const& p) : e(p.a) { m = p.a + 1; } __host__ __device__ T sum() const { return e + get() + B::kN; } };
__global__ void k(int* o) { D<int>::Params p{3}; D<int> d(p); *o = d.sum(); }
int main() { int* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); int h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 11; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
