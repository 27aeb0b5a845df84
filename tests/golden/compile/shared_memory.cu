// RUN: compile %s --emit ir --function k
__global__ void k(float* out) {
  __shared__ float tile[32][33];
  extern __shared__ float dynamic[];
  tile[threadIdx.y][threadIdx.x] = dynamic[threadIdx.x];
  __syncthreads();
  float* row = tile[threadIdx.y];
  out[0] = row[1] + tile[2][3];
}
// STDOUT:
// kernel k(u64 out) {
// b0:
//   %0:u64 = ld.param.u64 [out]
//   %1:u32 = mov.u32 %tid.y
//   %2:u32 = mul.u32 %1, 132
//   %3:u32 = mov.u32 tile
//   %4:u32 = add.u32 %3, %2
//   %5:u32 = mov.u32 %tid.x
//   %6:u32 = shl.b32 %5, 2
//   %7:u32 = add.u32 %4, %6
//   %8:u32 = mov.u32 %tid.x
//   %9:u32 = shl.b32 %8, 2
//   %10:u32 = mov.u32 dynamic
//   %11:u32 = add.u32 %10, %9
//   %12:f32 = ld.shared.f32 [%11]
//   st.shared.f32 [%7], %12
//   bar.sync 0
//   %13:u32 = mov.u32 %tid.y
//   %14:u32 = mul.u32 %13, 132
//   %15:u32 = mov.u32 tile
//   %16:u32 = add.u32 %15, %14
//   %18:u64 = cvt.u64.u32 %16
//   %17:u64 = cvta.shared.u64 %18
//   %20:f32 = ld.f32 [%17+4]
//   %21:f32 = ld.shared.f32 [tile+276]
//   %22:f32 = add.f32 %20, %21
//   st.f32 [%0], %22
//   ret
// }
