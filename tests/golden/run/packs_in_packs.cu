// RUN: run %s
// Templates with packs in structs with packs.
#include <cstdio>
template <class... T>
struct Tuple {
  Tuple() {}
  template <class... U>
  Tuple(const Tuple<U...>& o) : count(o.count + (int)sizeof...(T)) {}
  template <class... U>
  int sum(U... u) const {
    return (0 + ... + u) + (int)sizeof...(T) * 100;
  }
  int count = 1;
};
int main() {
  Tuple<int, float> a;
  Tuple<int, char, long> b(a);
  printf("%d %d %d\n", a.sum(1, 2, 3), b.sum(7), b.count);
}
