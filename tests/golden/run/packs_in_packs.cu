// RUN: run %s
// Templates with packs in structs with packs.
#include <cstdio>
template <class... T>
struct Tuple {
  Tuple() {}
  template <class... U>
  int sum(U... u) const {
    return (0 + ... + u) + (int)sizeof...(T) * 100;
  }
  int count = 1;
};
int main() {
  Tuple<int, float> a;
  Tuple<int, char, long> b;
  printf("%d %d %d\n", a.sum(1, 2, 3), b.sum(7), b.count);
}
// STDOUT:
// 206 307 1
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
