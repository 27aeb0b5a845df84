// RUN: run %s --front native
struct V { float x; __host__ __device__ V() {} __host__ __device__ V(float a) : x(a) {} }; struct S { int t; union { V a; float b; }; __host__ __device__ S() {} }; __global__ void k(float* o) { S s; s.a = V(3.f); *o = s.b; } int main() { float* o; cudaMalloc(&o, 4); k<<<1,1>>>(o); float h; cudaMemcpy(&h, o, 4, cudaMemcpyDeviceToHost); cudaFree(o); return h != 3; }
// STDOUT:
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
