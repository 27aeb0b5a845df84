// RUN: compile %s --emit ir --function f
__device__ int f(int n) {
again:
  switch (n) {
    case 1: return 5;
    case 2: ++n;
    default: n = -n;
  }
  if (n > 0) goto again;
  return n;
}
// STDOUT:
// device f(s32 n %0) -> s32 {
// b0:
//   bra b1
// b1:
//   %1:s32 = mov.s32 %0
//   bra b5
// b2:
//   ret 5
// b3:
//   %0:s32 = add.s32 %0, 1
//   bra b4
// b4:
//   %0:s32 = neg.s32 %0
//   bra b8
// b5:
//   %4:pred = setp.eq.s32 %1, 1
//   bra %4, b2, b6
// b6:
//   %5:pred = setp.eq.s32 %1, 2
//   bra %5, b3, b7
// b7:
//   bra b4
// b8:
//   %6:pred = setp.gt.s32 %0, 0
//   bra %6, b9, b10
// b9:
//   bra b1
// b10:
//   ret %0
// }
