// RUN: compile %s
struct Tree {
  int key;
  Tree left;
  int key;
  int open[];
  float& ref;
  auto guess = 1;
  void nothing;
};
struct Tree {};
struct Unknown value;
struct Seeded {
  int seed;
  __device__ Seeded(int s) : seed(s), sed(2), seed(3) {}
  __device__ int same() { return 1; }
  __device__ int same() { return 2; }
  static int count;
  int twice = seed;
};
struct Plain {
  int a, b;
};
struct Holder {
  Seeded inner;
  __device__ Holder() {}
};
__device__ void use(int n) {
  Seeded none;
  Seeded many(1, 2);
  Plain paren(1, 2);
  Plain extra = {1, 2, 3};
  Plain order = {.b = 1, .a = 2};
  Plain wrong = {.c = 1};
  Plain narrow = {1.5f, n};
  Plain same = none;
  __shared__ Holder shared[4];
}
__global__ void by_value(Plain p, Unknown* u);
// STDERR:
// fail_struct_declarations.cu:4:8: error: the members of Tree are not known here [incomplete-type]
//     Tree left;
//          ^~~~
//   hint: declare the struct with its members above; inside of itself use a pointer
// fail_struct_declarations.cu:5:7: error: 'key' is declared twice [redeclared]
//     int key;
//         ^~~
//   hint: rename one of them
// fail_struct_declarations.cu:6:7: error: the array 'open' needs a size [array-without-size]
//     int open[];
//         ^~~~
//   hint: write its size, or extern __shared__
// fail_struct_declarations.cu:8:8: error: a member of type auto is not supported by the native front end [unsupported]
//     auto guess = 1;
//          ^~~~~
//   hint: rewrite it without; in device code NVRTC or clang may take it (--front)
// fail_struct_declarations.cu:9:8: error: 'nothing' cannot have type void [bad-variable-type]
//     void nothing;
//          ^~~~~~~
// fail_struct_declarations.cu:11:8: error: 'Tree' is declared twice [redeclared]
//   struct Tree {};
//          ^~~~
//   hint: rename one of them
// fail_struct_declarations.cu:12:16: error: the members of Unknown are not known here [incomplete-type]
//   struct Unknown value;
//                  ^~~~~
//   hint: declare the struct with its members above; inside of itself use a pointer
// fail_struct_declarations.cu:17:18: error: 'same' is declared twice [redeclared]
//     __device__ int same() { return 2; }
//                    ^~~~
//   hint: rename one of them
// fail_struct_declarations.cu:15:47: error: 'seed' is declared twice [redeclared]
//     __device__ Seeded(int s) : seed(s), sed(2), seed(3) {}
//                                                 ^~~~
//   hint: rename one of them
// fail_struct_declarations.cu:15:39: error: no member 'sed' in Seeded [no-member-near]
//     __device__ Seeded(int s) : seed(s), sed(2), seed(3) {}
//                                         ^~~
//   hint: did you mean 'seed'?
// fail_struct_declarations.cu:26:20: error: Seeded has no constructor without arguments [no-default-constructor]
//     __device__ Holder() {}
//                      ^
//   hint: initialise it, or write one
// fail_struct_declarations.cu:29:10: error: Seeded has no constructor without arguments [no-default-constructor]
//     Seeded none;
//            ^~~~
//   hint: initialise it, or write one
// fail_struct_declarations.cu:30:14: error: no 'Seeded' takes these arguments [no-matching-function]
//     Seeded many(1, 2);
//                ^
//   hint: check their number and types
// fail_struct_declarations.cu:31:14: error: Plain has no constructor [no-constructor]
//     Plain paren(1, 2);
//                ^
//   hint: initialise its members in braces
// fail_struct_declarations.cu:32:17: error: too many initialisers for Plain [too-many-initializers]
//     Plain extra = {1, 2, 3};
//                   ^
// fail_struct_declarations.cu:33:27: error: the member 'a' is named out of order [designator-order]
//     Plain order = {.b = 1, .a = 2};
//                             ^
//   hint: name members in the order of their declaration, each once
// fail_struct_declarations.cu:34:19: error: no member 'c' in Plain [no-member]
//     Plain wrong = {.c = 1};
//                     ^
// fail_struct_declarations.cu:35:19: error: float in braces may not fit int [narrowing]
//     Plain narrow = {1.5f, n};
//                     ^~~~
//   hint: cast it, or leave the braces out
// fail_struct_declarations.cu:36:16: error: Seeded does not convert to Plain [cannot-convert]
//     Plain same = none;
//                  ^~~~
//   hint: write a cast if it is meant
// fail_struct_declarations.cu:37:21: error: the shared variable 'shared' cannot be initialised [shared-initialized]
//     __shared__ Holder shared[4];
//                       ^~~~~~
//   hint: assign to it in one thread and synchronise
