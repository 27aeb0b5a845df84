enum Mode { kFirst, kSecond };
__global__ void k(int* y) { *y = kSecond; }
// RUN: compile %s --emit ir
// STDOUT:
// kernel k(u64 y) {
// b0:
//   %0:u64 = ld.param.u64 [y]
//   st.s32 [%0], 1
//   ret
// }
