// RUN: run %s
#include <iostream>
#include <iomanip>
#include <string>
int main() {
  std::cout << std::fixed << std::setprecision(3) << 3.14159 << " " << 2.0f << std::endl;
  std::cout << std::setw(8) << 42 << "|" << std::left << std::setw(6) << "ab" << "|" << std::right << std::setw(6) << 'c' << "|\n";
  std::cout << std::scientific << 12345.678 << std::defaultfloat << " " << 12345.678 << " " << 1e10 << "\n";
  std::cout << std::hex << 255 << " " << std::showbase << 255 << std::dec << " " << true << " " << std::boolalpha << true << "\n";
  std::cout << std::setfill('0') << std::setw(5) << 42 << " " << -1LL << " " << 7u << " " << (unsigned char)'z' << '\n';
  std::cout << std::hex << -1 << std::dec << " " << std::showpos << 5 << " " << 1.5 << std::noshowpos << "\n";
  std::cerr << "warning: " << 1.0 << std::endl;
  std::string name = "kernel";
  std::string all = name + "_" + std::to_string(42) + '!';
  all += " ok";
  std::cout << all << " " << all.size() << " " << (name == "kernel") << " " << all.substr(0, 3) << std::endl;
  const char* c = all.c_str();
  printf("%s %d\n", c, (int)all.find("ok"));
  using namespace std;
  cout << setw(4) << 7 << endl;
  string other("x");
  for (int i = 0; i < 3; ++i) other += to_string(i);
  cout << other << endl;
  return 0;
}
// STDOUT:
// 3.142 2.000
//       42|ab    |     c|
// 1.235e+04 1.23e+04 1e+10
// ff 0xff 1 true
// 00042 -1 7 z
// 0xffffffff +5 +1.5
// warning: 1
// kernel_42! ok 13 true ker
// kernel_42! ok 11
// 0007
// x012
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
