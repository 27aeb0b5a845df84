// RUN: run %s
#include <memory>
#include <cstdio>
#include <vector>
struct B { int k; B(int k) : k(k) { printf("B%d\n", k); } virtual ~B() { printf("~B%d\n", k); } virtual int f() { return k; } };
struct C : B { C(int k) : B(k) {} ~C() { printf("~C\n"); } int f() override { return -k; } };
int main() {
  auto a = std::make_shared<B>(1);
  { std::shared_ptr<B> b = a; printf("%ld %d\n", a.use_count(), b->f()); }
  std::shared_ptr<B> c(new C(2)); std::shared_ptr<B> d; d = c; printf("%d %ld %d\n", d->f(), d.use_count(), d == c);
  std::vector<std::shared_ptr<B>> v; v.push_back(a); v.push_back(c); for (auto& p : v) printf("%d ", p->f()); printf("\n");
  c.reset(); d = nullptr; v.clear(); printf("%d %ld\n", (bool)c, a.use_count());
}
// STDOUT:
// B1
// 2 1
// B2
// -2 2 1
// 1 -2
// ~C
// ~B2
// 0 1
// ~B1
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
