// RUN: run %s
// Lists for parameters that are references to structs.
#include <cstdio>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

struct In {
  float value, other;
};

int main() {
  std::pair<int, std::pair<float, In>> p{1, {2.5f, {8, 9}}};
  printf("%d %g %g %g\n", p.first, p.second.first, p.second.second.value, p.second.second.other);
  using Entry = std::pair<float, int>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  float keys[] = {3, 1, 2};
  for (int i = 0; i < 3; ++i) queue.push({keys[i], i});
  while (!queue.empty()) {
    auto [key, i] = queue.top();
    queue.pop();
    printf("%g %d\n", key, i);
  }
}
// STDOUT:
// 1 2.5 8 9
// 1 1
// 2 2
// 3 0
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
