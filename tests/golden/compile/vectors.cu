// RUN: compile %s --emit ir --function k
__global__ void k(float* out, const float* in) {
  float4 v = reinterpret_cast<const float4*>(in)[threadIdx.x];
  v.x += v.w;
  reinterpret_cast<float4*>(out)[threadIdx.x] = make_float4(v.x, v.x, v.y, 1.0f);
}
// STDOUT:
// kernel k(u64 out, u64 in) {
// b0:
//   %0:u64 = ld.param.u64 [out]
//   %1:u64 = ld.param.u64 [in]
//   %2:u32 = mov.u32 %tid.x
//   %3:u64 = mul.wide.u32 %2, 16
//   %4:u64 = add.u64 %1, %3
//   %9:f32, %10:f32, %11:f32, %12:f32 = ld.v4.f32 [%4]
//   %5:f32 = mov.f32 %9
//   %6:f32 = mov.f32 %10
//   %7:f32 = mov.f32 %11
//   %8:f32 = mov.f32 %12
//   %5:f32 = add.f32 %5, %8
//   %14:u32 = mov.u32 %tid.x
//   %15:u64 = mul.wide.u32 %14, 16
//   %16:u64 = add.u64 %0, %15
//   st.v4.f32 [%16], %5, %5, %6, 1
//   ret
// }
