// RUN: run %s
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>
#include <algorithm>
struct R { const char* n; R(const char* n) : n(n) { printf("+%s\n", n); } ~R() { printf("-%s\n", n); } R(const R& o) : n(o.n) { printf("c%s\n", n); } };
template <typename T> T checked(T x) { if (x < 0) throw std::domain_error("neg"); return x; }
struct Shape { virtual double area() const = 0; virtual ~Shape() {} };
struct Bad : Shape { double area() const override { throw std::logic_error("no area"); } };
struct Good : Shape { double area() const override { return 2; } };
double call(const Shape& s) { R r("call"); return s.area(); }
int (*fp)(int) = checked<int>;
R make(int k) { R r("made"); if (k) throw k; return r; }
int depth(int n) { R r("d"); if (n == 0) throw std::runtime_error("deep"); return depth(n - 1) + 1; }
bool cond(int k) { if (k == 3) throw std::string("str"); return k > 1; }
struct Guard { int* c; Guard(int* c) : c(c) { ++*c; } ~Guard() { --*c; } };
int swi(int k) { switch (k) { case 0: throw 1.5; case 1: try { throw 'c'; } catch (char c) { return c; } default: return 0; } }
void nest() {
  try { try { throw 1; } catch (int) { R r("in handler"); throw std::runtime_error("second"); } }
  catch (const std::runtime_error& e) { printf("nest %s\n", e.what()); try { throw; } catch (std::exception& f) { printf("again %s\n", f.what()); } }
}
struct E2 : std::runtime_error { using std::runtime_error::runtime_error; };
int main() {
  try { printf("%g\n", checked(2.5)); checked(-1); } catch (std::domain_error& e) { printf("%s\n", e.what()); }
  Good g; Bad b; try { printf("%g\n", call(g)); call(b); } catch (const std::exception& e) { printf("virt %s\n", e.what()); }
  try { fp(3); fp(-3); } catch (...) { printf("fp\n"); }
  try { R a = make(0); R c = make(5); } catch (int k) { printf("k %d\n", k); }
  try { depth(3); } catch (std::runtime_error& e) { printf("%s\n", e.what()); }
  try { for (int i = 0; cond(i) || i < 5; ++i) { R r("loop"); if (i == 1) continue; printf("i %d\n", i); } } catch (const std::string& s) { printf("s %s\n", s.c_str()); }
  int live = 0; for (int i = 0; i < 4; ++i) { try { Guard a(&live); Guard c(&live); if (i % 2) throw i; } catch (int v) { printf("v %d live %d\n", v, live); } }
  try { printf("%d\n", swi(1)); swi(0); } catch (double d) { printf("d %g\n", d); }
  nest();
  std::vector<int> v = {3, 1, 2}; try { std::sort(v.begin(), v.end(), [](int a, int c) { if (a == 1 && c == 3) throw a; if (a == 3 && c == 1) throw c; return a < c; }); } catch (int x) { printf("cmp %d\n", x); }
  try { throw E2("inherited"); } catch (const std::runtime_error& e) { printf("%s\n", e.what()); }
  int r = 0; try { r = 1; throw 0; } catch (...) { r += 10; } printf("r %d\n", r);
  try { const char* m = "ptr"; throw m; } catch (const char* s) { printf("%s\n", s); }
  do { try { break; } catch (...) {} } while (true);
  auto early = [](int k) -> int { try { if (k) return 1; throw k; } catch (int) { return 2; } return 3; }; printf("%d %d\n", early(0), early(1));
  printf("done\n");
}
// STDOUT:
// 2.5
// neg
// +call
// -call
// 2
// +call
// -call
// virt no area
// fp
// +made
// +made
// -made
// -made
// k 5
// +d
// +d
// +d
// +d
// -d
// -d
// -d
// -d
// deep
// +loop
// i 0
// -loop
// +loop
// -loop
// +loop
// i 2
// -loop
// s str
// v 1 live 0
// v 3 live 0
// 99
// d 1.5
// +in handler
// -in handler
// nest second
// again second
// cmp 1
// inherited
// r 11
// ptr
// 2 1
// done
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
