// RUN: run %s
#include <iostream>
int main() {
  const char* text = "text";
  const long big = -12345678901;
  std::cout << "x = " << 3 << ", " << 1.5f << " " << 2.25 << ' ' << 'c' << " " << true << "\n";
  std::cout << text << " " << big << " " << 7u << " " << 18446744073709551615ull << std::endl;
  std::cout << (1 << 4) << " " << (2 > 1) << " " << 1e10 << " " << 1.0 / 3 << " " << 1e-7f
            << std::flush << "\n";
  std::cerr << "";
  return 0;
}
// STDOUT:
// x = 3, 1.5 2.25 c 1
// text -12345678901 7 18446744073709551615
// 16 1 1e+10 0.333333 1e-07
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
