// RUN: compile %s
struct Pair : Base {
  int a, b;
};
void f(float* x) {
  auto g = [&](int a) { return a; };
  asm volatile("membar.gl;");
  try {
    x[0] = 1;
  } catch (...) {
  }
  x[1] = cg::reduce(x);
}
// STDERR:
// fail_unsupported_constructs.cu:2:15: error: 'Base' does not name a type [unknown-type]
//   struct Pair : Base {
//                 ^~~~
//   hint: declare it before it is used, or check the spelling
// fail_unsupported_constructs.cu:12:10: error: 'cg' (usually short for cooperative_groups) is known, but not supported by the native front end [known-unsupported]
//     x[1] = cg::reduce(x);
//            ^~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_unsupported_constructs.cu:7:16: error: inline assembly on the host is not supported by the native front end [unsupported]
//     asm volatile("membar.gl;");
//                  ^~~~~~~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
