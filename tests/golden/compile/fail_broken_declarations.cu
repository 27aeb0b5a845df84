// RUN: compile %s
// What cannot be read is declared all the same, and said once.
int main() {
  const int n = 4;
  int (*g)[n] = new int[n][n];
  g[2][3] = 5;
  foo::bar<int> h = 3;
  h.x = 2;
  return g[0][0] + h.y + z;
}
// STDERR:
// fail_broken_declarations.cu:5:27: error: this form of new is not supported by the native front end [unsupported]
//     int (*g)[n] = new int[n][n];
//                             ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_broken_declarations.cu:7:3: error: a name in a namespace or class other than std is not supported by the native front end [unsupported]
//     foo::bar<int> h = 3;
//     ^~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_broken_declarations.cu:9:26: error: 'z' is not declared [unknown-name]
//     return g[0][0] + h.y + z;
//                            ^
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
