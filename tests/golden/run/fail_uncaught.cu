// RUN: run %s
#include <stdexcept>
#include <cstdio>
struct A { ~A() { printf("~A\n"); } };
void g() noexcept { throw 3; }
void f(int k) { A a; if (k == 1) throw std::logic_error("bad k"); if (k == 2) g(); }
int main() {
  try { f(1); } catch (int) { printf("int\n"); }
  printf("no\n");
}
// STDOUT:
// terminate called after throwing an instance of 'std::logic_error'
//   what():  bad k
// main(): 1 finding, stopped; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_uncaught.cu:6:34: finding: an exception is caught nowhere: std::logic_error: bad k [uncaught]
//   void f(int k) { A a; if (k == 1) throw std::logic_error("bad k"); if (k == 2) g(); }
//                                    ^
