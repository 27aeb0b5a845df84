// RUN: compile %s --emit ir
constexpr int kTile = 16;
__host__ __device__ constexpr int padded(int x) { return x % 32 == 0 ? x + 1 : x; }
__global__ void __launch_bounds__(padded(32) - 1) k(float* y) {
  __shared__ float tile[padded(32)][kTile];
  tile[threadIdx.y][threadIdx.x] = y[0];
  y[padded(7)] = tile[0][0];
}
// STDOUT:
// shared f32 tile bytes 2112 align 4
// kernel k(u64 y) threads 32 {
// b0:
//   %0:u64 = ld.param.u64 [y]
//   %1:u32 = mov.u32 %tid.y
//   %2:u32 = shl.b32 %1, 6
//   %3:u32 = mov.u32 tile
//   %4:u32 = add.u32 %3, %2
//   %5:u32 = mov.u32 %tid.x
//   %6:u32 = shl.b32 %5, 2
//   %7:u32 = add.u32 %4, %6
//   %8:f32 = ld.f32 [%0]
//   st.shared.f32 [%7], %8
//   %9:f32 = ld.shared.f32 [tile]
//   st.f32 [%0+28], %9
//   ret
// }
