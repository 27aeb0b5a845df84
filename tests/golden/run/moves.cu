// RUN: run %s
// What is moved from is taken by the constructor for that, on the host and in kernels.
#include <cstdio>
#include <utility>
struct T {
  int id;
  __host__ __device__ T(int i) : id(i) {}
  __host__ __device__ T(const T& o) : id(o.id + 100) {}
  __host__ __device__ T(T&& o) noexcept : id(o.id + 1000) { o.id = -1; }
};
struct Holder {
  T t;
  Holder(int i) : t(i) {}
};
int take(T t) { return t.id; }
__global__ void k() {
  T a(1);
  T b = static_cast<T&&>(a);
  T c(b);
  printf("%d %d %d\n", a.id, b.id, c.id);
}
int main() {
  T a(1);
  T b = std::move(a);
  T c(std::move(b));
  T d = c;
  printf("%d %d %d %d\n", a.id, b.id, c.id, d.id);
  printf("%d %d\n", take(T(5)), take(std::move(d)));
  Holder h(7);
  Holder g = std::move(h);
  printf("%d %d\n", h.t.id, g.t.id);
  k<<<1, 1>>>();
  cudaDeviceSynchronize();
}
// STDOUT:
// -1 -1 2001 2101
// 5 3101
// -1 1007
// -1 1001 1101
// main(): ok; 1 launch, 5 warp instructions, engine time {{[0-9.]+}} ms
