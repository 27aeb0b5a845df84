// RUN: run %s
struct S { virtual __host__ __device__ int f() const { return 1; } int v; };
struct D : S { __host__ __device__ int f() const override { return 2; } };
__global__ void k(S* s, int* o) { o[0] = s->f(); }
int main() {
  D h; h.v = 3; S* d; int* o;
  cudaMalloc(&d, sizeof(D)); cudaMalloc(&o, 4);
  cudaMemcpy(d, &h, sizeof(D), cudaMemcpyHostToDevice);
  k<<<1, 1>>>(d, o);
  cudaDeviceSynchronize(); cudaFree(d); cudaFree(o);
}
// STDOUT:
// main(): 1 finding, stopped; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_virtual_side.cu:4:42: finding: a call or branch through an address of no function [trapped]
//   __global__ void k(S* s, int* o) { o[0] = s->f(); }
//                                            ^
//   in k, block (0, 0, 0) of (1, 1, 1), thread (0, 0, 0) of (1, 1, 1), launch 0
