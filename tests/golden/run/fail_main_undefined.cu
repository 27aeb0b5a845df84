// RUN: run %s
int main() {
  int result;
  return result;
}
// STDOUT:
// main(): returned an undefined value; 0 launches, 0 warp instructions, engine time {{[0-9.]+}} ms
