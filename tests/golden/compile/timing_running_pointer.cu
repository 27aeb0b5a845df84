// RUN: compile --emit ir --passes timing --function column_sum %s
// The address steps by a multiple of cols: a register holds it.
__global__ void column_sum(float* y, const float* x, int rows, int cols) {
  const int c = threadIdx.x;
  float sum = 0.0f;
#pragma unroll 1
  for (int r = 0; r < rows; ++r) sum += x[r * cols + c];
  y[c] = sum;
}
// STDOUT:
// kernel column_sum(u64 y, u64 x, s32 rows, s32 cols) {
// b0:
//   %1:u64 = ld.param.u64 [x]
//   %5:s32 = mov.u32 %tid.x
//   %7:s32 = mov.s32 0
//   %2:s32 = ld.param.s32 [rows]
//   %6:f32 = mov.f32 0
//   %0:u64 = ld.param.u64 [y]
//   %18:u64 = mad.wide.s32 %5, 4, %1
//   %3:s32 = ld.param.s32 [cols]
//   %8:pred = setp.lt.s32 %7, %2
//   %21:u64 = mov.u64 %18
//   bra %8, b1, b2
// b1:
//   %13:f32 = ld.global.f32 [%21]
//   %7:s32 = add.s32 %7, 1
//   %8:pred = setp.lt.s32 %7, %2
//   %21:u64 = mad.wide.s32 %3, 4, %21
//   %6:f32 = add.f32 %6, %13
//   bra %8, b1, b2
// b2:
//   %17:u64 = mad.wide.s32 %5, 4, %0
//   st.global.f32 [%17], %6
//   ret
// }
