// RUN: run %s
#include <cmath>
#include <cstdio>
#include <cstring>
#include <cstdlib>
int main() {
  printf("[%10s] [%-10s] [%.3s] [%8.2s] [%c] [%5c] [%-5c]\n", "abc", "abc", "abcdef", "xyz", 'q', 'w', 'e');
  printf("[%*d] [%-*d] [%.*f] [%-8.3f] [%+d] [% d] [%05d] [%#x] [%#o] [%X]\n", 6, 42, 6, 42, 2, 3.14159, 2.5, 7, 7, 42, 255, 8, 48879);
  printf("[%e] [%g] [%G] [%a] [%.2a] [%10.3e] [%g] [%g]\n", 12345.678, 0.0001, 1e-10, 1.0, 3.14, 2.0, 1e20, 100000.0);
  printf("[%zu] [%ld] [%lld] [%llu] [%hhd] [%hd] [%hu] [%u]\n", sizeof(double), -5L, -6LL, 18446744073709551615ULL, 300, 70000, 70000, -1);
  printf("[%%] [%s] [%f] [%f] [%5.1f%%] [%i]\n", "x", INFINITY, -NAN, 99.5, -3);
  printf("[%p]\n", (void*)nullptr);
  char text[16];
  int n = snprintf(text, sizeof(text), "%d-%s", 12345, "a long text");
  printf("%d [%s]\n", n, text);
  n = sprintf(text, "%03d", 7);
  printf("%d [%s]\n", n, text);
  puts("put");
  putchar('c');
  putchar('\n');
  fprintf(stderr, "%s\n", "error");
  fputs("fputs\n", stdout);
  printf("%ld %g %g %d\n", strtol("0x1f", nullptr, 0), atof("2.5e3"), strtod("  -1.25xyz", nullptr), memcmp("abc", "abd", 3));
  char copy[8];
  strcpy(copy, "one");
  strcat(copy, "two");
  printf("%s %d\n", copy, strncmp("hello", "help", 3));
  return 0;
}
// STDOUT:
// [       abc] [abc       ] [abc] [      xy] [q] [    w] [e    ]
// [    42] [42    ] [3.14] [2.500   ] [+7] [ 7] [00042] [0xff] [010] [BEEF]
// [1.234568e+04] [0.0001] [1E-10] [0x1p+0] [0x1.92p+1] [ 2.000e+00] [1e+20] [100000]
// [8] [-5] [-6] [18446744073709551615] [44] [4464] [4464] [4294967295]
// [%] [x] [inf] [-nan] [ 99.5%] [-3]
// [(nil)]
// 17 [12345-a long te]
// 3 [007]
// put
// c
// error
// fputs
// 31 2500 -1.25 -1
// onetwo 0
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
