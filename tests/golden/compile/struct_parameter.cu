// RUN: compile %s --emit ptx
struct View {
  float* data;
  short rows;
  bool on;
};
__global__ void k(int n, View v, float4 q) {
  if (v.on) v.data[v.rows] = q.x;
}
// STDOUT:
// .version 7.8
// .target sm_90
// .address_size 64
//
//
// .visible .entry k(
// 	.param .s32 p0_0,
// 	.param .align 8 .b8 p0_1[16],
// 	.param .f32 p0_2,
// 	.param .f32 p0_3,
// 	.param .f32 p0_4,
// 	.param .f32 p0_5
// )
// {
// 	.local .align 16 .b8 frame0[16];
// 	.reg .pred %p<14>;
// 	.reg .b32 %r<14>;
// 	.reg .b64 %d<14>;
// 	ld.param.s32 %r0, [p0_0];
// 	ld.param.u64 %d1, [p0_1];
// 	st.local.u64 [frame0], %d1;
// 	ld.param.s16 %r2, [p0_1+8];
// 	st.local.s16 [frame0+8], %r2;
// 	ld.param.u8 %r3, [p0_1+10];
// 	st.local.u8 [frame0+10], %r3;
// 	ld.param.f32 %r4, [p0_2];
// 	ld.param.f32 %r5, [p0_3];
// 	ld.param.f32 %r6, [p0_4];
// 	ld.param.f32 %r7, [p0_5];
// 	ld.local.u8 %r8, [frame0+10];
// 	setp.ne.u32 %p9, %r8, 0x0;
// 	@!%p9 bra $B0_2;
// 	ld.local.u64 %d10, [frame0];
// 	ld.local.s16 %r11, [frame0+8];
// 	mul.wide.s32 %d12, %r11, 4;
// 	add.u64 %d13, %d10, %d12;
// 	st.f32 [%d13], %r4;
// $B0_2:
// 	ret;
// }
//
