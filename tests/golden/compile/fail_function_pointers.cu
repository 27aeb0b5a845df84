// RUN: compile %s
typedef int (*fn)(int);
__device__ int dev1(int x) { return x + 1; }
int host1(int x) { return x; }
float other(float x) { return x; }
template <typename T> T gen(T x) { return x; }
int over(int x) { return x; }
int over(float x) { return 2; }
__global__ void k(int* o) { fn f = host1; o[0] = f(1); }
__device__ fn d = host1;
int (*returns(int x))(int) { return host1; }
void h() {
  fn a = dev1;
  fn b = other;
  fn c = gen;
  auto e = over;
  fn g = over;
  g(1, 2);
  g(nullptr);
  a + 1;
  *a = 3;
  fn z[2] = {host1, 3};
  void (*v)(int*) = k;
  v<<<1, 1>>>(1.5);
  g<<<1, 1>>>(1);
  int q = host1;
  host1 = g;
  int fn2(int) (3);
}
// STDERR:
// fail_function_pointers.cu:11:14: error: a function that returns a pointer to a function is not supported by the native front end [unsupported]
//   int (*returns(int x))(int) { return host1; }
//                ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_function_pointers.cu:28:14: error: expected '(' or '{' after the type, found ')' [expected]
//     int fn2(int) (3);
//                ^
// fail_function_pointers.cu:10:19: error: the host function 'host1' is called from device code [host-function-on-device]
//   __device__ fn d = host1;
//                     ^~~~~
//   hint: declare it __device__
// fail_function_pointers.cu:9:36: error: the host function 'host1' is called from device code [host-function-on-device]
//   __global__ void k(int* o) { fn f = host1; o[0] = f(1); }
//                                      ^~~~~
//   hint: declare it __device__
// fail_function_pointers.cu:13:10: error: the device function 'dev1' is called from host code [device-function-on-host]
//     fn a = dev1;
//            ^~~~
//   hint: declare it __host__ __device__
// fail_function_pointers.cu:14:10: error: function does not convert to int (*)(int) [cannot-convert]
//     fn b = other;
//            ^~~~~
//   hint: write a cast if it is meant
// fail_function_pointers.cu:15:10: error: a function template as a value without its arguments is not supported by the native front end [unsupported]
//     fn c = gen;
//            ^~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_function_pointers.cu:16:8: error: the type of auto cannot be told from the initialiser [cannot-deduce-auto]
//     auto e = over;
//          ^
//   hint: write the type
// fail_function_pointers.cu:18:3: error: 'the pointer's function' takes 1 arguments, 2 are given [wrong-argument-count]
//     g(1, 2);
//     ^
// fail_function_pointers.cu:19:5: error: nullptr_t does not convert to int [cannot-convert]
//     g(nullptr);
//       ^~~~~~~
//   hint: write a cast if it is meant
// fail_function_pointers.cu:20:5: error: '+' does not apply to int (*)(int) and int [bad-operands]
//     a + 1;
//       ^
//   hint: convert one of them
// fail_function_pointers.cu:21:8: error: int does not convert to int (int) [cannot-convert]
//     *a = 3;
//          ^
//   hint: write a cast if it is meant
// fail_function_pointers.cu:22:21: error: int does not convert to int (*)(int) [cannot-convert]
//     fn z[2] = {host1, 3};
//                       ^
//   hint: write a cast if it is meant
// fail_function_pointers.cu:24:15: error: double does not convert to int* [cannot-convert]
//     v<<<1, 1>>>(1.5);
//                 ^~~
//   hint: write a cast if it is meant
// fail_function_pointers.cu:25:3: error: the kernel 'the pointer's function' must return void [kernel-result]
//     g<<<1, 1>>>(1);
//     ^
//   hint: write results through a pointer
// fail_function_pointers.cu:26:11: error: function does not convert to int [cannot-convert]
//     int q = host1;
//             ^~~~~
//   hint: write a cast if it is meant
// fail_function_pointers.cu:27:3: error: this cannot be assigned to [not-assignable]
//     host1 = g;
//     ^~~~~
