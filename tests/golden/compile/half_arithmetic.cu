// RUN: compile %s --emit ir --function k
#include <cuda_fp16.h>
__global__ void k(half* out, const half2* in, float f) {
  half2 a = in[0];
  half x = a.x;
  a.y = x * __float2half(f);
  out[0] = __low2half(a) / a.y;
  out[1] = f;
  if (x > a.y) out[2] = x;
}
// STDOUT:
// kernel k(u64 out, u64 in, f32 f) {
// b0:
//   %0:u64 = ld.param.u64 [out]
//   %1:u64 = ld.param.u64 [in]
//   %2:f32 = ld.param.f32 [f]
//   %3:f16x2 = ld.f16x2 [%1]
//   %6:f16, %7:f16 = mov.b32 %3
//   %5:f16 = mov.f16 %6
//   %8:f16 = cvt.rn.f16.f32 %2
//   %9:f16 = mul.f16 %5, %8
//   %10:f16, %11:f16 = mov.b32 %3
//   %3:f16x2 = mov.b32 %10, %9
//   %13:f16, %14:f16 = mov.b32 %3
//   %15:f16, %16:f16 = mov.b32 %3
//   %17:f32 = cvt.f32.f16 %13
//   %18:f32 = cvt.f32.f16 %16
//   %19:f32 = div.rn.f32 %17, %18
//   %20:f16 = cvt.rn.f16.f32 %19
//   st.f16 [%0], %20
//   %21:f16 = cvt.rn.f16.f32 %2
//   st.f16 [%0+2], %21
//   %22:f16, %23:f16 = mov.b32 %3
//   %24:pred = setp.gt.f16 %5, %23
//   bra %24, b1, b2
// b1:
//   st.f16 [%0+4], %5
//   bra b2
// b2:
//   ret
// }
