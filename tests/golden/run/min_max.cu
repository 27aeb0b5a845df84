// RUN: run %s
#include <algorithm>
#include <array>
#include <cassert>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
int main() {
  const float nan = NAN, x = 1.0f;
  printf("%g %g %g %g\n", std::max(nan, x), std::max(x, nan), std::min(nan, x), std::min(x, nan));
  double zero = 0.0, minus = -0.0;
  printf("%g %g %g %g\n", std::max(zero, minus), std::max(minus, zero), std::min(zero, minus),
         std::min(minus, zero));
  printf("%g %g %g\n", fmaxf(nan, x), std::max(2.5, 1.5), std::min(2.5f, 1.5f));
  printf("%g %g %d\n", INFINITY, -std::numeric_limits<float>::infinity(),
         std::numeric_limits<int>::max());
  std::array<int, 3> a = {7, 8, 9};
  printf("%d ", a[2]);
  int p = 1, q = 2;
  for (int* at : {&p, &q}) *at += 10;
  for (double v : {0.5, 1.5}) printf("%g ", v);
  printf("%d %d\n", p, q);
  assert(x == 1.0f && "x is one");
  srand48(42);
  unsigned seed = 5;
  const int r = rand_r(&seed);
  printf("%.10f %d %u %c %d\n", drand48(), r, seed, toupper('q'), isdigit('7') != 0);
  return 0;
}
// STDOUT:
// nan 1 nan 1
// 0 -0 0 -0
// 1 2.5 1.5
// inf -inf 2147483647
// 9 0.5 1.5 11 12
// 0.7445250001 234104184 695785320 Q 1
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
