// RUN: run %s --front native
// Conversion functions to structs, constructors from vectors without being asked, unary &, operators behind the template.
#include <cstdio>
#include <iostream>
#include <vector>
struct P { float x; int y; };
struct Ref {
  P* at;
  operator P() const { return *at; }
};
struct Num {
  int n;
  operator int() const { return n; }
};
P* operator&(const Ref& r) { return r.at; }
template <typename T> struct Held {
  unsigned long n;
  Held(unsigned long count, const T& v) : n(count) {}
  Held(const Held<T>& o) : n(o.n) {}
  template <typename U> Held(const std::vector<U>& v) : n(v.size()) {}
  template <typename I> Held(I a, I b) : n(b - a) {}
};
template <typename T> T Sum(const T& a, const T& b) { return a + b; }
P operator+(const P& a, const P& b) { return P{a.x + b.x, a.y + b.y}; }
float Of(const P& p) { return p.x + p.y; }
int main() {
  P p{1.5f, 2};
  Ref r{&p};
  P q = r;
  q = r;
  const P s = Sum(q, p);
  std::vector<int> v(5, 1);
  const Held<int> h = v;
  Held<float> g(5, 2.0f);
  Num number{7};
  std::cout << q.x << " " << s.x << " " << Of(r) << " " << h.n << " " << g.n << " " << number << std::endl;
  return &r != &p;
}
// STDOUT:
// 1.5 3 3.5 5 5 7
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
