// RUN: compile %s --emit ir
template <typename T, int N> __device__ T sum(const T (&a)[N]) {
  T s = 0;
  for (int i = 0; i < N; ++i) s += a[i];
  return s;
}
template <int N> __global__ void k(int* out) {
  int a[N] = {1};
  out[0] = sum(a);
}
void launch(int* out) { k<2><<<1, 32>>>(out); }
// STDOUT:
// host launch(u64 out %0) {
// b0:
//   rt.launch k<2>, 1, 1, 1, 32, 1, 1, 0, 0, %0
//   ret
// }
// kernel k<2>(u64 out) frame 8 {
// b0:
//   %0:u64 = ld.param.u64 [out]
//   st.local.b32 [frame+0], 0x0
//   st.local.b32 [frame+0+4], 0x0
//   st.local.s32 [frame+0], 1
//   %1:u64 = mov.u64 frame+0
//   %2:u64 = cvta.local.u64 %1
//   %3:s32 = call sum<int, 2>, %2
//   st.s32 [%0], %3
//   ret
// }
// device sum<int, 2>(u64 a %0) -> s32 {
// b0:
//   %1:s32 = mov.s32 0
//   %2:s32 = mov.s32 0
//   bra b1
// b1:
//   %3:pred = setp.lt.s32 %2, 2
//   bra %3, b2, b3
// b2:
//   %4:s64 = mul.wide.s32 %2, 4
//   %5:u64 = add.u64 %0, %4
//   %6:s32 = ld.s32 [%5]
//   %1:s32 = add.s32 %1, %6
//   %2:s32 = add.s32 %2, 1
//   bra b1
// b3:
//   ret %1
// }
