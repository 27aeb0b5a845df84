// RUN: run %s
#include <cstdio>
#include <vector>
#include <string>
#include <memory>
struct D { int id; D(int i) : id(i) { printf("D%d\n", id); } D(const D& o) : id(o.id) { printf("copy%d\n", id); } ~D() { printf("~D%d\n", id); } };
struct Level { std::vector<float> u; int n; Level(int n) : u(n, 1.0f), n(n) {} };
struct Node { int v; std::vector<Node> kids; };
static std::vector<int> g;
struct Reg { std::vector<int> ids; int total; };
static Reg reg;
void add(int x) { g.push_back(x); reg.ids.push_back(2 * x); reg.total += x; }
std::vector<Level> make() { std::vector<Level> r; for (int i = 1; i < 4; ++i) r.push_back(Level(i)); return r; }
int main() {
  { std::vector<D> v; v.reserve(4); v.push_back(D(1)); v.emplace_back(2); v.pop_back(); printf("%zu\n", v.size()); for (auto& d : v) printf("id %d\n", d.id); }
  std::vector<Level> ls = make(); float s = 0; for (const auto& l : ls) for (float x : l.u) s += x * l.n; printf("%g\n", s);
  ls.emplace_back(5); printf("%d %zu\n", ls.back().n, ls[3].u.size());
  Node root{1, {}}; root.kids.push_back(Node{2, {}}); root.kids.push_back(Node{3, {}}); root.kids[0].kids.push_back(Node{4, {}});
  printf("%zu %zu %d\n", root.kids.size(), root.kids[0].kids.size(), root.kids[0].kids[0].v);
  for (int i = 0; i < 5; ++i) add(i); printf("%zu %d %d %d\n", g.size(), g[4], reg.ids[3], reg.total);
  std::vector<std::unique_ptr<D>> ps; ps.push_back(std::make_unique<D>(7)); ps.push_back(std::unique_ptr<D>(new D(8))); printf("%d\n", ps[1]->id);
  std::vector<std::string> names = {"b", "a"}; names.push_back("c"); for (auto& x : names) printf("%s ", x.c_str()); printf("\n");
  struct Job { std::string name; std::vector<int> deps; }; std::vector<Job> jobs(2); jobs[0].name = "j"; jobs[1].deps = {1, 2, 3}; std::vector<Job> j2 = jobs; printf("%s %zu\n", j2[0].name.c_str(), j2[1].deps.size());
  return 0;
}
// STDOUT:
// D1
// copy1
// ~D1
// D2
// ~D2
// 1
// id 1
// ~D1
// 14
// 5 5
// 2 1 4
// 5 4 6 10
// D7
// D8
// 8
// b a c
// j 3
// ~D7
// ~D8
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
