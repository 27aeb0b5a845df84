// RUN: run %s
#include <stdexcept>
int main() {
  try {
    throw std::runtime_error("caught in C++");
  } catch (const std::exception& e) {
    return 0;
  }
}
// STDOUT:
// main(): 1 finding, stopped; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_try_throw.cu:5:5: finding: the host code aborted [aborted]
//       throw std::runtime_error("caught in C++");
//       ^
