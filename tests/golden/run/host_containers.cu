// Containers, complex numbers, optional values and owned pointers of the host.
// RUN: run %s --front native
#include <complex>
#include <cstdio>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <queue>
#include <set>
#include <stack>
#include <string>
#include <unordered_map>
#include <vector>
std::optional<int> half(int x) {
  if (x % 2 == 0) return x / 2;
  return std::nullopt;
}
struct Node {
  int v;
  Node(int x) : v(x) {}
  ~Node() { printf("~%d\n", v); }
};
int main() {
  std::map<std::string, int> words;
  words["b"] = 2;
  words["a"] = 1;
  words["c"] += 3;
  words.erase("b");
  for (auto& kv : words) printf("%s=%d ", kv.first.c_str(), kv.second);
  for (const auto& [name, value] : words) printf("%s:%d ", name.c_str(), value);
  auto found = words.find("c");
  if (found != words.end()) printf("%d %zu\n", found->second, words.count("z"));
  std::map<int, std::vector<int>> lists;
  for (int i = 0; i < 10; ++i) lists[i % 3].push_back(i);
  std::map<int, std::vector<int>> copy = lists;
  copy[0].clear();
  printf("%zu %zu %zu\n", lists.size(), lists[0].size(), copy[0].size());
  std::unordered_map<int, int> seen;
  for (int i = 0; i < 40; ++i) seen[i * 7 % 31] += i;
  int order = 0;
  for (const auto& e : seen) order = order * 31 + e.first + e.second;
  printf("%zu %d %d\n", seen.size(), seen[14], order);
  std::set<int> s;
  for (int i : {5, 1, 4, 1, 3}) s.insert(i);
  for (int x : s) printf("%d ", x);
  std::queue<int> q;
  for (int i = 0; i < 20; ++i) q.push(i);
  int sum = 0;
  while (!q.empty()) {
    sum = sum * 2 + q.front() % 3;
    q.pop();
  }
  std::priority_queue<int, std::vector<int>, std::greater<int>> least;
  for (int i : {9, 2, 7, 4}) least.push(i);
  std::deque<int> d;
  d.push_front(1);
  d.push_back(2);
  std::stack<int> st;
  st.push(8);
  printf("| %d %d %d %d %d\n", sum, least.top(), d[0], d.back(), st.top());
  std::complex<double> z(1, 2), w = z * z;
  w += 2.0 * z + std::complex<double>(0, 1);
  std::vector<std::complex<float>> x(2);
  x[1] = std::complex<float>(3, 4);
  printf("%g %g %g %g %g\n", w.real(), w.imag(), std::abs(x[1]), std::norm(z), std::conj(z).imag());
  printf("%d %d\n", half(6).value_or(-1), half(7).value_or(-1));
  if (auto h = half(8)) printf("%d\n", *h);
  std::unique_ptr<Node> p = std::make_unique<Node>(3);
  std::unique_ptr<Node> r = std::move(p);
  printf("%d %d\n", p ? 1 : 0, r->v);
  r.reset(new Node(4));
  return 0;
}
// STDOUT:
// a=1 c=3 a:1 c:3 3 0
// 3 4 0
// 31 35 421297933
// 1 3 4 5 | 599185 2 1 2 8
// -1 9 5 5 -2
// 3 -1
// 4
// 0 3
// ~3
// ~4
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
