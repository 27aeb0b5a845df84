// RUN: compile %s --emit ir --function k
__global__ void k(float* out, const float* in, int n) {
  int i = threadIdx.x;
  if (i < n && i > 0) out[i] = i > 0 && in[i] > 0.0f ? in[i] : -1.0f;
}
// STDOUT:
// kernel k(u64 out, u64 in, s32 n) {
// b0:
//   %0:u64 = ld.param.u64 [out]
//   %1:u64 = ld.param.u64 [in]
//   %2:s32 = ld.param.s32 [n]
//   %4:s32 = mov.u32 %tid.x
//   %5:pred = setp.lt.s32 %4, %2
//   %6:pred = setp.gt.s32 %4, 0
//   %7:pred = and.pred %5, %6
//   bra %7, b1, b7
// b1:
//   %8:s64 = mul.wide.s32 %4, 4
//   %9:u64 = add.u64 %0, %8
//   %11:pred = setp.gt.s32 %4, 0
//   bra %11, b2, b3
// b2:
//   %12:s64 = mul.wide.s32 %4, 4
//   %13:u64 = add.u64 %1, %12
//   %14:f32 = ld.f32 [%13]
//   %11:pred = setp.gt.f32 %14, 0
//   bra b3
// b3:
//   bra %11, b4, b5
// b4:
//   %17:s64 = mul.wide.s32 %4, 4
//   %18:u64 = add.u64 %1, %17
//   %16:f32 = ld.f32 [%18]
//   bra b6
// b5:
//   %16:f32 = mov.f32 -1
//   bra b6
// b6:
//   st.f32 [%9], %16
//   bra b7
// b7:
//   ret
// }
