// Faults inside of inline assembly are shown where they are written.
// RUN: compile %s
#define WIDE "mul.wide.u33 %0, %1, %1;"
#define LOAD(type) "ld.global." #type " %0, [%1];"
__device__ int g(int x) {
  asm volatile("ret;");
  return x;
}
__global__ void k(int* p) {
  int x = g(1);
  float f;
  long long l = 0;
  asm volatile("mov.u32 %0, %%nonsense;" : "=r"(x));
  asm volatile("mov.u32 %0, %3;" : "=r"(x) : "r"(1));
  asm volatile("add.u32 %0, %1, 1;\n\t"
               "frobnicate.u32 %0, %1;" : "=r"(x) : "r"(x));
  asm volatile(WIDE : "=l"(l) : "r"(x));
  asm volatile(LOAD(u99) : "=r"(x) : "l"(p));
  asm volatile("add.f32 %0, %1, %1;" : "=f"(f) : "r"(x));
  asm volatile("mov.u32 %0, 1" : "=r"(x));
  asm volatile("{ mov.u32 %0, 1;" : "=r"(x));
  asm volatile("mov.u32 %0, 1; }" : "=r"(x));
  asm volatile("mov.u32 %0, \q;" : "=r"(x));
  asm volatile("addc.u32 %0, %0, 1;" : "+r"(x));
  asm volatile(".shared .u32 table[4];");
  asm volatile("bra NOWHERE;");
  asm volatile("ld.global.u32 %0, [count];" : "=r"(x));
}
// STDERR:
// fail_asm_text.cu:6:20: error: ret of a function in inline assembly is not supported [ptx-unsupported]
//     asm volatile("ret;");
//                      ^
//   hint: docs/ptx.md lists what is not read
// fail_asm_text.cu:13:29: error: '%nonsense' is not declared [ptx-unknown-name]
//     asm volatile("mov.u32 %0, %%nonsense;" : "=r"(x));
//                               ^~~~~~~~~
//   hint: declare it before it is used
// fail_asm_text.cu:14:29: error: '%3' is not declared [ptx-unknown-name]
//     asm volatile("mov.u32 %0, %3;" : "=r"(x) : "r"(1));
//                               ^~
//   hint: declare it before it is used
// fail_asm_text.cu:16:17: error: frobnicate is no instruction of PTX [ptx-instruction]
//                  "frobnicate.u32 %0, %1;" : "=r"(x) : "r"(x));
//                   ^~~~~~~~~~
//   hint: check the spelling; words behind an opcode begin with a point
// fail_asm_text.cu:17:16: error: mul does not take .u33 here [ptx-modifier]
//     asm volatile(WIDE : "=l"(l) : "r"(x));
//                  ^~~~
//   hint: nearest form: mul ^.lo|.hi|.wide .u16|.s16|.u32|.s32
// fail_asm_text.cu:18:16: error: ld does not take .u99 here [ptx-modifier]
//     asm volatile(LOAD(u99) : "=r"(x) : "l"(p));
//                  ^~~~
//   hint: nearest form: ld .weak? .global|.shared|.shared::cta|.shared::cluster|.local|.const|.param|.param::entry|.param::func? .ca|.cg|.cs|.lu|.cv? .v2|.v4|.v8? .b8|.u8|.s8|.b16|.u16|.s...
// fail_asm_text.cu:20:31: error: expected ';', found the end of the assembly [expected]
//     asm volatile("mov.u32 %0, 1" : "=r"(x));
//                                 ^
// fail_asm_text.cu:21:17: error: this '{' is not closed [unclosed-bracket]
//     asm volatile("{ mov.u32 %0, 1;" : "=r"(x));
//                   ^
// fail_asm_text.cu:22:32: error: expected an instruction, found } [expected]
//     asm volatile("mov.u32 %0, 1; }" : "=r"(x));
//                                  ^
// fail_asm_text.cu:23:16: error: "mov.u32 %0, \q;" is no valid literal: it has an unknown escape sequence [bad-literal]
//     asm volatile("mov.u32 %0, \q;" : "=r"(x));
//                  ^~~~~~~~~~~~~~~~~
// fail_asm_text.cu:25:17: error: a variable declared in inline assembly is not supported [ptx-unsupported]
//     asm volatile(".shared .u32 table[4];");
//                   ^~~~~~~
//   hint: docs/ptx.md lists what is not read
// fail_asm_text.cu:26:21: error: 'NOWHERE' is not declared [ptx-unknown-name]
//     asm volatile("bra NOWHERE;");
//                       ^~~~~~~
//   hint: declare it before it is used
// fail_asm_text.cu:27:36: error: 'count' is not declared [ptx-unknown-name]
//     asm volatile("ld.global.u32 %0, [count];" : "=r"(x));
//                                      ^~~~~
//   hint: declare it before it is used
