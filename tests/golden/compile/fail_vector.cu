// RUN: compile %s
#include <iostream>
#include <vector>
std::vector<int> global(3);
__global__ void k(float* y) {
  std::vector<float> v(3);
  std::cout << y[0];
  throw 1;
}
void f(const std::vector<int>& fixed, float* p) {
  std::vector<std::vector<int>> nested;
  std::vector<int> a = 3;
  std::vector<int> b(1.5f);
  std::vector<int> c(1, 2, 3);
  std::vector<int, int> d;
  fixed.push_back(1);
  fixed[0] = 1;
  b.insert(b.begin(), 3);
  b.resize();
  b.push_back(p);
  static std::vector<int> kept;
  std::vector<float> other;
  b = other;
  std::cout << b;
  std::cout << std::fixed << 1;
  std::transform(p, p + 1, p);
  for (float* e : b) p = e;
}
// STDERR:
// fail_vector.cu:4:18: error: a std::vector that is no local variable is not supported by the native front end [unsupported]
//   std::vector<int> global(3);
//                    ^~~~~~
//   hint: rewrite it without; nothing else compiles it here
// fail_vector.cu:6:8: error: 'std::vector' exists in host code only [builtin-on-device]
//     std::vector<float> v(3);
//          ^~~~~~
// fail_vector.cu:7:8: error: 'cout' exists in host code only [builtin-on-device]
//     std::cout << y[0];
//          ^~~~
// fail_vector.cu:8:3: error: throw in device code is not supported by the native front end [unsupported]
//     throw 1;
//     ^~~~~
//   hint: rewrite it without; nothing else compiles it here
// fail_vector.cu:11:30: error: a std::vector of anything but scalars is not supported by the native front end [unsupported]
//     std::vector<std::vector<int>> nested;
//                                ^~
//   hint: rewrite it without; nothing else compiles it here
// fail_vector.cu:12:24: error: int does not convert to std::vector<int> [cannot-convert]
//     std::vector<int> a = 3;
//                          ^
//   hint: write a cast if it is meant
// fail_vector.cu:13:22: error: an integer is needed, not float [not-an-integer]
//     std::vector<int> b(1.5f);
//                        ^~~~
//   hint: convert it
// fail_vector.cu:14:21: error: too many initialisers for std::vector<int> [too-many-initializers]
//     std::vector<int> c(1, 2, 3);
//                       ^
// fail_vector.cu:15:8: error: 'std::vector' takes 1 arguments, 2 are given [wrong-argument-count]
//     std::vector<int, int> d;
//          ^~~~~~
// fail_vector.cu:16:3: error: this is const std::vector<int> and cannot be assigned to [assign-to-const]
//     fixed.push_back(1);
//     ^~~~~
// fail_vector.cu:17:3: error: this is const int and cannot be assigned to [assign-to-const]
//     fixed[0] = 1;
//     ^~~~~
// fail_vector.cu:18:5: error: no member 'insert' in std::vector<int> [no-member]
//     b.insert(b.begin(), 3);
//       ^~~~~~
// fail_vector.cu:19:3: error: 'resize' takes 2 arguments, 0 are given [wrong-argument-count]
//     b.resize();
//     ^
// fail_vector.cu:20:15: error: float* does not convert to int [cannot-convert]
//     b.push_back(p);
//                 ^
//   hint: write a cast if it is meant
// fail_vector.cu:21:27: error: a std::vector that is no local variable is not supported by the native front end [unsupported]
//     static std::vector<int> kept;
//                             ^~~~
//   hint: rewrite it without; nothing else compiles it here
// fail_vector.cu:23:7: error: std::vector<float> does not convert to std::vector<int> [cannot-convert]
//     b = other;
//         ^~~~~
//   hint: write a cast if it is meant
// fail_vector.cu:24:13: error: '<<' does not apply to std::ostream and std::vector<int> [bad-operands]
//     std::cout << b;
//               ^~
//   hint: convert one of them
// fail_vector.cu:25:21: error: 'fixed' (formatting of streams; use printf) is known, but not supported by the native front end [known-unsupported]
//     std::cout << std::fixed << 1;
//                       ^~~~~
//   hint: rewrite it without; nothing else compiles it here
// fail_vector.cu:26:8: error: 'transform' (algorithms) is known, but not supported by the native front end [known-unsupported]
//     std::transform(p, p + 1, p);
//          ^~~~~~~~~
//   hint: rewrite it without; nothing else compiles it here
// fail_vector.cu:27:19: error: int does not convert to float* [cannot-convert]
//     for (float* e : b) p = e;
//                     ^
//   hint: write a cast if it is meant
