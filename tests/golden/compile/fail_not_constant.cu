// RUN: compile %s
template <int N>
__device__ float First(const float* x) { return x[N]; }
int count = 3;
enum Mode { kNone, kAll = count };
__global__ void __launch_bounds__(count) Bounded(float* y, int k = count) {}
__global__ void Constants(float* y, const float* x, int n) {
  float local[n];
  constexpr int half = n / 2;
  static_assert(n > 0, "n");
  switch (n) {
    case n: y[0] = 2; break;
  }
  if constexpr (n > 3) y[1] = 1;
  y[2] = First<n>(x);
}
// STDERR:
// fail_not_constant.cu:5:27: error: an enumerator must be known at compile time [not-constant]
//   enum Mode { kNone, kAll = count };
//                             ^~~~~
//   hint: use constexpr, a template parameter or a literal
// fail_not_constant.cu:5:27: note: 'count' has no value at compile time [name-not-constant]
//   enum Mode { kNone, kAll = count };
//                             ^~~~~
// fail_not_constant.cu:6:68: error: a default argument must be known at compile time [not-constant]
//   __global__ void __launch_bounds__(count) Bounded(float* y, int k = count) {}
//                                                                      ^~~~~
//   hint: use constexpr, a template parameter or a literal
// fail_not_constant.cu:6:68: note: 'count' has no value at compile time [name-not-constant]
//   __global__ void __launch_bounds__(count) Bounded(float* y, int k = count) {}
//                                                                      ^~~~~
// fail_not_constant.cu:6:35: error: a launch bound must be known at compile time [not-constant]
//   __global__ void __launch_bounds__(count) Bounded(float* y, int k = count) {}
//                                     ^~~~~
//   hint: use constexpr, a template parameter or a literal
// fail_not_constant.cu:6:35: note: 'count' has no value at compile time [name-not-constant]
//   __global__ void __launch_bounds__(count) Bounded(float* y, int k = count) {}
//                                     ^~~~~
// fail_not_constant.cu:8:15: error: an array's size must be known at compile time [not-constant]
//     float local[n];
//                 ^
//   hint: use constexpr, a template parameter or a literal
// fail_not_constant.cu:8:15: note: 'n' has no value at compile time [name-not-constant]
//     float local[n];
//                 ^
// fail_not_constant.cu:9:22: error: the value of a constexpr variable must be known at compile time [not-constant]
//     constexpr int half = n / 2;
//                        ^
//   hint: use constexpr, a template parameter or a literal
// fail_not_constant.cu:9:24: note: 'n' has no value at compile time [name-not-constant]
//     constexpr int half = n / 2;
//                          ^
// fail_not_constant.cu:10:19: error: the condition of static_assert must be known at compile time [not-constant]
//     static_assert(n > 0, "n");
//                     ^
//   hint: use constexpr, a template parameter or a literal
// fail_not_constant.cu:10:17: note: 'n' has no value at compile time [name-not-constant]
//     static_assert(n > 0, "n");
//                   ^
// fail_not_constant.cu:12:10: error: a case label must be known at compile time [not-constant]
//       case n: y[0] = 2; break;
//            ^
//   hint: use constexpr, a template parameter or a literal
// fail_not_constant.cu:12:10: note: 'n' has no value at compile time [name-not-constant]
//       case n: y[0] = 2; break;
//            ^
// fail_not_constant.cu:14:19: error: the condition of if constexpr must be known at compile time [not-constant]
//     if constexpr (n > 3) y[1] = 1;
//                     ^
//   hint: use constexpr, a template parameter or a literal
// fail_not_constant.cu:14:17: note: 'n' has no value at compile time [name-not-constant]
//     if constexpr (n > 3) y[1] = 1;
//                   ^
// fail_not_constant.cu:15:16: error: a template argument must be known at compile time [not-constant]
//     y[2] = First<n>(x);
//                  ^
//   hint: use constexpr, a template parameter or a literal
// fail_not_constant.cu:15:16: note: 'n' has no value at compile time [name-not-constant]
//     y[2] = First<n>(x);
//                  ^
