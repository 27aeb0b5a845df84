// RUN: compile %s
struct __attribute__((aligned(16))) Fine {
  float x;
};
static_assert(sizeof(Fine) == 16);
struct __attribute__((packed)) Packed {
  char c;
  int i;
};
struct Behind {
  int i;
} __attribute__((aligned(64)));
__attribute__((noinline)) __device__ int f(int x) { return x; }
// STDERR:
// fail_attributes.cu:6:23: error: the attribute packed is not supported by the native front end [unsupported]
//   struct __attribute__((packed)) Packed {
//                         ^~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_attributes.cu:12:18: error: the attribute aligned here is not supported by the native front end [unsupported]
//   } __attribute__((aligned(64)));
//                    ^~~~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_attributes.cu:12:31: error: expected a name, found ';' [expected]
//   } __attribute__((aligned(64)));
//                                 ^
