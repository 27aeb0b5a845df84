// RUN: compile %s
__global__ void k(float* y) {
  try {
    y[0] = 1;
  } catch (...) {
  }
}
void f() {
  try {
    f();
  }
  catch (int) { }
  catch (...) { }
  catch;
}
void g() {
  try g();
}
// STDERR:
// fail_try.cu:14:8: error: expected '(' after catch, found ';' [expected]
//     catch;
//          ^
// fail_try.cu:17:7: error: expected '{' after try, found 'g' [expected]
//     try g();
//         ^
// fail_try.cu:3:7: error: try in device code is not supported by the native front end [unsupported]
//     try {
//         ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
