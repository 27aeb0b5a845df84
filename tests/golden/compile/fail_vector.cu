// RUN: compile %s
#include <iostream>
#include <vector>
std::vector<int> global(3); int use() { return global[0]; }
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
  std::vector<std::vector<std::vector<int>>> deep;
  bool same = nested == nested;
  b.insert(p, 3);
  b.swap(other);
  other.emplace_back(1, 2);
  std::map<int, int> m;
  std::sort(a.begin(), a.end(), std::greater<>());
  std::cout << std::fixed << &std::endl;
}
// STDERR:
// fail_vector.cu:6:8: error: 'std::vector' exists in host code only [builtin-on-device]
//     std::vector<float> v(3);
//          ^~~~~~
// fail_vector.cu:7:8: error: 'cout' exists in host code only [builtin-on-device]
//     std::cout << y[0];
//          ^~~~
// fail_vector.cu:8:3: error: throw in device code is not supported by the native front end [unsupported]
//     throw 1;
//     ^~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
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
// fail_vector.cu:19:3: error: 'resize' takes 2 arguments, 0 are given [wrong-argument-count]
//     b.resize();
//     ^
// fail_vector.cu:20:15: error: float* does not convert to int [cannot-convert]
//     b.push_back(p);
//                 ^
//   hint: write a cast if it is meant
// fail_vector.cu:23:7: error: std::vector<float> does not convert to std::vector<int> [cannot-convert]
//     b = other;
//         ^~~~~
//   hint: write a cast if it is meant
// fail_vector.cu:24:13: error: '<<' does not apply to std::ostream and std::vector<int> [bad-operands]
//     std::cout << b;
//               ^~
//   hint: convert one of them
// fail_vector.cu:26:3: error: no 'std::transform' takes these arguments [no-matching-function]
//     std::transform(p, p + 1, p);
//     ^~~
//   hint: check their number and types
// fail_vector.cu:27:19: error: int does not convert to float* [cannot-convert]
//     for (float* e : b) p = e;
//                     ^
//   hint: write a cast if it is meant
// fail_vector.cu:28:42: error: a std::vector of vectors of vectors is not supported by the native front end [unsupported]
//     std::vector<std::vector<std::vector<int>>> deep;
//                                            ^~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_vector.cu:29:22: error: a comparison of vectors of anything but numbers is not supported by the native front end [unsupported]
//     bool same = nested == nested;
//                        ^~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_vector.cu:30:12: error: float* does not convert to const int* [cannot-convert]
//     b.insert(p, 3);
//              ^
//   hint: write a cast if it is meant
// fail_vector.cu:31:10: error: std::vector<float> does not convert to std::vector<int> [cannot-convert]
//     b.swap(other);
//            ^~~~~
//   hint: write a cast if it is meant
// fail_vector.cu:32:3: error: 'emplace_back' takes 1 arguments, 2 are given [wrong-argument-count]
//     other.emplace_back(1, 2);
//     ^~~~~
// fail_vector.cu:35:36: error: this is a value without an address [not-addressable]
//     std::cout << std::fixed << &std::endl;
//                                      ^~~~
//   hint: store it in a variable first
