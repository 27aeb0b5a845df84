// RUN: compile --emit ir --passes timing --function greatest %s
// The branch becomes a select, and the second load of the same element disappears.
__global__ void greatest(float* y, const float* x, int n) {
  float most = x[0];
#pragma unroll 1
  for (int i = 1; i < n; ++i) {
    if (x[i] > most) most = x[i];
  }
  y[0] = most;
}
// STDOUT:
// kernel greatest(u64 y, u64 x, s32 n) {
// b0:
//   %1:u64 = ld.param.u64 [x]
//   %5:s32 = mov.s32 1
//   %2:s32 = ld.param.s32 [n]
//   %0:u64 = ld.param.u64 [y]
//   %3:f32 = ld.global.f32 [%1]
//   %6:pred = setp.lt.s32 %5, %2
//   bra %6, b1, b2
// b1:
//   %19:u64 = mad.wide.s32 %5, 4, %1
//   %9:f32 = ld.global.f32 [%19]
//   %5:s32 = add.s32 %5, 1
//   %6:pred = setp.lt.s32 %5, %2
//   %10:pred = setp.gt.f32 %9, %3
//   %3:f32 = selp.f32 %9, %3, %10
//   bra %6, b1, b2
// b2:
//   st.global.f32 [%0], %3
//   ret
// }
