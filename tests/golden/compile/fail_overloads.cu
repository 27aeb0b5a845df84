// RUN: compile %s
__device__ int Pick(int a, float b) { return a; }
__device__ int Pick(float a, int b) { return b; }
__global__ void Calls(float* y, const float* x, int n) {
  y[0] = Pick(1, 2);
  y[1] = Pick(1);
  y[2] = Pick(missing, 2);
  y[3] = x(3);
  y[4] = (n + 1)(2);
  y[5] = max(1.0f, 2.0) + Calls.x;
}
void launch(float* y, const float* x, int n) { y<<<1, 32>>>(x, n); }
// STDERR:
// fail_overloads.cu:5:10: error: the call of 'Pick' is ambiguous [ambiguous-call]
//     y[0] = Pick(1, 2);
//            ^~~~
//   hint: convert the arguments to the types that are meant
// fail_overloads.cu:6:10: error: no 'Pick' takes these arguments [no-matching-function]
//     y[1] = Pick(1);
//            ^~~~
//   hint: check their number and types
// fail_overloads.cu:7:15: error: 'missing' is not declared [unknown-name]
//     y[2] = Pick(missing, 2);
//                 ^~~~~~~
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
// fail_overloads.cu:8:10: error: this is not a function [not-a-function]
//     y[3] = x(3);
//            ^
// fail_overloads.cu:9:10: error: this is not a function [not-a-function]
//     y[4] = (n + 1)(2);
//            ^
// fail_overloads.cu:10:33: error: no member 'x' in function [no-member]
//     y[5] = max(1.0f, 2.0) + Calls.x;
//                                   ^
// fail_overloads.cu:12:48: error: this is not a function [not-a-function]
//   void launch(float* y, const float* x, int n) { y<<<1, 32>>>(x, n); }
//                                                  ^
