// RUN: run %s
#include <cstdio>
#include <string>
int main() {
  printf("%d %d\n", std::stoi("12x"), std::stoi(std::string(" -7")));
  printf("%d\n", std::stoi("3000000000"));
}
// STDOUT:
// 12 -7
// terminate called after throwing an instance of 'std::out_of_range'
//   what():  stoi
// main(): 1 finding, stopped; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
// fail_stoi.cu:6:18: finding: an exception is caught nowhere: std::out_of_range: stoi [uncaught]
//     printf("%d\n", std::stoi("3000000000"));
//                    ^
