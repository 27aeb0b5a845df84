// RUN: run %s
#include <cstdio>
int* keep(int n, int* p) { int a = n; if (n == 0) return p; return keep(n - 1, &a); }
int main() { int x = 0; int* q = keep(3, &x); printf("%d\n", *q); }
// STDOUT:
// main(): 1 finding, stopped; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
// fail_stack_dangling.cu:4:47: finding: load of 4 bytes at byte 96 of the stack [out-of-bounds]
//   int main() { int x = 0; int* q = keep(3, &x); printf("%d\n", *q); }
//                                                 ^
//   hint: compare the index with the size before using it
