// RUN: run %s
#include <cstdio>
template <typename T> __host__ __device__ T sum(T x) { return x; }
template <typename T, typename... Ts> __host__ __device__ T sum(T first, Ts... rest) { return first + sum(rest...); }
template <typename... Ts> __host__ __device__ auto fold(Ts... xs) { return (xs + ...); }
template <typename... Ts> __host__ __device__ bool all(Ts... xs) { return (... && (xs > 0)); }
template <typename... Ts> __host__ __device__ int count(Ts...) { return sizeof...(Ts); }
template <typename... Ts> __host__ __device__ int minus(int init, Ts... xs) { return (init - ... - xs); }
template <int... Is> __host__ __device__ int values() { int a[] = {Is..., 0}; int s = 0; for (int v : a) s = s * 10 + v; return s; }
template <typename F, typename... Args> __host__ __device__ auto call(F f, Args&&... args) { return f(args...); }
template <typename... Args> __global__ void k(int* out, Args... args) { out[0] = sum(args...); out[1] = count(args...); out[2] = minus(100, args...); }
template <typename... Args> void launch(void (*kernel)(int*, Args...), int* out, Args... args) { kernel<<<1, 1>>>(out, args...); }
template <typename T, typename... R> void print(const char* sep, T x, R... rest) {
  printf("%g%s", (double)x, sizeof...(rest) > 0 ? sep : "\n");
  if constexpr (sizeof...(rest) > 0) print(sep, rest...);
}
template <typename... Ts> void each(Ts... xs) { (print(",", xs), ...); }
__host__ __device__ int three(int a, int b, int c) { return a * 100 + b * 10 + c; }
__global__ void plain(int* o, int a) { o[0] = a; }
int main() {
  int *d, h[3]; cudaMalloc(&d, 12);
  k<<<1, 1>>>(d, 1, 2, 3); cudaMemcpy(h, d, 12, cudaMemcpyDeviceToHost);
  printf("%d %d %d\n", h[0], h[1], h[2]);
  k<int, int><<<1, 1>>>(d, 4, 5); cudaMemcpy(h, d, 12, cudaMemcpyDeviceToHost);
  printf("%d %d %d\n", h[0], h[1], h[2]);
  launch(plain, d, 77); cudaMemcpy(h, d, 4, cudaMemcpyDeviceToHost);
  printf("%d %g %d %d %d %d %d %d\n", h[0], sum(1.5, 2, 3.0f), fold(1, 2, 3, 4), all(1, 2), all(1, -2), count(), minus(10, 1, 2), values<1, 2, 3>());
  printf("%d\n", call(three, 1, 2, 3));
  print(" ", 1, 2.5, 3); each(7, 8.5f);
  cudaFree(d);
}
// STDOUT:
// 6 3 94
// 9 2 91
// 77 6.5 10 1 0 0 7 1230
// 123
// 1 2.5 3
// 7
// 8.5
// main(): ok; 3 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
