// RUN: run %s
#include <cstdio>
constexpr int N = 4;
struct K { int n = N; float s = 1.0f / N; int m[2] = {N, 2 * N}; };
__constant__ K ck;
__device__ K dk;
__global__ void k(int* o) { __shared__ int z; o[0] = ck.n + ck.m[1]; o[1] = dk.m[0]; z = 1; K l; o[2] = l.m[1]; o[3] = (int)(l.s * 100); }
int main() { int* o; cudaMallocManaged(&o, 64); k<<<1,1>>>(o); cudaDeviceSynchronize(); printf("%d %d %d %d\n", o[0], o[1], o[2], o[3]); cudaFree(o); static K st; printf("%d\n", st.m[1]); constexpr K cc; const K ck2; printf("%d\n", ck2.n); }
// STDOUT:
// 12 4 8 25
// 8
// 4
// main(): ok; 1 launch, 11 warp instructions, engine time {{[0-9.]+}} ms
