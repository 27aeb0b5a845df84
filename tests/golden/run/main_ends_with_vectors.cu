// RUN: run %s
// main() without a return returns 0, also where it has vectors to free.
#include <cstdio>
#include <vector>
int main() {
  std::vector<int> v(3, 7);
  printf("%d\n", v[2]);
}
// STDOUT:
// 7
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
