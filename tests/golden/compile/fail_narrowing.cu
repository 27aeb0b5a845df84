// RUN: compile %s
__global__ void k(float* x, int n) {
  float a[2] = {1, 2.5};
  unsigned u{-1};
  unsigned char b[2] = {255, 256};
  int c[2] = {1.5f, 3};
  float fine[3] = {1, 2.5, 3};
  int d[2][2] = {1, 2, 3, 4, 5};
}
// STDERR:
// fail_narrowing.cu:4:14: error: int in braces may not fit unsigned int [narrowing]
//     unsigned u{-1};
//                ^
//   hint: cast it, or leave the braces out
// fail_narrowing.cu:5:30: error: int in braces may not fit unsigned char [narrowing]
//     unsigned char b[2] = {255, 256};
//                                ^~~
//   hint: cast it, or leave the braces out
// fail_narrowing.cu:6:15: error: float in braces may not fit int [narrowing]
//     int c[2] = {1.5f, 3};
//                 ^~~~
//   hint: cast it, or leave the braces out
// fail_narrowing.cu:8:17: error: too many initialisers for int[2][2] [too-many-initializers]
//     int d[2][2] = {1, 2, 3, 4, 5};
//                   ^
