// RUN: run %s
#include <chrono>
#include <cstdio>
#include <utility>
#include <array>
#include <vector>
#include <algorithm>
#include <functional>
#include <numeric>
struct Point { float x, y; int id; };
struct ByX { bool operator()(const Point& a, const Point& b) const { return a.x < b.x; } };
struct Named { int a = 5; float b = 1.5f; Named() {} Named(int q, float w) : a(q), b(w) {} };
float total(const std::vector<std::vector<float>>& m) {
  float s = 0;
  for (const auto& row : m) for (float v : row) s += v;
  return s;
}
std::vector<Point> make(int n) {
  std::vector<Point> v;
  for (int i = 0; i < n; ++i) v.push_back({float((i * 7) % 5), float(i), i});
  return v;
}
int main() {
  auto t0 = std::chrono::high_resolution_clock::now();
  int sum = 0;
  for (int i = 0; i < 1000; ++i) sum += i;
  auto t1 = std::chrono::high_resolution_clock::now();
  std::chrono::duration<double, std::milli> ms = t1 - t0;
  std::chrono::duration<double> sec = t1 - t0;
  auto us = std::chrono::duration_cast<std::chrono::microseconds>(t1 - t0).count();
  printf("%d %d %d %d\n", sum, ms.count() > 0, sec.count() < 1, us >= 0);
  std::vector<Point> v = make(6);
  std::sort(v.begin(), v.end(), ByX());
  for (auto& p : v) printf("%g:%d ", p.x, p.id);
  std::stable_sort(v.begin(), v.end(), ByX());
  printf("\n");
  std::vector<std::pair<float, int>> pairs;
  pairs.push_back({2.0f, 1});
  pairs.emplace_back(1.0f, 2);
  pairs.push_back(std::pair<float, int>(1.0f, 1));
  std::sort(pairs.begin(), pairs.end());
  for (auto& p : pairs) printf("(%g %d) ", p.first, p.second);
  std::vector<float> f = {3, 1, 2};
  std::sort(f.begin(), f.end(), std::greater<float>());
  printf("%g %g %g\n", f[0], f[1], f[2]);
  f.insert(f.begin() + 1, 9.0f);
  f.insert(f.end(), 2, 7.0f);
  f.erase(f.begin());
  for (float x : f) printf("%g ", x);
  std::vector<float> g = f;
  printf("%d %d ", f == g, f != g);
  g[0] = 0;
  printf("%d\n", f == g);
  std::array<int, 4> a = {4, 3, 2, 1};
  std::sort(a.begin(), a.end());
  printf("%d %zu %d\n", a[0], a.size(), std::accumulate(a.begin(), a.end(), 0));
  std::vector<std::vector<float>> m(3, std::vector<float>(4, 0.5f));
  m[1][2] = 10;
  m.push_back(std::vector<float>{1, 2});
  auto copy = m;
  copy[0][0] = 100;
  printf("%g %g %zu %zu\n", total(m), total(copy), m.size(), m[3].size());
  m[0].push_back(3);
  printf("%zu %g\n", m[0].size(), m[0].back());
  std::vector<Named> named(2);
  named.emplace_back(1, 2.0f);
  printf("%d %d %g\n", named[1].a, named[2].a, named[2].b);
  Named* one = new Named(3, 4.0f);
  Named* many = new Named[3];
  printf("%d %d %g\n", one->a, many[2].a, many[2].b);
  delete one;
  delete[] many;
  auto lo = std::lower_bound(a.begin(), a.end(), 3) - a.begin();
  printf("%d %d\n", (int)lo, (int)std::count(f.begin(), f.end(), 7.0f));
  f.swap(g);
  printf("%g\n", f[0]);
  return 0;
}
// STDOUT:
// 499500 1 1 1
// 0:0 0:5 1:3 2:1 3:4 4:2
// (1 1) (1 2) (2 1) 3 2 1
// 9 2 1 7 7 1 0 0
// 1 4 10
// 18.5 118 4 2
// 5 3
// 5 1 2
// 3 5 1.5
// 2 2
// 0
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
