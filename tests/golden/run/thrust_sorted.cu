// RUN: run %s
// Sorts of many numbers by their digits, insertions, loops over elements of the device.
#include <thrust/device_vector.h>
#include <thrust/functional.h>
#include <thrust/host_vector.h>
#include <thrust/sort.h>
#include <algorithm>
#include <cstdio>
#include <vector>
template <typename T>
bool sorts(int n) {
  std::vector<T> v(n), w(n);
  unsigned s = 7;
  for (int i = 0; i < n; ++i) {
    s = s * 1664525u + 1013904223u;
    v[i] = w[i] = (T)((int)(s >> 8) - (1 << 23));
  }
  thrust::device_vector<T> d = v;
  thrust::sort(d.begin(), d.end());
  std::sort(w.begin(), w.end());
  bool ok = true;
  int i = 0;
  for (T x : d) ok &= x == w[i++];
  thrust::sort(d.begin(), d.end(), thrust::greater<T>());
  for (auto x : d) ok &= x == w[--i];
  return ok;
}
int main() {
  const int n = 5000;
  printf("%d %d %d %d", sorts<signed char>(n), sorts<unsigned char>(n), sorts<short>(n), sorts<unsigned short>(n));
  printf(" %d %d %d %d", sorts<int>(n), sorts<unsigned>(n), sorts<long long>(n), sorts<unsigned long long>(n));
  printf(" %d %d\n", sorts<float>(n), sorts<double>(n));
  thrust::device_vector<int> d(3, 4);
  d.insert(d.begin() + 1, 2, 7);
  thrust::host_vector<int> h = d;
  h.insert(h.begin(), 2, 9);
  h.insert(h.begin() + 3, d.begin(), d.begin() + 2);
  h.erase(h.begin(), h.begin() + 1);
  int sum = 0;
  for (float x : d) sum += (int)x;
  for (int x : h) printf("%d ", x);
  printf("| %d %d\n", (int)d.size(), sum);
}
// STDOUT:
// 1 1 1 1 1 1 1 1 1 1
// 9 4 4 7 7 7 4 4 | 5 26
// main(): ok; 899 launches, 1904734 warp instructions, engine time {{[0-9.]+}} ms
