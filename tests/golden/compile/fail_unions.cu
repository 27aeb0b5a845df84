// RUN: compile %s
// What of unions the front end does not take.
struct Made {
  int a;
  __device__ Made() : a(1) {}
};
union Holds {
  Made m;
  int i;
};
struct Tagged {
  int kind;
  union {
    int whole;
    float real;
  };
  __device__ Tagged() : whole(1), wide(2) {}
};
union Pair {
  int a;
  float b;
};
struct Twice {
  int whole;
  union {
    float whole;
    int other;
  };
};
template <typename T>
union Box {
  T value;
};
__global__ void k(int* y, Pair p) {
  union {
    int i;
    float f;
  };
  auto [first, second] = p;
  Pair q = {1, 2.0f};
  *y = p.c;
}
// STDERR:
// fail_unions.cu:25:3: error: 'whole' is declared twice [redeclared]
//     union {
//     ^~~~~
//   hint: rename one of them
// fail_unions.cu:17:35: error: no member 'wide' in Tagged [no-member]
//     __device__ Tagged() : whole(1), wide(2) {}
//                                     ^~~~
// fail_unions.cu:35:3: error: an unnamed union that is no member is not supported by the native front end [unsupported]
//     union {
//     ^~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_unions.cu:39:8: error: a structured binding of a union is not supported by the native front end [unsupported]
//     auto [first, second] = p;
//          ^
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_unions.cu:40:12: error: too many initialisers for Pair [too-many-initializers]
//     Pair q = {1, 2.0f};
//              ^
// fail_unions.cu:41:10: error: no member 'c' in Pair [no-member]
//     *y = p.c;
//            ^
