// RUN: run %s
#include <cstdio>
__device__ int fact(int n) { return n <= 1 ? 1 : n * fact(n - 1); }
__device__ int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
__host__ __device__ bool odd(int n);
__host__ __device__ bool even(int n) { return n == 0 ? true : odd(n - 1); }
__host__ __device__ bool odd(int n) { return n == 0 ? false : even(n - 1); }
__device__ void sort(int* a, int lo, int hi) {
  if (lo >= hi) return;
  int p = a[hi], i = lo - 1;
  for (int j = lo; j < hi; ++j)
    if (a[j] < p) { ++i; int t = a[i]; a[i] = a[j]; a[j] = t; }
  int t = a[i + 1]; a[i + 1] = a[hi]; a[hi] = t;
  sort(a, lo, i);
  sort(a, i + 2, hi);
}
__device__ int swapped(int a, int b, int n) { return n == 0 ? 10 * a + b : swapped(b, a, n - 1); }
__device__ int framed(int n) {
  int local[4];
  for (int i = 0; i < 4; ++i) local[i] = n + i;
  if (n == 0) return local[3];
  int below = framed(n - 1);
  return below + local[n & 3];
}
__global__ void k(int* out, int* a) {
  int t = threadIdx.x;
  out[t] = fact(t % 8) + fib(t % 12) + (even(t) ? 1000 : 0) + swapped(1, 2, t & 3);
  out[64 + t] = framed(t % 10);
  if (t == 0) sort(a, 0, 31);
}
int hfib(int n) { return n < 2 ? n : hfib(n - 1) + hfib(n - 2); }
int hackermann(int m, int n) { return m == 0 ? n + 1 : n == 0 ? hackermann(m - 1, 1) : hackermann(m - 1, hackermann(m, n - 1)); }
int hframed(int n) {
  int local[4];
  for (int i = 0; i < 4; ++i) local[i] = n + i;
  if (n == 0) return local[3];
  int below = hframed(n - 1);
  return below + local[n & 3];
}
int main() {
  int *out, *a, h[128], ha[32];
  for (int i = 0; i < 32; ++i) ha[i] = (i * 7919) % 101;
  cudaMalloc(&out, sizeof h); cudaMalloc(&a, sizeof ha);
  cudaMemcpy(a, ha, sizeof ha, cudaMemcpyHostToDevice);
  k<<<1, 64>>>(out, a);
  cudaMemcpy(h, out, sizeof h, cudaMemcpyDeviceToHost);
  cudaMemcpy(ha, a, sizeof ha, cudaMemcpyDeviceToHost);
  int bad = 0;
  for (int t = 0; t < 64; ++t) {
    int f = 1; for (int i = 2; i <= t % 8; ++i) f *= i;
    int w = f + hfib(t % 12) + (even(t) ? 1000 : 0) + ((t & 1) ? 21 : 12);
    if (h[t] != w) { printf("t %d: %d not %d\n", t, h[t], w); ++bad; }
    if (h[64 + t] != hframed(t % 10)) ++bad;
  }
  for (int i = 1; i < 32; ++i) bad += ha[i - 1] > ha[i];
  printf("bad %d ackermann %d deep %d\n", bad, hackermann(2, 3), hframed(20000));
  cudaFree(out); cudaFree(a);
  return bad;
}
// STDOUT:
// bad 0 ackermann 9 deep 200040003
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
