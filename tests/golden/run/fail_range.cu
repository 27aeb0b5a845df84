// RUN: run %s
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>
int main() {
  std::vector<int> v = {1, 2, 3};
  try { printf("%d\n", v.at(1)); v.at(7); } catch (const std::out_of_range& e) { printf("%s\n", e.what()); }
  try { std::stoi("abc"); } catch (const std::invalid_argument& e) { printf("inv %s\n", e.what()); }
  try { std::stoi("99999999999"); } catch (const std::out_of_range& e) { printf("oor %s\n", e.what()); }
  std::string s = "hello"; try { s.substr(9); } catch (const std::exception& e) { printf("%s\n", e.what()); }
  try { s.at(5); } catch (const std::exception& e) { printf("%s\n", e.what()); }
  printf("%g %ld\n", std::stod("2.5x"), std::stol("-12"));
  s.erase(1, 2); s.insert(1, "EE"); printf("%s %zu\n", s.c_str(), s.size());
  printf("%d\n", v.at(9));
}
// STDOUT:
// 2
// vector::_M_range_check: __n (which is 7) >= this->size() (which is 3)
// inv stoi
// oor stoi
// basic_string::substr: __pos (which is 9) > this->size() (which is 5)
// basic_string::at: __n (which is 5) >= this->size() (which is 5)
// 2.5 -12
// hEElo 5
// terminate called after throwing an instance of 'std::out_of_range'
//   what():  vector::_M_range_check: __n (which is 9) >= this->size() (which is 3)
// main(): 1 finding, stopped; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_range.cu:15:18: finding: an exception is caught nowhere: std::out_of_range: vector::_M_range_check: __n (which is 9) >= this->size() (which is 3) [uncaught]
//     printf("%d\n", v.at(9));
//                    ^
