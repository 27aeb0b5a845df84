// RUN: compile %s --emit ir --function f
__device__ float f(signed char c, unsigned u, long l, double d, bool b) {
  unsigned char n = l;
  short s = d;
  u += b;
  return c + u + l + n + s + (b ? 1 : 0);
}
// STDOUT:
// device f(s32 c %0, u32 u %1, s64 l %2, f64 d %3, pred b %4) -> f32 {
// b0:
//   %6:u32 = cvt.u32.u64 %2
//   %5:u32 = cvt.u32.u8 %6
//   %9:s32 = cvt.rzi.s32.f64 %3
//   %8:s32 = cvt.s32.s16 %9
//   %11:u32 = selp.u32 1, 0, %4
//   %1:u32 = add.u32 %1, %11
//   %13:u32 = add.u32 %0, %1
//   %14:s64 = cvt.s64.u32 %13
//   %15:s64 = add.s64 %14, %2
//   %16:s64 = cvt.s64.u32 %5
//   %17:s64 = add.s64 %15, %16
//   %18:s64 = cvt.s64.s32 %8
//   %19:s64 = add.s64 %17, %18
//   %20:s32 = selp.s32 1, 0, %4
//   %21:s64 = cvt.s64.s32 %20
//   %22:s64 = add.s64 %19, %21
//   %23:f32 = cvt.rn.f32.s64 %22
//   ret %23
// }
