// RUN: run %s
// Each function calls the one below it twice: inlined without bounds these would be 2^30 additions.
template <int N>
__device__ int f() { return f<N - 1>() + f<N - 1>(); }
template <>
__device__ int f<0>() { return 1; }
__global__ void k(int* a) { *a = f<30>(); }
int main() { return 0; }
// STDOUT:
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
