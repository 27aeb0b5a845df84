// RUN: run %s
int f(int x) {
  switch (x) {
    case 0:
      ++x;
      [[fallthrough]];
    case 1:
      x += 10;
      break;
    [[unlikely]] default:
      return -1;
  }
  if (x > 10) [[likely]]
    return x;
  return 0;
}
int main() { printf("%d %d %d\n", f(0), f(1), f(2)); }
// STDOUT:
// 11 11 -1
// main(): ok; 0 launches, {{[0-9]+}} warp instructions, engine time {{[0-9.]+}} ms
