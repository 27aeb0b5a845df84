// RUN: run %s
#include <cstdio>
#include <string>
#include <vector>
#include <map>
#include <memory>
#include <cmath>
int made = 0;
int count() { return ++made; }
template <class T, int N> struct Buf { T first = T(N) * 2; int size = N * (int)sizeof(T); std::vector<T> data = std::vector<T>(N, first); struct In { int k = count(); int twice = k * 2; } in; };
struct Base { int a = count(); virtual ~Base() {} virtual int f() { return a; } };
struct Der : Base { int b = a * 10; int c = f() + 1; Der() = default; Der(int x) : b(x) {} Der(float) : Der(77) {} };
class P { int x = 5; public: int y = x + 1, z = y * 2, w; std::string s = "n" + std::to_string(z); int get() const { return x; } private: double q = std::sqrt((double)z); public: double qq = q + get(); };
struct Cfg { std::string name = "cfg"; int n = 128; size_t bytes = n * sizeof(float); std::map<std::string, int> m; std::vector<std::string> list = {"a", "b"}; };
struct Agg { int a = 1; int b = a + 1; int c = b + 1; };
struct Hold { Agg g = {5}; Agg h{6, 7}; Agg arr[2]; int (*fp)() = count; int L = [] { return 42; }(); };
struct Op { bool operator()(int x) const { return x > lim; } int lim = std::abs(-3); };
struct G { int n = 3; float r = std::sqrt(16.0f); int m = n + 1; }; __device__ G* unused; int main() { 
  Buf<float, 4> b; Buf<int, 3> c;
  printf("%g %d %zu %g %d %d\n", b.first, b.size, b.data.size(), b.data[3], b.in.k, b.in.twice);
  printf("%d %d %zu %d\n", c.first, c.size, c.data.size(), c.in.twice);
  Der d, e(3), f(1.0f); printf("%d %d %d | %d %d %d | %d %d %d\n", d.a, d.b, d.c, e.a, e.b, e.c, f.a, f.b, f.c);
  Der copy = d; printf("%d %d\n", copy.a, copy.c);
  P p; printf("%d %d %s %g\n", p.y, p.z, p.s.c_str(), p.qq);
  Cfg l; l.n = 3; printf("%zu %s\n", l.bytes, l.name.c_str());
  Agg x, y{4}, z{4, 9}, w{.b = 8}; printf("%d%d%d %d%d%d %d,%d,%d %d%d%d\n", x.a, x.b, x.c, y.a, y.b, y.c, z.a, z.b, z.c, w.a, w.b, w.c);
  Hold h; printf("%d %d %d %d %d %d\n", h.g.b, h.g.c, h.h.c, h.arr[1].c, h.L, h.fp() > 0);
  std::vector<Agg> v(2); v.push_back({3}); printf("%d %d\n", v[1].c, v[2].c);
  auto u = std::make_unique<Der>(); printf("%d %d\n", u->b / u->a, u->c - u->a);
  Op op; printf("%d %d\n", op(3), op(4)); Agg* q = new Agg[2]; printf("%d\n", q[1].c); delete[] q;
  Agg t = Agg(); Agg t2 = {}; printf("%d %d %d\n", t.c, t2.c, made);
}
// STDOUT:
// 8 16 4 8 1 2
// 6 12 3 4
// 3 30 4 | 4 3 5 | 5 77 6
// 3 4
// 6 12 n12 8.4641
// 512 cfg
// 123 456 4,9,10 189
// 6 7 8 3 42 1
// 3 5
// 10 1
// 0 1
// 3
// 3 3 7
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
