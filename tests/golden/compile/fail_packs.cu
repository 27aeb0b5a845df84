// RUN: compile %s
template <typename... Ts> struct Tuple { int a; };
template <typename... Ts> int f(Ts... xs) { return (xs + ...); }
template <typename T, typename... Ts> int g(T x, Ts... xs) { return g(xs..., x); }
template <typename... Ts> int loop(Ts... xs) { return loop(xs..., 1); }
void h() { f(); loop(1); g(1, 2); Tuple<int> t; }
// STDERR:
// fail_packs.cu:3:56: error: 'an empty fold' is not declared [unknown-name]
//   template <typename... Ts> int f(Ts... xs) { return (xs + ...); }
//                                                          ^
//   hint: check the spelling; if it is a CUDA or C++ function, it is not known here
// fail_packs.cu:5:55: error: no 'loop' takes these arguments [no-matching-function]
//   template <typename... Ts> int loop(Ts... xs) { return loop(xs..., 1); }
//                                                         ^~~~
//   hint: check their number and types
