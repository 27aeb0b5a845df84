// RUN: run %s
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>
struct D { int id; D(int i) : id(i) { printf("D%d\n", id); } ~D() { printf("~D%d\n", id); } };
class MyErr : public std::runtime_error { int code_; public: MyErr(int c, const std::string& w) : std::runtime_error(w + "!"), code_(c) {} int code() const { return code_; } };
struct Own : std::exception { const char* what() const noexcept override { return "own"; } };
int thrower(int k) {
  D d(k);
  std::vector<int> v(10, k);
  if (k == 1) throw std::runtime_error("one " + std::to_string(v[3]));
  if (k == 2) throw MyErr(42, "two");
  if (k == 3) throw Own();
  if (k == 4) throw 17;
  if (k == 5) throw "text";
  if (k == 6) throw std::out_of_range("six");
  if (k == 7) throw std::bad_alloc();
  return k * 10;
}
int middle(int k) { D d(100 + k); int r = thrower(k); printf("middle returns\n"); return r; }
struct Member { D a, b; Member(int k) : a(200), b(201) { thrower(k); } ~Member() { printf("~Member\n"); } };
int main() {
  for (int k = 0; k < 8; ++k) {
    try {
      D outer(900);
      int r = middle(k);
      printf("got %d\n", r);
    } catch (const MyErr& e) {
      printf("MyErr %d %s\n", e.code(), e.what());
    } catch (const std::out_of_range& e) {
      printf("oor %s\n", e.what());
    } catch (const std::exception& e) {
      printf("exception %s\n", e.what());
    } catch (int i) {
      printf("int %d\n", i);
    } catch (...) {
      printf("other\n");
    }
  }
  try {
    try { middle(2); } catch (const std::out_of_range&) { printf("no\n"); }
  } catch (std::runtime_error& e) { printf("outer %s\n", e.what()); }
  try {
    try { middle(1); } catch (std::exception& e) { printf("re %s\n", e.what()); throw; }
  } catch (std::exception& e) { printf("outer %s\n", e.what()); }
  try { Member m(1); } catch (...) { printf("member\n"); }
  try {
    try { thrower(1); } catch (std::exception& e) { throw std::logic_error(std::string("wrapped ") + e.what()); }
  } catch (const std::logic_error& e) { printf("%s\n", e.what()); }
  for (int i = 0; i < 3; ++i) {
    try { if (i == 1) continue; if (i == 2) break; thrower(4); } catch (int x) { printf("loop %d\n", x); }
  }
  auto f = [](int k) { if (k) throw std::invalid_argument("lam"); return 1; };
  try { f(0); f(1); } catch (const std::invalid_argument& e) { printf("%s\n", e.what()); }
  try { D* p = new D(5); delete p; throw std::runtime_error("last"); } catch (std::runtime_error e) { printf("byval %s\n", e.what()); }
  printf("end\n");
  return 0;
}
// STDOUT:
// D900
// D100
// D0
// ~D0
// middle returns
// ~D100
// got 0
// ~D900
// D900
// D101
// D1
// ~D1
// ~D101
// ~D900
// exception one 1
// D900
// D102
// D2
// ~D2
// ~D102
// ~D900
// MyErr 42 two!
// D900
// D103
// D3
// ~D3
// ~D103
// ~D900
// exception own
// D900
// D104
// D4
// ~D4
// ~D104
// ~D900
// int 17
// D900
// D105
// D5
// ~D5
// ~D105
// ~D900
// other
// D900
// D106
// D6
// ~D6
// ~D106
// ~D900
// oor six
// D900
// D107
// D7
// ~D7
// ~D107
// ~D900
// exception std::bad_alloc
// D102
// D2
// ~D2
// ~D102
// outer two!
// D101
// D1
// ~D1
// ~D101
// re one 1
// outer one 1
// D200
// D201
// D1
// ~D1
// ~D201
// ~D200
// member
// D1
// ~D1
// wrapped one 1
// D4
// ~D4
// loop 17
// lam
// D5
// ~D5
// byval last
// end
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
