// Lambdas: captures by value and reference, generic ones, of members, as a kernel's argument.
// RUN: run %s --front native
#include <cstdio>
#include <vector>
#include <algorithm>
template <typename F> __global__ void apply(float* x, int n, F f) {
  int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n) x[i] = f(x[i], i);
}
template <typename T> __host__ __device__ T twice(T v) { auto g = [v](T w) { return v + w; }; return g(v); }
__global__ void k(int* out) {
  __shared__ int s[32];
  const int base = 10;
  int acc = 0;
  auto add = [&](int v) { acc += v + base; };
  auto put = [&] { s[threadIdx.x] = acc; };
  for (int i = 0; i < 3; ++i) add(i);
  put();
  __syncwarp();
  auto pick = [=](int lane) -> int { return s[lane] + acc; };
  auto gen = [](auto a, auto b) { return a * b; };
  out[threadIdx.x] = pick((threadIdx.x + 1) % 32) + gen(2, 3) + (int)gen(1.5f, 2) + twice(4);
}
struct S { int f; int g() { auto h = [this](int x) { return x + f; }; auto q = [&] { f += 1; }; q(); return h(1); } };
int main() {
  int* d; cudaMalloc(&d, 128); k<<<1, 32>>>(d);
  int h[32]; cudaMemcpy(h, d, 128, cudaMemcpyDeviceToHost); cudaFree(d);
  printf("%d %d\n", h[0], h[31]);
  unsigned s = 1; 
  auto rnd = [&s]() { s = s * 1103515245u + 12345u; return (float)((s >> 16) & 0x7fff) / 32768.0f; };
  float a = rnd(), b = rnd();
  printf("%g %g %u\n", a, b, s);
  int count = 0;
  auto inc = [count]() mutable { return ++count; };
  printf("%d %d %d\n", inc(), 0, count);
  printf("%d\n", inc());
  float* x; cudaMalloc(&x, 400); cudaMemset(x, 0, 400);
  float sc = 2; 
  apply<<<1, 100>>>(x, 100, [=] __device__ (float v, int i) { return v + sc * i; });
  float hx[100]; cudaMemcpy(hx, x, 400, cudaMemcpyDeviceToHost); cudaFree(x);
  printf("%g\n", hx[7]);
  S o{5}; printf("%d %d\n", o.g(), o.f);
  auto outer = [&](int z) { auto in = [&](int y) { return y + z + count; }; return in(1); };
  printf("%d\n", outer(4));
  printf("%d\n", [](int q) { return q * q; }(9));
  auto init = [v = s + 1, &r = count] { r += 1; return v; };
  printf("%u %d\n", init(), count);
  const int N = 4; int arr[N]; auto fill = [&] { for (int i = 0; i < N; ++i) arr[i] = i * i; }; fill(); printf("%d\n", arr[3]);
  return 0;
}
// STDOUT:
// 83 83
// 0.513855 0.17572 2524885223
// 1 0 0
// 2
// 14
// 7 6
// 5
// 81
// 2524885224 1
// 9
// main(): ok; 2 launches, 101 warp instructions, engine time {{[0-9.]+}} ms
