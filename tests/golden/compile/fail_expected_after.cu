// RUN: compile %s
void f(float* x) {
  float a = 1
  x[0] = a;
}
// STDERR:
// fail_expected_after.cu:3:14: error: expected ';' after the declaration, found 'x' [expected-after]
//     float a = 1
//                ^
