// RUN: compile %s --emit ir --function f
__device__ float f(int i) {
  float a[100] = {1.0f};
  return a[i];
}
// STDOUT:
// device f(s32 i %0) -> f32 frame 400 {
// b0:
//   %1:u64 = mov.u64 frame+0
//   %2:u32 = mov.u32 100
//   bra b1
// b1:
//   st.local.b32 [%1], 0x0
//   %1:u64 = add.u64 %1, 4
//   %2:u32 = add.u32 %2, 4294967295
//   %3:pred = setp.ne.u32 %2, 0
//   bra %3, b1, b2
// b2:
//   st.local.f32 [frame+0], 1
//   %4:u64 = mov.u64 frame+0
//   %5:s64 = mul.wide.s32 %0, 4
//   %6:u64 = add.u64 %4, %5
//   %7:f32 = ld.local.f32 [%6]
//   ret %7
// }
