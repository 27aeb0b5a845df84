// RUN: compile %s --emit ir
__device__ void twice(float& x, const float& y) { x = x + y; }
__global__ void k(float* out) {
  float a = 1;
  twice(a, 2.0f);
  float& alias = out[1];
  alias = a;
}
// STDOUT:
// device twice(u64 x %0, u64 y %1) {
// b0:
//   %2:f32 = ld.f32 [%0]
//   %3:f32 = ld.f32 [%1]
//   %4:f32 = add.f32 %2, %3
//   st.f32 [%0], %4
//   ret
// }
// kernel k(u64 out) frame 8 {
// b0:
//   %0:u64 = ld.param.u64 [out]
//   st.local.f32 [frame+0], 1
//   %1:u64 = mov.u64 frame+0
//   %2:u64 = cvta.local.u64 %1
//   st.local.f32 [frame+4], 2
//   %3:u64 = mov.u64 frame+4
//   %4:u64 = cvta.local.u64 %3
//   call twice, %2, %4
//   %5:u64 = mov.u64 %0
//   %6:f32 = ld.local.f32 [frame+0]
//   st.f32 [%5+4], %6
//   ret
// }
