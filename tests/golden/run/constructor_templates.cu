// RUN: run %s --front native
struct V { float x; template <class T> __host__ __device__ explicit V(T a) : x(float(a) * 2) {} };
template <class T> struct W { T v; W() = default; template <class U> __host__ __device__ W(const W<U>& o) : v(T(o.v)) {} __host__ __device__ W(T a) : v(a) {} };
__global__ void k(float* o) { V v(3); W<int> i(7); W<float> f = i; W<double> d(f); *o = v.x + f.v + (float)d.v; }
int main() { float* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); float h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 20.f; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
