// RUN: run %s
#include <cstdio>
#include <memory>
#include <vector>
#include <utility>
struct L { virtual ~L() { printf("~L\n"); } virtual int f() const { return 1; } };
struct C : L { int k; C(int k) : k(k) {} ~C() { printf("~C%d\n", k); } int f() const override { return k; } };
std::unique_ptr<L> make(int k) { return std::make_unique<C>(k); }
int main() {
  std::unique_ptr<L> a = std::make_unique<C>(3); printf("%d %d\n", a->f(), a != nullptr);
  std::unique_ptr<L> b(new C(4)); a = std::move(b); printf("%d %d\n", a->f(), b == nullptr);
  std::vector<std::unique_ptr<L>> v; v.push_back(std::make_unique<C>(5)); v.emplace_back(new C(6)); v.push_back(make(7)); v.push_back(std::move(a));
  for (auto& p : v) printf("%d ", p->f()); printf("\n");
  a = nullptr; if (!a) printf("none\n"); a = make(8); a.reset(); printf("%d\n", a.get() == nullptr);
  std::unique_ptr<int[]> arr = std::make_unique<int[]>(4); arr[2] = 5; printf("%d %d\n", arr[2], arr != nullptr); arr = nullptr;
  std::unique_ptr<int> x(new int(1)), y(new int(2)); std::swap(x, y); x.swap(y); printf("%d %d %d\n", *x, *y, x == y);
  std::shared_ptr<L> s = std::make_shared<C>(9); std::shared_ptr<L> t = s; printf("%d %ld\n", t->f(), s.use_count());
  int n = std::exchange(*x, 10); printf("%d %d\n", n, *x); std::unique_ptr<L> none = nullptr; std::unique_ptr<L> none2(nullptr); printf("%d\n", none == none2);
}
// STDOUT:
// 3 1
// ~C3
// ~L
// 4 1
// 5 6 7 4
// none
// ~C8
// ~L
// 1
// 5 1
// 1 2 0
// 9 2
// 1 10
// 1
// ~C9
// ~L
// ~C5
// ~L
// ~C6
// ~L
// ~C7
// ~L
// ~C4
// ~L
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
