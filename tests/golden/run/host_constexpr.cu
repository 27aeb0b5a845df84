// RUN: run %s
#include <cstdio>
constexpr int square(int x) { return x * x; }
constexpr int factorial(int n) { return n <= 1 ? 1 : n * factorial(n - 1); }
constexpr int log2_of(int n) {
  int r = 0;
  while (n > 1) {
    n /= 2;
    ++r;
  }
  return r;
}
constexpr unsigned collatz(unsigned n) {
  unsigned steps = 0;
  for (; n != 1; ++steps) {
    if (n % 2 == 0) {
      n >>= 1;
      continue;
    }
    n = 3 * n + 1;
  }
  return steps;
}
constexpr int kind_of(char c) {
  switch (c) {
    case 'a':
    case 'e':
      return 1;
    case 'z': {
      int i = 10;
      do {
        if (i < 5) break;
        i -= 2;
      } while (i > 0);
      return i;
    }
    default:
      break;
  }
  return c > 'm' && c < 'q' ? 7 : 0;
}
template <typename T> constexpr T ceil_div(T a, T b) { return (a + b - 1) / b; }
constexpr double mean(double a, double b = 3) {
  const double sum = a + b;
  double half{0.5};
  half *= sum;
  return half;
}
constexpr bool even(int n);
constexpr bool odd(int n) { return n == 0 ? false : even(n - 1); }
constexpr bool even(int n) { return n == 0 ? true : odd(n - 1); }
constexpr int kTable[2][3] = {{1, 2}, {4, 5, square(6)}};
template <int N> int value() { return N; }
enum Sizes { kSmall = log2_of(1024), kLarge = kSmall * square(2) };
int runtime(int n) { return square(n) + log2_of(n) + ceil_div(n, 4); }
int main() {
  int a[square(3)];
  static_assert(sizeof(a) == 36 && log2_of(1024) == 10 && collatz(27) == 111);
  static_assert(kind_of('a') == 1 && kind_of('z') == 4 && kind_of('n') == 7 && !kind_of('b'));
  static_assert(odd(7) && !odd(8) && mean(1) == 2 && mean(1, 2) == 1.5);
  static_assert(kTable[1][2] == 36 && kTable[0][2] == 0 && ceil_div<long>(9, 4) == 3L);
  switch (36) {
    case square(6):
      printf("case\n");
  }
  constexpr int n = kTable[1][0];
  float b[n][ceil_div(n, 3)];
  printf("%d %d %d\n", value<factorial(5)>(), int(sizeof(b)), kLarge);
  printf("%d %d\n", runtime(17), kTable[a[0] = 1][1]);
  return 0;
}
// STDOUT:
// case
// 120 32 40
// 298 5
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
