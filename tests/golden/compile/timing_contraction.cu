// RUN: compile --emit ir --passes timing --function products %s
// A product used once joins the sum; a negated operand is a modifier of it. One used twice stays.
__global__ void products(float* y, float a, float b, float c) {
  y[0] = a * b + c;
  y[1] = a * c - b;
  y[2] = c - b * c;
  const float t = c * c;
  y[3] = t + a;
  y[4] = t + b;
}
// STDOUT:
// kernel products(u64 y, f32 a, f32 b, f32 c) {
// b0:
//   %2:f32 = ld.param.f32 [b]
//   %3:f32 = ld.param.f32 [c]
//   %1:f32 = ld.param.f32 [a]
//   %14:f32 = neg.f32 %2
//   %0:u64 = ld.param.u64 [y]
//   %15:f32 = neg.f32 %2
//   %11:f32 = mul.f32 %3, %3
//   %9:f32 = fma.f32 %15, %3, %3
//   %5:f32 = fma.f32 %1, %2, %3
//   %7:f32 = fma.f32 %1, %3, %14
//   %12:f32 = add.f32 %11, %1
//   %13:f32 = add.f32 %11, %2
//   st.global.f32 [%0], %5
//   st.global.f32 [%0+4], %7
//   st.global.f32 [%0+8], %9
//   st.global.f32 [%0+12], %12
//   st.global.f32 [%0+16], %13
//   ret
// }
