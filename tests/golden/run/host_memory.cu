// RUN: run %s
#include <cstdio>
#include <cstdlib>
#include <cstring>
namespace inner {
constexpr int kSize = 6;
inline int twice(int x) { return 2 * x; }
}  // namespace inner
namespace in = inner;
using inner::twice;
int main() {
  float* f = new float[in::kSize];
  for (int i = 0; i < 6; ++i) f[i] = i * 0.5f;
  int* zeros = new int[twice(2)]();
  double* one = new double(2.5);
  printf("%g %d %g %d\n", f[5], zeros[3], *one, twice(in::twice(3)));
  delete[] f;
  delete[] zeros;
  delete one;
  float* none = nullptr;
  delete none;
  unsigned char bytes[20];
  memset(bytes, 7, sizeof(bytes));
  memset(bytes + 3, 255, 11);
  int sum = 0;
  for (int b : bytes) sum += b;
  printf("%d\n", sum);
  printf("%zu %d %d %d\n", strlen("seven!!"), strcmp("abc", "abd") < 0, strcmp("b", "a") > 0,
         strcmp("", ""));
  printf("%d %d %d\n", atoi("  42x"), atoi("-17"), atoi("x"));
  for (int i = 0; i < 3; ++i) printf("%d ", rand());
  srand(42);
  for (int i = 0; i < 4; ++i) printf("%d ", rand());
  srand(0);
  printf("%d\n", rand() / (RAND_MAX / 100));
  return 0;
}
// STDOUT:
// 2.5 0 2.5 12
// 2868
// 7 1 1 0
// 42 -17 0
// 1804289383 846930886 1681692777 71876166 708592740 1483128881 907283241 84
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
