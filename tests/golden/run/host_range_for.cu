// RUN: run %s
#include <cstdio>
int sum(const int (&a)[4]) {
  int s = 0;
  for (const int& x : a) s += x;
  return s;
}
int main() {
  int a[4] = {1, 2, 3, 4};
  for (auto& x : a) x *= 2;
  for (int x : a) {
    if (x == 4) continue;
    if (x == 8) break;
    printf("%d\n", x);
    x = 100;  // a copy
  }
  printf("%d\n", sum(a));
  double total = 0;
  for (double d : a) total += d / 4;
  printf("%g\n", total);
  const float rows[2][3] = {{1, 2, 3}, {4, 5, 6}};
  for (const auto& row : rows) {
    float product = 1;
    for (auto v : row) product *= v;
    printf("%g\n", product);
  }
  int* kept = nullptr;
  for (int& x : a) {
    if (x == 6) kept = &x;
  }
  *kept = 60;
  printf("%d\n", a[2]);
  return 0;
}
// STDOUT:
// 2
// 6
// 20
// 5
// 6
// 120
// 60
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
