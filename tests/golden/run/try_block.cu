// RUN: run %s
#include <cstdio>
#include <stdexcept>
int positive(int x) {
  if (x < 0) throw std::invalid_argument("negative");
  return x;
}
int main() {
  try {
    printf("%d\n", positive(3));
    try {
      printf("%d\n", positive(4));
    } catch (const std::invalid_argument& e) {
      printf("never %s\n", e.what());
    } catch (...) {
      return 2;
    }
  } catch (const std::exception& e) {
    fprintf(stderr, "%s\n", e.what());
    return 1;
  }
  return 0;
}
// STDOUT:
// 3
// 4
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
