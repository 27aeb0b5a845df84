// RUN: run %s
#include <cstdio>
template <typename T> T twice(T x);
template <> float twice<float>(float x) { return x * 2; }
template <> int twice(int x) { return x + x; }
template <typename T> const char* name() { return "any"; }
template <> const char* name<float>() { return "float"; }
template <> const char* name<unsigned char>() { return "byte"; }
template <int N> int value() { return N; }
template <> int value<3>() { return 33; }
template <typename T, int N = 4> int both(const T* p) { return N + static_cast<int>(p[0]); }
template <> int both<float, 4>(const float* p) { return 1000 + static_cast<int>(p[0]); }
template <> int both<double>(const double* p);  // declared first
template <typename T> int both(T (&a)[2]) { return -1; }
template <> int both(long (&a)[2]) { return static_cast<int>(a[1]); }
template <> int both<double>(const double* p) { return 2000 + static_cast<int>(p[0]); }
int main() {
  printf("%g %d\n", twice(1.5f), twice(4));
  printf("%s %s %s\n", name<int>(), name<float>(), name<unsigned char>());
  printf("%d %d\n", value<3>(), value<4>());
  const float f[1] = {1};
  const double d[1] = {2};
  const int i[1] = {3};
  printf("%d %d %d %d %d\n", both(f), both<float, 5>(f), both(d), both(i), both<int, 9>(i));
  long l[2] = {5, 6};
  short s[2] = {7, 8};
  printf("%d %d\n", both(l), both(s));
  return 0;
}
// STDOUT:
// 3 8
// any float byte
// 33 4
// 1001 6 2002 7 12
// 6 -1
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
