// RUN: run %s
#include <cstdio>
int three() { return 3; }
int main() {
  if (int x = three()) printf("if %d\n", x);
  if (int x = three() - 3) {
    printf("not %d\n", x);
  } else {
    printf("else %d\n", x);
  }
  if (int y = three(); y > 2) printf("y %d\n", y);
  int z = 0;
  if (z = 5; z == 4) {
    printf("four\n");
  } else if (float f = z / 2.0f; f > 2) {
    printf("f %g\n", f);
  }
  int n = 4;
  while (int left = n--) {
    if (left == 3) continue;
    if (left == 1) break;
    printf("left %d\n", left);
  }
  switch (int q = three(); q) {
    case 3:
      printf("three\n");
      break;
    default:
      printf("other\n");
  }
  switch (int w = three() + 1) {
    case 3:
      printf("w3\n");
    case 4:
      printf("w4 %d\n", w);
  }
  for (int i = 0; int j = 3 - i; ++i) printf("j %d\n", j);
  int x = 7;  // those of the conditions are gone
  printf("x %d\n", x);

  // Labels where one statement stands.
  int turns = 0;
  if (turns == 0)
  again:
    ++turns;
  if (turns < 3) goto again;
  switch (turns)
  case 3:
    printf("case %d\n", turns);
  while (turns > 0)
  first:
  second:
    if (--turns == 1) goto out;
out:
  printf("turns %d\n", turns);
  return 0;
}
// STDOUT:
// if 3
// else 0
// y 3
// f 2.5
// left 4
// left 2
// three
// w4 4
// j 3
// j 2
// j 1
// x 7
// case 3
// turns 1
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
