// RUN: compile %s
void f(float* x) {
  x[0] = g(1, 2;
  x[1] = 1 +;
  if (x[0] < 3 { x[0] = 1; }
}
// STDERR:
// fail_expected.cu:3:16: error: expected ',' or ')', found ';' [expected]
//     x[0] = g(1, 2;
//                  ^
// fail_expected.cu:4:13: error: expected an expression, found ';' [expected]
//     x[1] = 1 +;
//               ^
// fail_expected.cu:5:16: error: expected ')', found '{' [expected]
//     if (x[0] < 3 { x[0] = 1; }
//                  ^
// fail_expected.cu:3:10: error: 'g' is not declared [unknown-name]
//     x[0] = g(1, 2;
//            ^
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
