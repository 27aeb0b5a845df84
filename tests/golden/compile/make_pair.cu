// RUN: compile %s
// The pairs that a program names are those that std::make_pair makes.
#include <cstdio>
#include <utility>
#include <vector>
int main() {
  std::vector<std::pair<float, int>> v;
  v.push_back(std::make_pair(2.5f, 1));
  std::pair<int, int> p = std::make_pair(3, 4);
  printf("%g %d\n", v[0].first, p.second);
}
