#include "tests/referee/generate_ptx.h"

#include <string_view>

#include "base/format.h"
#include "base/rng.h"

namespace ws::referee {
namespace {

// Of the operands of a form: registers of a kind by a letter (h 16 bits, r 32, l 64, f f32, g f64,
// p predicates), `n` a small number, `x` any constant of 32 bits. The first is written.
struct Form {
  const char* text;  // {} stands for each operand in turn, {1} for the second, {{ for a brace
  const char* operands;
};
constexpr Form kForms[] = {
    // --- integers
    {"add.u32 {}, {}, {};", "rrr"},
    {"add.sat.s32 {}, {}, {};", "rrr"},
    {"sub.s64 {}, {}, {};", "lll"},
    {"sub.sat.s32 {}, {}, {};", "rrx"},
    {"add.u16 {}, {}, {};", "hhh"},
    {"mul.lo.u32 {}, {}, {};", "rrr"},
    {"mul.hi.s32 {}, {}, {};", "rrr"},
    {"mul.hi.u64 {}, {}, {};", "lll"},
    {"mul.wide.u16 {}, {}, {};", "rhh"},
    {"mul.wide.s32 {}, {}, {};", "lrr"},
    {"mul.lo.s16 {}, {}, {};", "hhh"},
    {"mad.lo.u32 {}, {}, {}, {};", "rrrr"},
    {"mad.hi.s32 {}, {}, {}, {};", "rrrr"},
    {"mad.hi.sat.s32 {}, {}, {}, {};", "rrrr"},
    {"mad.wide.u32 {}, {}, {}, {};", "lrrl"},
    {"mul24.lo.s32 {}, {}, {};", "rrr"},
    {"mad24.hi.u32 {}, {}, {}, {};", "rrrr"},
    {"sad.u32 {}, {}, {}, {};", "rrrr"},
    {"or.b32 %i7, {2}, 1; div.u32 {0}, {1}, %i7;", "rrr"},
    {"or.b64 %wide, {2}, 1; div.s64 {0}, {1}, %wide;", "lll"},
    {"or.b32 %i7, {2}, 1; rem.s32 {0}, {1}, %i7;", "rrr"},
    {"or.b16 %half, {2}, 1; rem.u16 {0}, {1}, %half;", "hhh"},
    {"neg.s32 {}, {};", "rr"},
    {"abs.s64 {}, {};", "ll"},
    {"min.s32 {}, {}, {};", "rrr"},
    {"max.u64 {}, {}, {};", "lll"},
    {"min.u16 {}, {}, {};", "hhh"},
    {"min.s16x2 {}, {}, {};", "rrr"},
    {"add.u16x2 {}, {}, {};", "rrr"},
    {"add.cc.u32 {}, {}, {};", "rrr"},
    {"addc.cc.u32 {}, {}, {};", "rrr"},
    {"addc.u32 {}, {}, {};", "rrr"},
    {"sub.cc.u32 {}, {}, {};", "rrr"},
    {"subc.cc.u32 {}, {}, {};", "rrr"},
    {"mad.lo.cc.u32 {}, {}, {}, {};", "rrrr"},
    {"madc.hi.u32 {}, {}, {}, {};", "rrrr"},
    {"dp4a.s32.u32 {}, {}, {}, {};", "rrrr"},
    {"dp2a.hi.u32.s32 {}, {}, {}, {};", "rrrr"},
    // --- bits
    {"and.b32 {}, {}, {};", "rrr"},
    {"or.b64 {}, {}, {};", "lll"},
    {"xor.b16 {}, {}, {};", "hhh"},
    {"not.b32 {}, {};", "rr"},
    {"cnot.b32 {}, {};", "rr"},
    {"shl.b32 {}, {}, {};", "rrr"},
    {"shr.s32 {}, {}, {};", "rrr"},
    {"shr.u64 {}, {}, {};", "llr"},
    {"shl.b16 {}, {}, {};", "hhr"},
    {"shf.l.wrap.b32 {}, {}, {}, {};", "rrrr"},
    {"shf.r.clamp.b32 {}, {}, {}, {};", "rrrr"},
    {"popc.b32 {}, {};", "rr"},
    {"clz.b64 {}, {};", "rl"},
    {"brev.b32 {}, {};", "rr"},
    {"bfind.s32 {}, {};", "rr"},
    {"bfind.shiftamt.u64 {}, {};", "rl"},
    {"bfe.s32 {}, {}, {}, {};", "rrrr"},
    {"bfe.u64 {}, {}, {}, {};", "llrn"},
    {"bfi.b32 {}, {}, {}, {}, {};", "rrrrn"},
    {"prmt.b32 {}, {}, {}, {};", "rrrr"},
    {"prmt.b32.f4e {}, {}, {}, {};", "rrrr"},
    {"prmt.b32.ecr {}, {}, {}, {};", "rrrr"},
    {"lop3.b32 {}, {}, {}, {}, 0x96;", "rrrr"},
    {"lop3.b32 {}, {}, {}, {}, 0xe8;", "rrrr"},
    {"fns.b32 {}, {}, {}, -2;", "rrn"},
    {"bmsk.clamp.b32 {}, {}, {};", "rrr"},
    {"szext.wrap.s32 {}, {}, {};", "rrr"},
    // --- floats
    {"add.rn.f32 {}, {}, {};", "fff"},
    {"add.rz.ftz.f32 {}, {}, {};", "fff"},
    {"sub.rm.f32 {}, {}, {};", "fff"},
    {"mul.rn.sat.f32 {}, {}, {};", "fff"},
    {"fma.rn.f32 {}, {}, {}, {};", "ffff"},
    {"fma.rp.f64 {}, {}, {}, {};", "gggg"},
    {"div.rn.f32 {}, {}, {};", "fff"},
    {"div.approx.f32 {}, {}, {};", "fff"},
    {"rcp.rn.f32 {}, {};", "ff"},
    {"sqrt.rn.f32 {}, {};", "ff"},
    {"rsqrt.approx.f32 {}, {};", "ff"},
    {"ex2.approx.f32 {}, {};", "ff"},
    {"lg2.approx.f32 {}, {};", "ff"},
    {"sin.approx.f32 {}, {};", "ff"},
    {"cos.approx.f32 {}, {};", "ff"},
    {"tanh.approx.f32 {}, {};", "ff"},
    {"min.NaN.f32 {}, {}, {};", "fff"},
    {"max.xorsign.abs.f32 {}, {}, {};", "fff"},
    {"neg.f32 {}, {};", "ff"},
    {"abs.ftz.f32 {}, {};", "ff"},
    {"copysign.f32 {}, {}, {};", "fff"},
    {"add.rn.f64 {}, {}, {};", "ggg"},
    {"mul.rz.f64 {}, {}, {};", "ggg"},
    {"div.rn.f64 {}, {}, {};", "ggg"},
    {"sqrt.rp.f64 {}, {};", "gg"},
    {"min.f64 {}, {}, {};", "ggg"},
    {"add.rn.f16 {}, {}, {};", "hhh"},
    {"fma.rn.relu.f16 {}, {}, {}, {};", "hhhh"},
    {"mul.rn.f16x2 {}, {}, {};", "rrr"},
    {"fma.rn.f16x2 {}, {}, {}, {};", "rrrr"},
    {"max.NaN.f16x2 {}, {}, {};", "rrr"},
    {"fma.rn.bf16x2 {}, {}, {}, {};", "rrrr"},
    {"neg.bf16 {}, {};", "hh"},
    // --- conversions and moves
    {"cvt.u32.u64 {}, {};", "rl"},
    {"cvt.s64.s32 {}, {};", "lr"},
    {"cvt.s32.s8 {}, {};", "rr"},
    {"cvt.sat.u8.s32 {}, {};", "rr"},
    {"cvt.s16.s8 {}, {};", "hh"},
    {"cvt.rn.f32.s32 {}, {};", "fr"},
    {"cvt.rz.f32.u64 {}, {};", "fl"},
    {"cvt.rzi.s32.f32 {}, {};", "rf"},
    {"cvt.rni.ftz.u32.f32 {}, {};", "rf"},
    {"cvt.rmi.s64.f64 {}, {};", "lg"},
    {"cvt.f64.f32 {}, {};", "gf"},
    {"cvt.rn.f32.f64 {}, {};", "fg"},
    {"cvt.rn.sat.f16.f32 {}, {};", "hf"},
    {"cvt.f32.f16 {}, {};", "fh"},
    {"cvt.rn.bf16.f32 {}, {};", "hf"},
    {"cvt.rpi.f32.f32 {}, {};", "ff"},
    {"cvt.rn.f16x2.f32 {}, {}, {};", "rff"},
    {"cvt.rna.tf32.f32 {}, {};", "rf"},
    {"cvt.rz.relu.tf32.f32 {}, {};", "rf"},
    {"cvt.rn.satfinite.e4m3x2.f32 {}, {}, {};", "hff"},
    {"cvt.rn.satfinite.relu.e5m2x2.f16x2 {}, {};", "hr"},
    {"cvt.rn.f16x2.e5m2x2 {}, {};", "rh"},
    {"cvt.rn.relu.f16x2.e4m3x2 {}, {};", "rh"},
    {"cvt.pack.sat.u8.s32.b32 {}, {}, {}, {};", "rrrr"},
    {"vadd.s32.u32.s32.sat.max {}, {}.b1, {}.h1, {};", "rrrr"},
    {"vshr.u32.s32.u32.clamp {}.b2, {}.h0, {}.b3, {};", "rrrr"},
    {"vmad.s32.u32.s32.sat.shr7 {}, {}, -{}.h0, {};", "rrrr"},
    {"vavrg4.s32.s32.u32.add {}.b320, {}.b7351, {}, {};", "rrrr"},
    {"vset2.u32.s32.lt {}, {}.h31, {}.h20, {};", "rrrr"},
    {"mov.b32 {}, {};", "rf"},
    {"mov.b32 {}, {};", "fr"},
    {"mov.b64 {}, {};", "lg"},
    {"mov.b64 {}, {};", "gl"},
    {"mov.u32 {}, {};", "rx"},
    {"mov.b32 {}, {{{}, {}}};", "rhh"},
    {"mov.b64 {}, {{{}, {}}};", "lrf"},
    {"mov.u32 {}, %laneid;", "r"},
    {"mov.u32 {}, %lanemask_lt;", "r"},
    {"mov.u32 {}, %ctaid.x;", "r"},
    // --- comparisons
    {"setp.lt.s32 {}, {}, {};", "prr"},
    {"setp.hs.u32 {}, {}, {};", "prr"},
    {"setp.ne.b64 {}, {}, {};", "pll"},
    {"setp.gtu.f32 {}, {}, {};", "pff"},
    {"setp.num.ftz.f32 {}, {}, {};", "pff"},
    {"setp.le.and.f64 {}, {}, {}, {};", "pggp"},
    {"setp.eq.xor.s16 {}, {}, {}, !{};", "phhp"},
    {"setp.lt.f16 {}, {}, {};", "phh"},
    {"set.ge.u32.f32 {}, {}, {};", "rff"},
    {"set.lt.or.f32.s32 {}, {}, {}, {};", "frrp"},
    {"selp.b32 {}, {}, {}, {};", "rrrp"},
    {"selp.f64 {}, {}, {}, {};", "gggp"},
    {"slct.u32.s32 {}, {}, {}, {};", "rrrr"},
    {"slct.f32.f32 {}, {}, {}, {};", "ffff"},
    {"testp.finite.f32 {}, {};", "pf"},
    {"testp.subnormal.f64 {}, {};", "pg"},
    {"and.pred {}, {}, {};", "ppp"},
    {"xor.pred {}, {}, {};", "ppp"},
    {"not.pred {}, {};", "pp"},
    // --- memory: own words of shared and local memory
    {"st.shared.u32 [%own+4], {1}; ld.shared.u32 {0}, [%own+4];", "rr"},
    {"st.shared.v2.f32 [%own+8], {{{1}, {1}}}; ld.shared.b64 {0}, [%own+8];", "lf"},
    {"st.local.u64 [local+8], {1}; ld.local.s16 {0}, [local+10];", "rl"},
    {"st.local.u8 [local+3], {1}; ld.local.u8 {0}, [local+3];", "hr"},
    {"st.local.v4.u16 [local+16], {{{1}, {2}, {1}, {2}}}; ld.local.f64 {0}, [local+16];", "ghh"},
    {"st.volatile.shared.u32 [%own], {1}; ld.volatile.shared.s8 {0}, [%own+1];", "rr"},
    {"st.u32 [%generic], {1}; ld.b32 {0}, [%generic];", "ff"},
    {"ld.const.u32 {}, [words+4];", "r"},
    {"ld.const.f64 {}, [words+8];", "g"},
    {"atom.shared.add.u32 {}, [%own], {};", "rr"},
    {"atom.shared.cas.b32 {}, [%own], {}, {};", "rrr"},
    {"atom.shared.exch.b64 {}, [%own+8], {};", "ll"},
    {"fence.acq_rel.cta; membar.gl; mov.b32 {}, {};", "rr"},
    {"mbarrier.init.shared.b64 [%own], 3; mbarrier.arrive.shared.b64 %wide, [%own]; "
     "mbarrier.pending_count.b64 {}, %wide; mbarrier.test_wait.shared.b64 {}, [%own], %wide; "
     "st.shared.b64 [%own], 5;",
     "rp"},
    {"cp.async.ca.shared.global [%own+8], [fixed+8], 8; cp.async.commit_group; "
     "cp.async.wait_group 0; ld.shared.b64 {}, [%own+8];",
     "l"},
    {"isspacep.shared {}, %generic;", "p"},
    {"cvta.to.shared.u64 %wide, %generic; ld.shared.u32 {}, [%wide+12];", "r"},
};

// Where all threads of a warp are together.
constexpr Form kTogether[] = {
    {"shfl.sync.bfly.b32 {}, {}, {}, 31, 0xffffffff;", "rrn"},
    {"shfl.sync.idx.b32 {}|{}, {}, {}, 0x181f, 0xffffffff;", "rprr"},
    {"shfl.sync.up.b32 {}, {}, {}, 0, 0xffffffff;", "ffn"},
    {"shfl.sync.down.b32 {}|{}, {}, {}, 31, 0xffffffff;", "rprn"},
    {"vote.sync.ballot.b32 {}, {}, 0xffffffff;", "rp"},
    {"vote.sync.any.pred {}, !{}, 0xffffffff;", "pp"},
    {"vote.sync.uni.pred {}, {}, 0xffffffff;", "pp"},
    {"match.any.sync.b32 {}, {}, 0xffffffff;", "rr"},
    {"redux.sync.add.u32 {}, {}, 0xffffffff;", "rr"},
    {"redux.sync.min.s32 {}, {}, 0xffffffff;", "rr"},
    {"redux.sync.xor.b32 {}, {}, 0xffffffff;", "rr"},
    {"bar.warp.sync 0xffffffff; activemask.b32 {};", "r"},
    {"bar.warp.sync 0xffffffff; mov.b32 {}, {};", "rr"},
    {"bar.warp.sync 0xffffffff; ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16 {{{}, {}}}, [%own]; "
     "bar.warp.sync 0xffffffff;",
     "rr"},
    {"mma.sync.aligned.m16n8k8.row.col.f32.f16.f16.f32 {{%f0, %f1, %f2, %f3}}, {{{}, {}}}, {{{}}}, "
     "{{%f0, %f1, %f2, %f3}};",
     "rrr"},
    {"mma.sync.aligned.m16n8k32.row.col.satfinite.s32.u8.u8.s32 {{%r0, %r1, %r2, %r3}}, {{{}, {}, "
     "{}, {}}}, {{{}, {}}}, {{%r4, %r5, %r6, %r7}};",
     "rrrrrr"},
    {"mma.sync.aligned.m16n8k16.row.col.f32.e4m3.e5m2.f32 {{%f0, %f1, %f2, %f3}}, {{{}, {}}}, "
     "{{{}}}, {{%f0, %f1, %f2, %f3}};",
     "rrr"},
    {"mma.sync.aligned.m8n8k4.col.row.f16.f16.f16.f16 {{%r0, %r1, %r2, %r3}}, {{{}, {}}}, {{{}, "
     "{}}}, "
     "{{%r4, %r5, %r6, %r7}};",
     "rrrr"},
    {"mma.sync.aligned.m8n8k32.row.col.s32.s4.u4.s32 {{%r0, %r1}}, {{{}}}, {{{}}}, {{%r4, %r5}};",
     "rr"},
    {"mma.sync.aligned.m16n8k128.row.col.s32.b1.b1.s32.and.popc {{%r0, %r1, %r2, %r3}}, {{{}, "
     "{}}}, "
     "{{{}}}, {{%r4, %r5, %r6, %r7}};",
     "rrr"},
    {"movmatrix.sync.aligned.m8n8.trans.b16 {}, {};", "rr"},
};
// And where all threads of the block are.
constexpr Form kAllTogether[] = {
    {"bar.sync 0; mov.b32 {}, {};", "rr"},
    {"bar.red.popc.u32 {}, 1, {};", "rp"},
    {"bar.red.or.pred {}, 2, !{};", "pp"},
    {"st.shared.u32 [%tile], {1}; bar.sync 0; ld.shared.u32 {0}, [%other]; bar.sync 0;", "rr"},
};
constexpr const char* kSumsForms[] = {
    "red.global.add.u32 [%sums], {};",
    "red.global.min.s32 [%sums+4], {};",
    "red.global.max.u32 [%sums+8], {};",
    "red.global.and.b32 [%sums+12], {};",
    "red.relaxed.gpu.global.or.b32 [%sums+16], {};",
    "atom.global.xor.b32 _, [%sums+20], {};",
};

class Generator {
 public:
  explicit Generator(uint64_t seed) : rng_(seed) {}

  PtxKernel Run() {
    PtxKernel kernel;
    kernel.blocks = 1 + Below(2);
    kernel.threads = 32 * (1 + Below(3));
    out_ = R"(.version 8.7
.target sm_90
.address_size 64
.extern .func (.param .b64 r) malloc(.param .b64 bytes);
.extern .func free(.param .b64 address);
.global .align 16 .b32 fixed[4] = {1, 0x80000000, 0x3f800000, 77};
.const .align 8 .b32 words[4] = {0x12345678, 0xdeadbeef, 0x9999999a, 0x3fb99999};
.func (.param .b32 result) mixed(.param .b32 a, .param .b64 b) {
  .reg .b32 %r<4>;
  .reg .b64 %l<2>;
  .reg .pred %p;
  ld.param.b32 %r0, [a];
  ld.param.b64 %l0, [b];
  cvt.u32.u64 %r1, %l0;
  setp.gt.u32 %p, %r0, %r1;
  @%p bra GREATER;
  xor.b32 %r0, %r0, %r1;
GREATER:
  add.u32 %r0, %r0, 77;
  {
    .param .b64 bytes;
    .param .b64 address;
    st.param.b64 [bytes], 12;
    call (address), malloc, (bytes);
    ld.param.b64 %l1, [address];
  }
  st.b32 [%l1+8], %r0;
  ld.b32 %r0, [%l1+8];
  {
    .param .b64 address;
    st.param.b64 [address], %l1;
    call free, (address);
  }
  st.param.b32 [result], %r0;
  ret;
}
.visible .entry k(.param .u64 out, .param .u64 sums, .param .u64 in) {
  .reg .b16 %h<4>, %half;
  .reg .b32 %r<8>, %f<4>, %t, %own, %tile, %other, %i<9>;
  .reg .b64 %l<4>, %g<4>, %out, %sums, %in, %generic, %at, %wide;
  .reg .pred %p<4>, %q<9>;
  .shared .align 16 .b8 box[1536];
  .shared .align 16 .b8 tiles[384];
  .local .align 16 .b8 local[32];
  ld.param.u64 %out, [out];
  ld.param.u64 %sums, [sums];
  ld.param.u64 %in, [in];
  mov.u32 %r1, %ntid.x;
  mov.u32 %r2, %ctaid.x;
  mov.u32 %r3, %tid.x;
  mov.u32 %tile, tiles;
  mad.lo.u32 %tile, %r3, 4, %tile;
  add.u32 %r4, %r3, 7;
  rem.u32 %r4, %r4, %r1;
  mov.u32 %other, tiles;
  mad.lo.u32 %other, %r4, 4, %other;
  mov.u32 %own, box;
  mad.lo.u32 %own, %r3, 16, %own;
  cvt.u64.u32 %generic, %own;
  cvta.shared.u64 %generic, %generic;
  mad.lo.u32 %t, %r2, %r1, %r3;
  and.b32 %r0, %t, 63;
  mul.wide.u32 %at, %r0, 4;
  add.u64 %in, %in, %at;
  ld.global.u32 %r0, [%in];
  ld.global.nc.u32 %r5, [%in+256];
  ld.global.u32 %r6, [%in+512];
  xor.b32 %r7, %r5, %r6;
  cvt.rn.f32.s32 %f0, %r0;
  mov.b32 %f1, %r5;
  mov.b32 %f2, 0f3F800000;
  mov.b32 %f3, %r6;
  mov.b64 %l0, {%r0, %r5};
  mov.b64 %l1, {%r6, %r7};
  cvt.s64.s32 %l2, %r0;
  mov.b64 %l3, 0;
  cvt.rn.f64.s64 %g0, %l2;
  mov.b64 %g1, %l0;
  mov.b64 %g2, 0d3FF8000000000000;
  cvt.f64.f32 %g3, %f0;
  cvt.u16.u32 %h0, %r0;
  cvt.u16.u32 %h1, %r5;
  mov.b16 %h2, 0x3c00;
  mov.b16 %h3, 0x8001;
  setp.lt.u32 %p0, %r0, %r5;
  setp.eq.u32 %p1, %r3, 5;
  mov.pred %p2, 1;
  mov.pred %p3, 0;
  st.shared.v4.u32 [%own], {%r0, %r5, %r6, %r7};
  st.shared.u32 [%tile], %r0;
  st.local.v4.u32 [local], {%r0, %r5, %r6, %r7};
  st.local.v4.u32 [local+16], {%r0, %r5, %r6, %r7};
  add.cc.u32 %i0, %r0, %r5;
  bar.sync 0;
)";
    const uint32_t count = 10 + Below(40);
    for (uint32_t i = 0; i < count; ++i) Statement(0);
    out_ += R"(  mul.lo.u32 %i0, %t, 224;
  cvt.u64.u32 %at, %i0;
  add.u64 %out, %out, %at;
)";
    uint32_t slot = 0;
    for (uint32_t i = 0; i < 8; ++i) Store("u32", "r", i, slot++);
    for (uint32_t i = 0; i < 4; ++i) Store("b32", "f", i, slot++);
    for (uint32_t i = 0; i < 4; ++i) Store("b64", "l", i, slot++);
    for (uint32_t i = 0; i < 4; ++i) Store("b64", "g", i, slot++);
    for (uint32_t i = 0; i < 4; ++i) Store("b16", "h", i, slot++);
    for (uint32_t i = 0; i < 4; ++i) {
      AppendFormat(out_, "  selp.u32 %i0, 1, 0, %p{};\n", i);
      Store("u32", "i", 0, slot++);
    }
    out_ += "  @%p0 exit;\n  ret;\n}\n";
    kernel.program = {std::move(out_), std::move(parts_)};
    return kernel;
  }

 private:
  uint32_t Below(uint32_t n) { return static_cast<uint32_t>(rng_.Below(n)); }
  bool Chance(uint32_t percent) { return Below(100) < percent; }

  void Store(const char* type, const char* kind, uint32_t index, uint32_t slot) {
    AppendFormat(out_, "  st.global.{} [%out+{}], %{}{};\n", type, 8 * slot, kind, index);
  }

  std::string Operand(char kind) {
    switch (kind) {
      case 'n':
        return std::to_string(Below(32));
      case 'x':
        return Format("0x{:x}", static_cast<uint32_t>(rng_.Next() >> Below(33)));
      case 'r':
        return Format("%r{}", Below(8));
      default:
        return Format("%{}{}", kind, Below(4));
    }
  }

  std::string Instruction(const Form& form) {
    std::vector<std::string> operands;
    for (const char* o = form.operands; *o != 0; ++o) operands.push_back(Operand(*o));
    std::string out;
    size_t next = 0;
    for (const char* c = form.text; *c != 0; ++c) {
      if ((*c == '{' || *c == '}') && c[1] == *c) {
        out += *c++;
      } else if (*c == '{') {
        const bool numbered = c[1] != '}';
        const size_t which = numbered ? static_cast<size_t>(c[1] - '0') : next++;
        out += operands[which];
        c += numbered ? 2 : 1;
      } else {
        out += *c;
      }
    }
    return out;
  }

  template <size_t N>
  const Form& Pick(const Form (&forms)[N]) {
    return forms[Below(N)];
  }

  // A guard before each instruction of the text.
  static std::string Guarded(const std::string& text, const std::string& guard) {
    std::string out;
    for (size_t at = 0; at < text.size();) {
      const size_t end = text.find(';', at);
      if (end == std::string::npos) break;
      const size_t begin = text.find_first_not_of(' ', at);
      out += guard + " " + text.substr(begin, end - begin + 1) + " ";
      at = end + 1;
    }
    return out;
  }

  // `depth`: how many branches the statement stands in that not all threads need take.
  void Statement(uint32_t depth) {
    const size_t begin = out_.size();
    const std::string indent(2 * depth + 2, ' ');
    const uint32_t what = Below(100);
    if (what < 60) {
      out_ += indent + Instruction(Pick(kForms)) + "\n";
    } else if (what < 72) {
      const std::string guard = (Chance(50) ? "@" : "@!") + Operand('p');
      out_ += indent + Guarded(Instruction(Pick(kForms)), guard) + "\n";
    } else if (what < 80 && depth == 0) {
      out_ += indent + Instruction(Chance(60) ? Pick(kTogether) : Pick(kAllTogether)) + "\n";
    } else if (what < 85) {
      out_ += indent + Instruction({kSumsForms[Below(std::size(kSumsForms))], "r"}) + "\n";
    } else if (what < 90 && depth < 3) {
      const uint32_t label = labels_++;
      AppendFormat(out_, "{}@{}{} bra L{};\n", indent, Chance(50) ? "" : "!", Operand('p'), label);
      for (uint32_t i = 1 + Below(3); i > 0; --i) Statement(depth + 1);
      if (Chance(50)) {
        AppendFormat(out_, "{}bra M{};\nL{}:\n", indent, label, label);
        for (uint32_t i = 1 + Below(2); i > 0; --i) Statement(depth + 1);
        AppendFormat(out_, "M{}:\n", label);
      } else {
        AppendFormat(out_, "L{}:\n", label);
      }
      out_ += indent + "mov.b32 %i8, 0;\n";
    } else if (what < 95 && depth < 3) {
      const uint32_t label = labels_++;
      AppendFormat(out_, "{}and.b32 %i{}, {}, 7;\nL{}:\n", indent, depth, Operand('r'), label);
      for (uint32_t i = 1 + Below(3); i > 0; --i) Statement(depth + 1);
      AppendFormat(out_,
                   "{0}sub.u32 %i{1}, %i{1}, 1;\n{0}setp.gt.s32 %q{1}, %i{1}, 0;\n{0}@%q{1} bra "
                   "L{2};\n",
                   indent, depth, label);
    } else {
      AppendFormat(out_,
                   "{}{{ .param .b32 a; .param .b64 b; .param .b32 c; st.param.b32 [a], {}; "
                   "st.param.b64 [b], {}; call.uni (c), mixed, (a, b); ld.param.b32 {}, [c]; }}\n",
                   indent, Operand('r'), Operand('l'), Operand('r'));
    }
    parts_.emplace_back(begin, out_.size());
  }

  Rng rng_;
  std::string out_;
  std::vector<std::pair<size_t, size_t>> parts_;
  uint32_t labels_ = 0;
};

}  // namespace

PtxKernel GeneratePtx(uint64_t seed) { return Generator(seed).Run(); }

}  // namespace ws::referee
