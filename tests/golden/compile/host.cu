// RUN: compile %s --emit ir --function launch
__global__ void k(float* p, int n, bool b) {}
void launch(float* out, int n, float scale = 2.0f) {
  static int calls = 3;
  float* tmp;
  cudaMalloc(&tmp, n * sizeof(float));
  dim3 grid((n + 255) / 256);
  k<<<grid, 256, 16>>>(tmp, ++calls, n > 0);
  cudaFree(tmp);
}
// STDOUT:
// host launch(u64 out %0, s32 n %1, f32 scale %2) frame 8 {
// b0:
//   %3:u64 = mov.u64 frame+0
//   %4:u64 = cvta.local.u64 %3
//   %5:u64 = cvt.u64.s32 %1
//   %6:u64 = mul.u64 %5, 4
//   %7:s32 = rt.cudaMalloc %4, %6
//   %8:s32 = add.s32 %1, 255
//   %10:u32 = div.s32 %8, 256
//   %11:u32 = mov.u32 1
//   %12:u32 = mov.u32 1
//   %13:s32 = ld.global.s32 [calls]
//   %14:s32 = add.s32 %13, 1
//   st.global.s32 [calls], %14
//   %15:pred = setp.gt.s32 %1, 0
//   %16:u64 = ld.local.u64 [frame+0]
//   %17:s32 = ld.global.s32 [calls]
//   %18:u32 = selp.u32 1, 0, %15
//   rt.launch k, %10, %11, %12, 256, 1, 1, 16, 0, %16, %17, %18
//   %19:u64 = ld.local.u64 [frame+0]
//   %20:s32 = rt.cudaFree %19
//   ret
// }
