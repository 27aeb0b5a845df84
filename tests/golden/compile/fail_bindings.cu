// RUN: compile %s --emit ir
struct P {
  int a, b, c;
};
auto [p, q] = P{1, 2, 3};
__device__ int f(P p) {
  auto [a, b] = p;
  auto [x] = 3;
  return a + b;
}
// STDERR:
// fail_bindings.cu:5:6: error: a structured binding at file scope or static is not supported by the native front end [unsupported]
//   auto [p, q] = P{1, 2, 3};
//        ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_bindings.cu:7:8: error: 2 names for P, which has 3 parts [binding-count]
//     auto [a, b] = p;
//          ^
//   hint: a structured binding names every part
// fail_bindings.cu:8:8: error: a structured binding of what has no parts is not supported by the native front end [unsupported]
//     auto [x] = 3;
//          ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
