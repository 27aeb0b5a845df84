// RUN: compile %s
void f(float* x) {
  if (x) {
    x[0] = 1;
}
// STDERR:
// fail_unclosed_bracket.cu:2:18: error: this '{' is not closed [unclosed-bracket]
//   void f(float* x) {
//                    ^
