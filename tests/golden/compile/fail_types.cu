// RUN: compile %s
__global__ void k(float* out) {
  void v;
  float& r;
  const int c;
  __shared__ float s = 1;
  int z[0];
  int open[];
  auto a;
  float4 f = {1, 2, 3, 4, 5};
  int* p = out;
  float big[100000000000];
  char wide = reinterpret_cast<char>(out);
  out[0] = f.q + 1 % 2.0f;
}
float k;
static_assert(sizeof(int) == 8, "no");
enum E { a, a };
template <typename T> __device__ T make() { return T(1); }
__device__ float g() { return make(); }
__shared__ float at_file[4];
// STDERR:
// fail_types.cu:16:7: error: 'k' is declared twice [redeclared]
//   float k;
//         ^
//   hint: rename one of them
// fail_types.cu:17:27: error: static assertion failed: "no" [static-assert-failed]
//   static_assert(sizeof(int) == 8, "no");
//                             ^~
// fail_types.cu:18:13: error: 'a' is declared twice [redeclared]
//   enum E { a, a };
//               ^
//   hint: rename one of them
// fail_types.cu:21:18: error: the shared variable 'at_file' is declared at file scope [shared-at-file-scope]
//   __shared__ float at_file[4];
//                    ^~~~~~~
//   hint: declare it in the kernel, or extern
// fail_types.cu:3:8: error: 'v' cannot have type void [bad-variable-type]
//     void v;
//          ^
// fail_types.cu:4:10: error: the reference 'r' needs a value [reference-needs-value]
//     float& r;
//            ^
//   hint: initialise it where it is declared
// fail_types.cu:5:13: error: the const variable 'c' needs a value [const-needs-value]
//     const int c;
//               ^
//   hint: initialise it where it is declared
// fail_types.cu:6:22: error: the shared variable 's' cannot be initialised [shared-initialized]
//     __shared__ float s = 1;
//                        ^
//   hint: assign to it in one thread and synchronise
// fail_types.cu:7:9: error: an array cannot have 0 elements [bad-array-size]
//     int z[0];
//           ^
// fail_types.cu:8:7: error: the array 'open' needs a size [array-without-size]
//     int open[];
//         ^~~~
//   hint: write its size, or extern __shared__
// fail_types.cu:9:8: error: the type of auto cannot be told from the initialiser [cannot-deduce-auto]
//     auto a;
//          ^
//   hint: write the type
// fail_types.cu:10:14: error: too many initialisers for float4 [too-many-initializers]
//     float4 f = {1, 2, 3, 4, 5};
//                ^
// fail_types.cu:11:12: error: float* does not convert to int* [cannot-convert]
//     int* p = out;
//              ^~~
//   hint: write a cast if it is meant
// fail_types.cu:13:15: error: float* cannot be cast to char this way [bad-cast]
//     char wide = reinterpret_cast<char>(out);
//                 ^~~~~~~~~~~~~~~~
// fail_types.cu:14:14: error: no member 'q' in float4 [no-member]
//     out[0] = f.q + 1 % 2.0f;
//                ^
// fail_types.cu:14:20: error: '%' does not apply to int and float [bad-operands]
//     out[0] = f.q + 1 % 2.0f;
//                      ^
//   hint: convert one of them
// fail_types.cu:20:31: error: the template arguments of 'make' do not follow from the call [cannot-deduce]
//   __device__ float g() { return make(); }
//                                 ^~~~
//   hint: write them: make<...>
