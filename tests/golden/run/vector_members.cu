// A struct with std::vector members: made, used and freed with its object.
// RUN: run %s --front native
#include <vector>
#include <cstdio>
struct P { int n; std::vector<int> a; P(int k) : n(k), a(k) {} };
int main() { P p(4); p.a[2] = 3; printf("%d %d\n", (int)p.a.size(), p.a[2]); return 0; }
// STDOUT:
// 4 3
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
