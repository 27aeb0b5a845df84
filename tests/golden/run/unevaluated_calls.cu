// RUN: run %s
#include <cstdio>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
template <class T, class = void> struct HasF : std::false_type {};
template <class T> struct HasF<T, std::void_t<decltype(std::declval<T>().f())>> : std::true_type {};
struct A { int f(); };  // never defined
struct B {};
struct Base {
  Base() { f(); }
  virtual void f() { printf("Base::f\n"); }
  virtual ~Base() { f(); }
};
struct Derived : Base {
  Derived() { f(); }
  void f() override { printf("Derived::f\n"); }
  ~Derived() { f(); }
};
int main() {
  printf("%d %d\n", HasF<A>::value, HasF<B>::value);
  { Derived d; }
  try {
    std::stof("1e99");
  } catch (const std::out_of_range& e) {
    printf("%s\n", e.what());
  }
  try {
    std::stol("99999999999999999999");
  } catch (const std::out_of_range& e) {
    printf("%s\n", e.what());
  }
}
// STDOUT:
// 1 0
// Base::f
// Derived::f
// Derived::f
// Base::f
// stof
// stol
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
