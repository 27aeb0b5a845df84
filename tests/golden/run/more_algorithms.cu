// RUN: run %s
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>
int by_value(const void* a, const void* b) { return *(const int*)a - *(const int*)b; }
int main() {
  printf("%d %g\n", std::max({3, 9, 4}), std::min({2.5, 1.5}));
  std::vector<int> v = {5, 1, 1, 3, 3, 3, 2};
  std::sort(v.begin(), v.end());
  v.erase(std::unique(v.begin(), v.end()), v.end());
  for (int x : v) printf("%d ", x);
  int n = 0;
  std::generate(v.begin(), v.end(), [&]() { return n++; });
  std::rotate(v.begin(), v.begin() + 1, v.end());
  for (int x : v) printf("%d ", x);
  int a[5] = {4, 2, 5, 1, 3};
  qsort(a, 5, sizeof(int), by_value);
  int key = 4;
  printf("%d %d %d\n", a[0], a[4], (int)((int*)bsearch(&key, a, 5, sizeof(int), by_value) - a));
  std::string s = "hello";
  printf("%d %d ", (int)s.find('l'), (int)s.rfind('l'));
  for (char c : s) printf("%c.", c);
  printf("\n");
}
// STDOUT:
// 9 1.5
// 1 2 3 5 1 2 3 0 1 5 3
// 2 3 h.e.l.l.o.
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
