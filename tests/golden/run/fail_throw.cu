// RUN: run %s
#include <stdexcept>
#include <string>
void check(int n) {
  if (n < 0) throw std::runtime_error("negative: " + std::to_string(n) + "; bad");
}
int main() {
  check(1);
  check(-1);
  return 0;
}
// STDOUT:
// terminate called after throwing an instance of 'std::runtime_error'
//   what():  negative: -1; bad
// main(): 1 finding, stopped; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_throw.cu:5:14: finding: an exception is caught nowhere: std::runtime_error: negative: -1; bad [uncaught]
//     if (n < 0) throw std::runtime_error("negative: " + std::to_string(n) + "; bad");
//                ^
