// RUN: run %s
#include <cstdio>
#include <string>
#include <vector>
#include <memory>
#include <utility>
#include <functional>
#include <map>
struct M { std::vector<int> v; std::string s; M() = default; M(int n) : v(n, 1), s("x") {} M(const M&) = default; M(M&&) = default; M& operator=(const M&) = default; M& operator=(M&&) = default; };
struct U { std::unique_ptr<int> p; int k = 0; };
int main() {
  std::vector<std::string> a = {"abc", "def"}; std::vector<std::string> b = a; b[0][0] = 'X'; printf("%s %s\n", a[0].c_str(), b[0].c_str());
  std::vector<std::vector<std::string>> c(2, a); c[1][1][2] = 'Z'; printf("%s %s %s\n", c[0][1].c_str(), c[1][1].c_str(), a[1].c_str());
  M m(3), n; n = std::move(m); printf("%zu %zu\n", n.v.size(), m.v.size());
  M q(std::move(n)); printf("%zu %zu\n", q.v.size(), n.v.size());
  U u; u.p = std::make_unique<int>(5); U w; w = std::move(u); printf("%d %d\n", *w.p, u.p == nullptr);
  std::map<std::string, std::vector<std::string>> mp; mp["k"] = a; auto mp2 = mp; mp2["k"][0][0] = 'Q'; printf("%s %s\n", mp["k"][0].c_str(), mp2["k"][0].c_str());
  std::string s1 = "hello", s2 = s1; s2[0] = 'J'; printf("%s %s\n", s1.c_str(), s2.c_str());
  std::pair<std::string, int> p1{"aa", 1}, p2 = p1; p2.first[0] = 'b'; printf("%s %s\n", p1.first.c_str(), p2.first.c_str());
}
// STDOUT:
// abc Xbc
// def deZ def
// 3 0
// 3 0
// 5 1
// abc Qbc
// hello Jello
// aa ba
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
