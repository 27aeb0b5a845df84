// RUN: run %s
#include <cstdio>
struct Pair {
  int a = 5;
  float b;
};
struct Counter {
  int from, to;
  Counter() : from(1), to(2) {}
  Counter(int f, int t) : from(f), to(t) {}
  int span() const { return to - from; }
};
int main() {
  Pair* p = new Pair;
  Pair* many = new Pair[3];
  Counter* c = new Counter(3, 10);
  Counter* d = new Counter;
  Counter* e = new Counter[1000];
  float* x = new float(2.5f);
  printf("%d %d %d %d %d %g\n", p->a, many[2].a, c->span(), d->to, e[999].span(), *x);
  delete p;
  delete[] many;
  delete c;
  delete d;
  delete[] e;
  delete x;
  return 0;
}
// STDOUT:
// 5 5 7 2 1 2.5
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
