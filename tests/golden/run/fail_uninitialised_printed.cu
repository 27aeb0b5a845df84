// RUN: run %s
#include <cstdio>
#include <iostream>
int main() {
  int* a = new int[2];
  char text[16];
  std::cout << a[0] << "\n";
  snprintf(text, sizeof(text), "%d", a[1]);
  delete[] a;
  return 0;
}
// STDOUT:
// -1
// main(): 2 findings, 1 note, ran to its end; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_uninitialised_printed.cu:7:13: finding: an uninitialised value is printed [uninitialized-output]
//     std::cout << a[0] << "\n";
//               ^
//   hint: give the variable or the memory it comes from a value first
// fail_uninitialised_printed.cu:7:13: note: the first read of uninitialised memory in this run: byte 0 of host memory (8 bytes) [uninitialized-output]
//     std::cout << a[0] << "\n";
//               ^
//   hint: give the variable or the memory it comes from a value first
// fail_uninitialised_printed.cu:8:3: finding: argument 4 of snprintf is an uninitialised value [uninitialized-output]
//     snprintf(text, sizeof(text), "%d", a[1]);
//     ^
//   hint: give the variable or the memory it comes from a value first
