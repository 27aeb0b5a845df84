// RUN: compile %s
struct Huge {
  char a[1000000000000];
  char b[1000000000000];
};
struct Deep0 {
  int x;
};
#define IN(a, b)   \
  struct Deep##b { \
    Deep##a x;     \
  };
IN(0, 1) IN(1, 2) IN(2, 3) IN(3, 4) IN(4, 5) IN(5, 6) IN(6, 7) IN(7, 8) IN(8, 9)
IN(9, 10) IN(10, 11) IN(11, 12) IN(12, 13) IN(13, 14) IN(14, 15) IN(15, 16)
// STDERR:
// fail_struct_limits.cu:2:8: error: the struct is larger than 2^40 bytes [type-too-large]
//   struct Huge {
//          ^~~~
// fail_struct_limits.cu:14:66: error: Deep16 has more than 16 structs, one inside the other [struct-limit]
//   IN(9, 10) IN(10, 11) IN(11, 12) IN(12, 13) IN(13, 14) IN(14, 15) IN(15, 16)
//                                                                    ^~~~~~~~~~
