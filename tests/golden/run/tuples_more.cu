// RUN: run %s --front native
#include <cstdio>
#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>
#include <array>
struct P { int a, b; };
__host__ __device__ std::tuple<int, float> both(int i) { return std::make_tuple(i * 2, i * 0.5f); }
std::tuple<std::string, int, double> row(int i) { return {std::to_string(i), i, i / 2.0}; }
template <typename... T> __host__ __device__ int count(const std::tuple<T...>&) { return sizeof...(T); }
template <typename Tup, std::size_t... I> __host__ __device__ double total(const Tup& t, std::index_sequence<I...>) { return (double(std::get<I>(t)) + ... + 0.0); }
template <typename Tup> __host__ __device__ double total(const Tup& t) { return total(t, std::make_index_sequence<std::tuple_size_v<Tup>>{}); }
__global__ void k(float* o, std::tuple<int, float, double> p) {
  auto [a, b] = both(threadIdx.x);
  auto t = std::make_tuple(a, b, (short)3, 4u, 5l, 6.0f, 7.0, (char)8);
  std::get<7>(t) = 9; std::get<4>(t) += 10;
  const auto& c = t;
  auto& [x0, x1, x2, x3, x4, x5, x6, x7] = t;
  x6 += 1;
  o[threadIdx.x] = a + b + std::get<0>(p) + std::get<1>(p) + std::get<2>(p) + std::get<4>(c) + x7 + std::get<6>(c) + count(t);
  int i; float f;
  std::tie(i, f) = both(3);
  o[threadIdx.x] += 1000 * i + 100 * f + std::apply([](int u, float v) { return u * v; }, both(2));
}
int main() {
  float *o, h[4]; cudaMalloc(&o, 16);
  k<<<1, 4>>>(o, std::tuple<int, float, double>(1, 2.5f, 3.25));
  cudaMemcpy(h, o, 16, cudaMemcpyDeviceToHost); cudaFree(o);
  for (float v : h) printf("%g ", v);
  std::tuple<int, int, int> a(1, 2, 3), b(1, 3, 0), c = a;
  printf("%d%d%d%d%d%d ", a < b, b < a, a < c, a == c, a != b, a == b);
  std::vector<std::tuple<int, double, char>> v;
  for (int i = 0; i < 6; ++i) v.push_back(std::make_tuple((i * 5) % 3, i * 0.5, (char)('a' + i)));
  std::sort(v.begin(), v.end(), [](const auto& l, const auto& r) { return l < r; });
  for (const auto& [n, d, ch] : v) printf("%d%g%c ", n, d, ch);
  auto [s, i, d] = row(7);
  printf("%s %d %g ", s.c_str(), i, d);
  std::tuple<long, double> wide; wide = std::make_tuple(3, 1.5f);
  printf("%ld %g ", std::get<0>(wide), std::get<1>(wide));
  static_assert(std::is_same<std::tuple_element<1, std::tuple<int, char, float>>::type, char>::value, "");
  static_assert(std::is_same<std::tuple_element_t<2, std::tuple<int, char, float>>, float>::value, "");
  static_assert(std::tuple_size<std::tuple<>>::value == 0, "");
  std::tuple<> none; (void)none;
  std::tuple<std::tuple<int, int>, P, int*> nest(std::make_tuple(4, 5), P{6, 7}, nullptr);
  printf("%d %d %d ", std::get<1>(std::get<0>(nest)), std::get<1>(nest).b, std::get<2>(nest) == nullptr);
  std::pair<int, char> pr(8, 'z'); std::array<int, 3> ar{1, 2, 3};
  printf("%d %c %d ", std::get<0>(pr), std::get<1>(pr), std::get<2>(ar));
  printf("%g %d ", total(std::make_tuple(1, 2.5, 3.f)), count(std::make_tuple(1)));
  int q = 1, w = 2; std::tie(q, w) = std::make_tuple(w, q); printf("%d %d ", q, w);
  auto r = std::tie(q, w); std::get<0>(r) = 50; printf("%d ", q);
  printf("%d %d\n", std::get<0>(std::make_tuple(11, 12)), (int)std::make_index_sequence<32>::size());
}
// STDOUT:
// 6200.75 6203.25 6205.75 6208.25 100110 00a 01.5d 11c 12.5f 20.5b 22e 7 7 3.5 3 1.5 5 7 1 8 z 3 6.5 1 2 1 50 11 32
// main(): ok; 1 launch, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
