// RUN: compile %s --emit ir --function k
__global__ void k(int* out, double d, half h) {
  int old = atomicAdd(out, 1);
  atomicMax(out, old);
  atomicCAS(out, 1, 2);
  d = __shfl_xor_sync(0xffffffff, d, 1, 16);
  h = __shfl_down_sync(0xffffffff, h, 1);
  if (__any_sync(0xffffffff, d > 0)) out[1] = __ballot_sync(0xffffffff, old);
  __threadfence();
}
// STDOUT:
// kernel k(u64 out, f64 d, f16 h) {
// b0:
//   %0:u64 = ld.param.u64 [out]
//   %1:f64 = ld.param.f64 [d]
//   %2:f16 = ld.param.f16 [h]
//   %4:s32 = atom.gpu.add.s32 [%0], 1
//   red.gpu.max.s32 [%0], %4
//   %5:s32 = atom.gpu.cas.b32 [%0], 0x1, 0x2
//   %6:b32, %7:b32 = mov.b64 %1
//   %8:b32 = shfl.sync.bfly.b32 %6, 1, 4127, 4294967295
//   %9:b32 = shfl.sync.bfly.b32 %7, 1, 4127, 4294967295
//   %1:f64 = mov.b64 %8, %9
//   %11:b16 = mov.b16 %2
//   %12:u32 = cvt.u32.u16 %11
//   %13:b32 = shfl.sync.down.b32 %12, 1, 31, 4294967295
//   %14:b16 = cvt.u16.u32 %13
//   %2:f16 = mov.b16 %14
//   %16:pred = setp.gt.f64 %1, 0
//   %17:pred = vote.sync.any.pred %16, 4294967295
//   %18:s32 = selp.s32 1, 0, %17
//   %19:pred = setp.ne.s32 %18, 0
//   bra %19, b1, b2
// b1:
//   %20:pred = setp.ne.s32 %4, 0
//   %21:u32 = vote.sync.ballot.b32 %20, 4294967295
//   st.s32 [%0+4], %21
//   bra b2
// b2:
//   fence.acq_rel.gpu
//   ret
// }
