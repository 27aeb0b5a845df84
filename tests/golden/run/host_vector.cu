// RUN: run %s
#include <algorithm>
#include <cstdio>
#include <numeric>
#include <vector>
void fill(std::vector<float>& v, float x) {
  for (auto& e : v) e = x;
}
float sum(const std::vector<float>& v) {
  float s = 0;
  for (float x : v) s += x;
  return s;
}
std::vector<int> counted(int n) {
  std::vector<int> v;
  for (int i = 0; i < n; ++i) v.push_back(i * i);
  if (n == 3) return v;
  v.resize(n + 2);
  return v;
}
template <typename T> T last(const std::vector<T>& v) { return v.back(); }
int changed(std::vector<int> copy) {
  copy[0] = 100;
  return copy[0] + static_cast<int>(copy.size());
}
int first_of(int n) {
  for (int i = 0; i < 3; ++i) {
    std::vector<int> v(i, 7);  // empty again each time
    v.push_back(i + n);
    if (i == 1) return v[0] * 10 + v[1];
  }
  return 0;
}
int main() {
  std::vector<float> a(4, 1.5f);
  a[1] = 2;
  a.push_back(3);
  printf("%g %zu %d\n", sum(a), a.size(), a.empty());
  fill(a, 0.5f);
  printf("%g\n", sum(a));
  std::vector<int> b = {3, 1, 2};
  std::vector<int> c = b;
  c[0] = 9;
  printf("%d %d %d\n", b[0], c[0], last(b));
  c = counted(3);
  printf("%zu %d %d\n", c.size(), c.front(), c.back());
  c = counted(4);
  printf("%zu %d %d\n", c.size(), c.at(3), c.back());
  printf("%d %d\n", changed(c), c[0]);
  printf("%d\n", first_of(5));
  std::vector<double> d;
  d.reserve(100);
  d.assign(3, 0.25);
  d = {1, 2, 3, 4};
  d.pop_back();
  const double* p = d.data();
  printf("%g %g %zu\n", p[2], *(d.end() - 1), d.capacity() >= 100 ? d.size() : 0);
  std::vector<double> e(d.begin() + 1, d.end());
  printf("%zu %g\n", e.size(), e[0]);
  e.clear();
  printf("%d\n", e.empty());
  std::vector<long> wide(5);
  std::iota(wide.begin(), wide.end(), 10);
  printf("%ld %ld\n", std::accumulate(wide.begin(), wide.end(), 0L), wide[4]);
  std::vector<int> mixed{5, 3, 9, 1, 7, 3};
  std::sort(mixed.begin(), mixed.end());
  for (int x : mixed) printf("%d ", x);
  printf("| %d %d\n", *std::max_element(mixed.begin(), mixed.end()),
         *std::min_element(mixed.begin(), mixed.end()));
  std::reverse(mixed.begin(), mixed.end());
  std::fill(mixed.begin(), mixed.begin() + 2, -1);
  std::swap(mixed[2], mixed[5]);
  for (auto it = mixed.begin(); it != mixed.end(); ++it) printf("%d ", *it);
  printf("| %ld %d\n", (long)std::count(mixed.begin(), mixed.end(), 3),
         int(std::find(mixed.begin(), mixed.end(), 5) - mixed.begin()));
  float x = 1, y = 2;
  std::swap(x, y);
  int raw[4] = {4, 3, 2, 1};
  std::sort(raw, raw + 4);
  printf("%g %g %d %d\n", x, y, raw[0], raw[3]);
  auto squares = std::vector<unsigned char>{1, 4, 9};
  for (int i = 0; i < 1000; ++i) squares.push_back(static_cast<unsigned char>(i));
  printf("%zu %d %d\n", squares.size(), squares[2], squares[1002]);
  printf("%zu\n", std::vector<float>(12).size());
  return 0;
}
// STDOUT:
// 9.5 5 0
// 2.5
// 3 9 2
// 3 0 4
// 6 9 0
// 106 0
// 76
// 3 3 3
// 2 2
// 1
// 60 14
// 1 3 3 5 7 9 | 9 1
// -1 -1 1 3 3 5 | 2 5
// 2 1 1 4
// 1003 9 231
// 12
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
