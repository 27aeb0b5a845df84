// RUN: run %s
// std::string: searches, parts, replacements, comparisons, and appending in place.
#include <string>
#include <cstdio>
#include <vector>
#include <algorithm>
std::string join(const std::vector<std::string>& v) { std::string r; for (const auto& s : v) { if (!r.empty()) r += ", "; r += s; } return r; }
int main() {
  std::string s = "hello world, hello there";
  printf("%zu %zu %zu %zu\n", s.find_first_of("aeiou"), s.find_last_of("aeiou"), s.find_first_not_of("hel"), s.find_last_not_of("er"));
  printf("%zu %zu %d\n", s.rfind("hello"), s.rfind("hello", 5), s.rfind("zzz") == std::string::npos);
  printf("%d %d %d\n", s.compare(0, 5, "hello"), s.compare(6, 5, "hello") > 0, s.compare(0, 5, s, 13, 5));
  std::string t = s; t.replace(0, 5, "HI"); printf("%s|%s\n", t.c_str(), s.c_str());
  std::string a; for (int i = 0; i < 5; ++i) { a += 'x'; std::string b = a; a += (char)('0' + i); printf("%s %s;", a.c_str(), b.c_str()); } printf("\n");
  std::string c = a; c[0] = 'Z'; a += "!"; printf("%s %s\n", a.c_str(), c.c_str());
  a += a; printf("%s\n", a.c_str());
  std::vector<std::string> v; std::string w; for (int i = 0; i < 4; ++i) { w += (char)('a' + i); v.push_back(w); } printf("%s\n", join(v).c_str());
  std::string z = join(v); z.pop_back(); z += "##"; std::string y = std::move(z); y += "$"; printf("%s %d\n", y.c_str(), (int)y.size());
  std::swap(v[0], v[3]); v[0] += "q"; printf("%s %d %d\n", join(v).c_str(), v[0] > v[1], v[1] <= v[2]);
  std::string n("a\0b", 3), m("a\0c", 3); printf("%d %d %d\n", n == m, n < m, n.compare(m) < 0);
  s.clear(); s += "x"; s.insert(0, "abc"); s.erase(1, 1); s.resize(6, '.'); printf("%s %zu\n", s.c_str(), s.size());
}
// STDOUT:
// 1 23 4 20
// 13 0 1
// 0 1 0
// HI world, hello there|hello world, hello there
// x0 x;x0x1 x0x;x0x1x2 x0x1x;x0x1x2x3 x0x1x2x;x0x1x2x3x4 x0x1x2x3x;
// x0x1x2x3x4! Z0x1x2x3x4
// x0x1x2x3x4!x0x1x2x3x4!
// a, ab, abc, abcd
// a, ab, abc, abc##$ 18
// abcdq, ab, abc, a 1 1
// 0 1 1
// acx... 6
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
