// RUN: compile %s
void f(float* x) {
#pragma unroll
  x[0] = 1;
}
// STDERR:
// misplaced_pragma.cu:3:1: warning: #pragma unroll is followed by no for loop and does nothing [misplaced-pragma]
//   #pragma unroll
//   ^~~~~~~~~~~~~~
//   hint: put it directly before the loop
