// Inline assembly that is written wrong.
// RUN: compile %s
asm(".global .u32 x;");
__global__ void k(int* p, double d, short s, bool b) {
  int x = 0;
  asm volatile("mov.u32 %0, %1;" : "=r"(x) : "r"(d));
  asm volatile("mov.u32 %0, %1;" : "=l"(x) : "r"(s));
  asm volatile("mov.u32 %0, %1;" : "r"(x) : "=r"(x));
  asm volatile("mov.u32 %0, %1;" : "=q"(x) : "m"(x));
  asm volatile("mov.u32 %0, %1;" : "=r"(x + 1) : "r"(b));
  asm volatile("mov.u32 %0, %1;" : "=r"(x) : "n"(x));
}
__device__ void h(int x) {
  asm volatile("mov.u32 %0, 1;" : [x] "=r"(x));
  asm volatile("mov.u32 %0, 1;" : "=r" x);
  asm volatile("mov.u32 %0, 1;" ::: "memory" : "r");
  asm volatile(x);
  asm volatile("mov.u32 %0, 1;"
}
void host() { asm volatile("nop;"); }
// STDERR:
// fail_asm.cu:3:1: error: inline assembly outside of functions is not supported by the native front end [unsupported]
//   asm(".global .u32 x;");
//   ^~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_asm.cu:15:40: error: expected '(', found 'x' [expected]
//     asm volatile("mov.u32 %0, 1;" : "=r" x);
//                                          ^
// fail_asm.cu:16:46: error: expected ')', found ':' [expected]
//     asm volatile("mov.u32 %0, 1;" ::: "memory" : "r");
//                                                ^
// fail_asm.cu:17:16: error: expected PTX in a string literal, found 'x' [expected]
//     asm volatile(x);
//                  ^
// fail_asm.cu:19:1: error: expected ':' or ')', found '}' [expected]
//   }
//   ^
// fail_asm.cu:6:50: error: double does not go into the register that "r" names [asm-operand-type]
//     asm volatile("mov.u32 %0, %1;" : "=r"(x) : "r"(d));
//                                                    ^
//   hint: h, r and l are integers of 16, 32 and 64 bits, f float, d double; convert it, or take its bits, first
// fail_asm.cu:7:41: error: int does not go into the register that "=l" names [asm-operand-type]
//     asm volatile("mov.u32 %0, %1;" : "=l"(x) : "r"(s));
//                                           ^
//   hint: h, r and l are integers of 16, 32 and 64 bits, f float, d double; convert it, or take its bits, first
// fail_asm.cu:7:50: error: short does not go into the register that "r" names [asm-operand-type]
//     asm volatile("mov.u32 %0, %1;" : "=l"(x) : "r"(s));
//                                                    ^
//   hint: h, r and l are integers of 16, 32 and 64 bits, f float, d double; convert it, or take its bits, first
// fail_asm.cu:8:36: error: "r" is no constraint of inline assembly that can stand here [asm-constraint]
//     asm volatile("mov.u32 %0, %1;" : "r"(x) : "=r"(x));
//                                      ^~~
//   hint: outputs are "=r" or "+r", inputs "r"; h, r and l are integers of 16, 32 and 64 bits, f float, d double, n a constant
// fail_asm.cu:8:45: error: "=r" is no constraint of inline assembly that can stand here [asm-constraint]
//     asm volatile("mov.u32 %0, %1;" : "r"(x) : "=r"(x));
//                                               ^~~~
//   hint: outputs are "=r" or "+r", inputs "r"; h, r and l are integers of 16, 32 and 64 bits, f float, d double, n a constant
// fail_asm.cu:9:36: error: "=q" is no constraint of inline assembly that can stand here [asm-constraint]
//     asm volatile("mov.u32 %0, %1;" : "=q"(x) : "m"(x));
//                                      ^~~~
//   hint: outputs are "=r" or "+r", inputs "r"; h, r and l are integers of 16, 32 and 64 bits, f float, d double, n a constant
// fail_asm.cu:9:46: error: "m" is no constraint of inline assembly that can stand here [asm-constraint]
//     asm volatile("mov.u32 %0, %1;" : "=q"(x) : "m"(x));
//                                                ^~~
//   hint: outputs are "=r" or "+r", inputs "r"; h, r and l are integers of 16, 32 and 64 bits, f float, d double, n a constant
// fail_asm.cu:10:43: error: this cannot be assigned to [not-assignable]
//     asm volatile("mov.u32 %0, %1;" : "=r"(x + 1) : "r"(b));
//                                             ^
// fail_asm.cu:10:54: error: bool does not go into the register that "r" names [asm-operand-type]
//     asm volatile("mov.u32 %0, %1;" : "=r"(x + 1) : "r"(b));
//                                                        ^
//   hint: h, r and l are integers of 16, 32 and 64 bits, f float, d double; convert it, or take its bits, first
// fail_asm.cu:11:50: error: an operand "n" of asm must be known at compile time [not-constant]
//     asm volatile("mov.u32 %0, %1;" : "=r"(x) : "n"(x));
//                                                    ^
//   hint: use constexpr, a template parameter or a literal
// fail_asm.cu:11:50: note: 'x' has no value at compile time [name-not-constant]
//     asm volatile("mov.u32 %0, %1;" : "=r"(x) : "n"(x));
//                                                    ^
// fail_asm.cu:20:28: error: inline assembly on the host is not supported by the native front end [unsupported]
//   void host() { asm volatile("nop;"); }
//                              ^~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
