// RUN: run %s
// Struct templates of the standard library, also with arguments that depend on others.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>
#include <utility>
#include <vector>
template <typename T>
struct Box {
  std::pair<T, int> p;
  std::array<T, 3> a;
  std::less<T> less;
};
template <typename T>
__global__ void k(std::array<T, 4> a, T* y) {
  y[threadIdx.x] = a[threadIdx.x] + std::plus<T>()(1, 2);
}
int main() {
  Box<float> b;
  b.p = std::make_pair(1.5f, 2);
  b.a[1] = 3;
  printf("%g %d %d\n", b.p.first, b.p.second, (int)b.less(1.f, 2.f));
  std::vector<std::pair<float, int>> v;
  v.push_back({3.f, 1});
  v.push_back(std::make_pair(1.f, 5));
  std::sort(v.begin(), v.end());
  printf("%d\n", v[0].second);
  int a[] = {3, 1, 2};
  std::sort(a, a + 3, std::greater<>());
  printf("%d %d\n", a[0], a[2]);
  std::sort(a, a + 3, std::greater<int>());
  printf("%d\n", a[1]);
  std::array<float, 4> f = {1, 2, 3, 4};
  float* y;
  cudaMallocManaged(&y, 16);
  k<<<1, 4>>>(f, y);
  cudaDeviceSynchronize();
  printf("%g\n", y[3]);
  std::mt19937 gen(42);
  std::uniform_real_distribution<float> u(-1.f, 1.f);
  std::normal_distribution<> n(0, 1);
  std::uniform_int_distribution<int> d(0, 9);
  float x = u(gen);
  double z = n(gen);
  printf("%g %g %d\n", x, z, d(gen));
  auto t0 = std::chrono::high_resolution_clock::now();
  std::chrono::duration<double, std::milli> ms = std::chrono::high_resolution_clock::now() - t0;
  printf("%d\n", ms.count() >= 0);
  cudaFree(y);
  auto [p, q] = std::make_pair(4, 5.5);
  printf("%d %g\n", p, q);
}
// STDOUT:
// 1.5 2 1
// 5
// 3 1
// 2
// 7
// -0.25092 -1.11188 4
// 1
// 4 5.5
// main(): ok; 1 launch, 20 warp instructions, engine time {{[0-9.]+}} ms
