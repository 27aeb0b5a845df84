// RUN: compile %s --emit ir --function f
__device__ int f(int n) {
  int s = 0;
#pragma unroll 4
  for (int i = 0; i < n; ++i) {
    if (i == 3) continue;
    if (i == 9) break;
    s += i;
  }
  do s -= 2; while (s > 10);
  return s;
}
// STDOUT:
// device f(s32 n %0) -> s32 {
// b0:
//   %1:s32 = mov.s32 0
//   %2:s32 = mov.s32 0
//   bra b1
// b1: unroll 4
//   %3:pred = setp.lt.s32 %2, %0
//   bra %3, b2, b8
// b2:
//   %4:pred = setp.eq.s32 %2, 3
//   bra %4, b3, b4
// b3:
//   bra b7
// b4:
//   %5:pred = setp.eq.s32 %2, 9
//   bra %5, b5, b6
// b5:
//   bra b8
// b6:
//   %1:s32 = add.s32 %1, %2
//   bra b7
// b7:
//   %2:s32 = add.s32 %2, 1
//   bra b1
// b8:
//   bra b9
// b9:
//   %1:s32 = sub.s32 %1, 2
//   %9:pred = setp.gt.s32 %1, 10
//   bra %9, b9, b10
// b10:
//   ret %1
// }
