// RUN: run %s
#include <cstdio>
const dim3 a(32, 4), b{8, 2}, c = dim3(5), d(7);
static dim3 e(1, 2, 3);
struct S { int x; float y; };
__device__ int g(5);
const int k(3);
static float f(2.5f);
const float2 v = make_float2(1, 2);
int main() { printf("%u %u %u, %u %u, %u %u, %u %u %u, %u %u %u; %d %g\n", a.x, a.y, a.z, b.x, b.y, c.x, c.y, d.x, d.y, d.z, e.x, e.y, e.z, k, f); }
// STDOUT:
// 32 4 1, 8 2, 5 1, 7 1 1, 1 2 3; 3 2.5
// main(): ok; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
