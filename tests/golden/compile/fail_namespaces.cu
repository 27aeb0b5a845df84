// RUN: compile %s --emit ir
namespace a {
__device__ int f(int x) { return x; }
constexpr int kOne = 1;
struct S {};
}  // namespace a
namespace b {
__device__ int f(int x) { return x; }
}  // namespace b
__device__ int g() { return f(1); }
__device__ int h() { return kOne + a::kTwo; }
__device__ int i() {
  S s;
  using namespace a;
  using namespace b;
  return f(2);
}
template <class T>
using Vec = T*;
__device__ int j(Vec<3> v) { return 0; }
__device__ auto loop(int x) { return loop(x); }
__device__ auto two(int x) {
  if (x > 0) return 1;
  return 2.0f;
}
// STDERR:
// fail_namespaces.cu:20:22: error: the template parameter 'T' of 'Vec' takes a type [template-argument-kind]
//   __device__ int j(Vec<3> v) { return 0; }
//                        ^
// fail_namespaces.cu:10:29: error: 'f' is not declared [unknown-name-near]
//   __device__ int g() { return f(1); }
//                               ^
//   hint: did you mean 'b::f'?
// fail_namespaces.cu:11:29: error: 'kOne' is not declared [unknown-name-near]
//   __device__ int h() { return kOne + a::kTwo; }
//                               ^~~~
//   hint: did you mean 'a::kOne'?
// fail_namespaces.cu:11:39: error: 'kTwo' is not declared [unknown-name]
//   __device__ int h() { return kOne + a::kTwo; }
//                                         ^~~~
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
// fail_namespaces.cu:13:3: error: S does not name a type [unknown-type]
//     S s;
//     ^
//   hint: declare it before it is used, or check the spelling
// fail_namespaces.cu:16:10: error: the call of 'f' is ambiguous [ambiguous-call]
//     return f(2);
//            ^
//   hint: convert the arguments to the types that are meant
// fail_namespaces.cu:21:38: error: a call of a function whose auto result is not known yet is not supported by the native front end [unsupported]
//   __device__ auto loop(int x) { return loop(x); }
//                                        ^~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_namespaces.cu:24:10: error: float does not convert to int [cannot-convert]
//     return 2.0f;
//            ^~~~
//   hint: write a cast if it is meant
