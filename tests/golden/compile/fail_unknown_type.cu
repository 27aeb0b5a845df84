// RUN: compile %s
void f(Matrix a, Matrix b) {
  Tensor c = a;
}
// STDERR:
// fail_unknown_type.cu:2:8: error: 'Matrix' does not name a type [unknown-type]
//   void f(Matrix a, Matrix b) {
//          ^~~~~~
//   hint: declare it before it is used, or check the spelling
// fail_unknown_type.cu:3:3: error: 'Tensor' does not name a type [unknown-type]
//     Tensor c = a;
//     ^~~~~~
//   hint: declare it before it is used, or check the spelling
// fail_unknown_type.cu:2:18: error: Matrix does not name a type [unknown-type]
//   void f(Matrix a, Matrix b) {
//                    ^~~~~~
//   hint: declare it before it is used, or check the spelling
