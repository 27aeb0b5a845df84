#include "ir/reader/read.h"

#include <string>
#include <vector>

#include "base/arena_memory.h"
#include "diag/render.h"
#include "ir/print.h"
#include "ir/ptx.h"
#include "ir/ptx_program.h"
#include "ir/reader/grammar.h"
#include "ir/verify.h"
#include "tests/test.h"

namespace ws::ir {
namespace {

constexpr char kHead[] = ".version 8.0\n.target sm_90\n.address_size 64\n";

std::string Module(const std::string& body, const std::string& before = {},
                   const std::string& head = kHead) {
  return head + before +
         ".visible .entry k(.param .u64 p) {\n"
         ".reg .pred %p<9>; .reg .b16 %h<9>; .reg .b32 %r<9>; .reg .b64 %rd<9>;\n"
         ".reg .f32 %f<9>; .reg .f64 %d<9>;\n" +
         body + "\nret;\n}\n";
}

// The ids of what is reported.
std::vector<std::string> Problems(const std::string& text) {
  const PtxProgram program("k.ptx", text);
  std::vector<std::string> ids;
  for (const diag::Rendered& r : program.diagnostics()) ids.push_back(r.id);
  if (program.ok()) {
    EXPECT_TRUE(Verify(program.module()).empty()) << text;
  }
  return ids;
}

using Strings = std::vector<std::string>;

TEST(PtxReader, TakesWhatPtxasTakes) {
  for (const char* good : {
           "mov.b32 %r1, 0f3F800000;",
           "mov.f32 %f1, 1.5;",
           "cvt.u32.u8 %r1, %rd1;",
           "cvt.u8.u32 %h1, %r2;",
           "ld.global.s8 %rd2, [%rd1];",
           "st.global.u8 [%rd1], %rd2;",
           "add.f64 %d1, %d2, 0f3F800000;",
           "add.u16 %h1, %h2, 70000;",
           "mov.pred %p1, 1;",
           "and.pred %p1, %p2, 1;",
           "bra.uni L; L:",
           "mov.u32 %r1, WARP_SZ;",
           "cvt.u32.u16 %r1, %tid.x;",
           "mov.b64 %rd2, {%r1, %f1};",
           "mov.u64 %rd2, p;",
           "ld.param.u32 %r1, [p+4];",
           "ld.param.v2.u32 {%r1, %r2}, [p];",
           "st.global.v2.f32 [%rd1], {%f1, 0f00000000};",
           "vote.sync.ballot.b32 %r1, 1, -1;",
           "shfl.sync.bfly.b32 %f1|%p1, %f2, 1, 31, -1;",
           "cvt.rni.f32.f32 %f1, %f2;",
           "setp.lt.and.s32 %p1|%p2, %r1, %r2, !%p3;",
           "mad.wide.s32 %rd1, %r1, 4, %rd2;",
           "{ .reg .b32 %r<2>; mov.u32 %r1, %r5; L: bra L; } { L: bra L; }",
           ".reg .v4 .f32 v; mov.f32 v.x, 1.0; ld.global.v4.f32 v, [%rd1];",
           "ld.global.nc.L1::no_allocate.L2::128B.v4.u32 {%r1, %r2, %r3, %r4}, [%rd1+-16];",
           ".loc 1 3 4\n$L__BB0_1: .loc 1 4 5, function_name $L__info, inlined_at 1 3 4\n",
           "ts: .branchtargets A, B; brx.idx %r1, ts; A: ret; B: ret;",
           "mov.u64 %rd1, %globaltimer; mov.u32 %r1, %envreg2; mov.u32 %r2, %clock_hi;",
           "mov.u32 %r1, (1 << 4) + 3 * -2;",
           "mov.u32 %r1, %clusterid.x; mov.v4.u32 {%r1, %r2, %r3, %r4}, %nclusterid;",
           "cp.async.cg.shared.global [%r1], [%rd1], 16, 8;",
           "red.global.add.noftz.f16x2 [%rd1], %r1;",
           "cvt.rna.tf32.f32 %r1, %f1;",
           "createpolicy.fractional.L2::evict_last.b64 %rd1, 0.5; "
           "createpolicy.fractional.L2::evict_first.L2::evict_unchanged.b64 %rd2;",
           "getctarank.shared::cluster.u32 %r1, %r2; mapa.u64 %rd1, %rd2, 0;",
           "cvt.rn.satfinite.relu.e5m2x2.f32 %h1, %f1, %f2;",
           "cvt.pack.sat.s2.s32.b32 %r1, %r2, %r3, %r4;",
           "vadd.u32.u32.u32 %r1.b1, %r2.h0, 5, %r3;",
           "vmad.s32.s32.u32.sat.shr7 %r1, -%r2.b0, %r3.h1, %r4;",
           "vadd4.s32.s32.u32.add %r1.b310, %r2.b7531, %r3.b0000, %r4;",
           "mov.v4.u16 {%h1, %h2, %h3, %h4}, %tid;",
           "mov.u16 %h1, %ctaid.y;",
           "alloca.u64 %rd1, %rd2, 16; stacksave.u64 %rd2; stackrestore.u64 %rd2;",
           "{ .shared .b64 b; mbarrier.arrive.noComplete.release.cta.shared.b64 %rd1, "
           "[b], 3; }",
           "mbarrier.try_wait.parity.acquire.cta.shared::cta.b64 %p1, [%r1], %r2, %r3;",
           "mma.sync.aligned.m8n8k4.col.row.f32.f16.f16.f16 {%f1, %f2, %f3, %f4, %f5, "
           "%f6, %f7, %f8}, {%r1, %r2}, {%r3, %r4}, {%r5, %r6, %r7, %r8};",
           "wgmma.fence.sync.aligned; wgmma.commit_group.sync.aligned; "
           "wgmma.wait_group.sync.aligned 0;",
           "add.f32.ftz.rn %f1, %f2, %f3;",
           "ld.u32.global %r1, [%rd1];",
           ".reg .u32 a<30>; mov.u32 a01, a1;",
           ".reg .u32 a1<5>; mov.u32 a13, 1;",
           ".reg .v2 .u32 w<3>; mov.v2.u32 w1, {%r1, 5}; add.u32 w1.x, w1.y, w2.r;",
           ".reg .v4 .f32 v; mov.v4.f32 v, {%f1, %f2, %f3, %f4};",
           ".reg .b8 c<4>; mov.b32 %r1, {c0, c1, c2, c3};",
           "mov.u32 %r1, 0 ? 2 : 3 + 4;",
           "mov.b64 %rd2, 0x1FFFFFFFFFFFFFFFF;",
           "mov.f32 %f1, 1.5 + .5;",
           "ld.u32 %r1, [%rd1+4294967296];",
           "lop3.b32 %r1, %r2, %r3, %r4, 256;",
           "ld.local.u32 %r1, [16];",
           "fence.gpu; membar.cta; fence.proxy.alias;",
           "barrier.cta.sync.aligned 3, 64; bar.cta.arrive 15, %r1;",
           "# 12 \"k.cu\"\nmov.u32 %r1, 1;",
           "setp.lt.s32 _|%p2, %r1, %r2; setp.eq.f32 %p1|_, %f1, %f2;",
           "atom.relaxed.cluster.shared::cluster.add.u32 %r1, [%rd1], %r2;",
           "ld.relaxed.gpu.global.L1::no_allocate.L2::cache_hint.v4.f32 {%f1,%f2,%f3,%f4}, [%rd1], "
           "%rd2;",
           ".shared .b32 s[9]; mov.u32 %r1, s[3]; ld.shared.u32 %r2, s[2]; ld.shared.u32 %r3, "
           "s[%r2];",
           "add.s32 %r1, %r2+4, %r3; cvt.u64.u32 %rd1, %r1+1000; ld.global.u32 %r1, [%rd1+4+4];",
           ".reg .f16x2 v<3>; add.u32 v1, v2, %r1; fma.rn.f16x2 %r1, v1, v2, %r2; mov.b32 %f1, v1;",
           "mov.u32 %r1, (WARP_SZ); cvt.u64.u32 %rd1, 18446744073709551616;",
           "barrier.cluster.arrive.relaxed.aligned; barrier.cluster.wait.acquire;",
           "ts: .branchtargets L<3>; brx.idx %r1, ts; L0: L1: L2: ret;",
       }) {
    EXPECT_EQ(Problems(Module(good)), Strings()) << good;
  }
}

TEST(PtxReader, RefusesWhatPtxasRefuses) {
  for (const char* bad : {
           "add.f32 %f1, %f2, 1;",
           "ld.s32 %d1, [%rd1];",
           "st.u64 [%d1], %rd1;",
           "mul.f32 %f1, %f2|_, %f3;",
           "cvt.rn.bf16.u16 %h1, %r1;",
           "cvt.rn.f32.u32 %f1, %tid.x;",
           "cvt.s64.s8 %rd1, !%r1;",
           "add.u32 %r1+4, %r2, %r3;",
           "ld.u64 %rd1, [p];",
           ".reg .f16x2 v<3>; mov.f32 %f1, v1;",
           ".shared .b32 s[9]; ld.global.u32 %r2, s[2];",
           ".shared .b32 s[9]; mov.u32 %r1, [s[3]];",
           "shf.wrap.l.b32 %r1, %r2, %r3, 4;",
           "vmin.s32.u32.u32.sat %r1, %r2, %f1;",
           "mov.f32 %f1, 1;",
           "mov.b32 %r1, 1.5;",
           "add.s32 %r1, %tid.x, 1;",
           "add.s32 %r1, %f2, 1;",
           "add.s64 %rd2, %r1, 1;",
           "mov.u32 %r1, %rd1;",
           "mov.b64 %rd2, %r1;",
           "shl.b32 %r1, %r2, %h1;",
           "and.b32 %r1, %r2, !%r1;",
           "ld.global.u64 %r1, [%rd1];",
           "cvt.rn.f32.f32 %f1, %f2;",
           "cvt.f32.s32 %f1, %r1;",
           "cvt.s32.f32 %r1, %f1;",
           "cvt.rz.f64.f32 %d1, %f1;",
           "cvt.rni.f64.f32 %d1, %f1;",
           "atom.global.cas.b16 %r1, [%rd1], %r2, %r1;",
           "selp.f32 %f1, 1, %f2, %p1;",
           "st.const.u32 [%rd1], %r1;",
           "bra %r1;",
           "call k;",
           "mov.u32 %r10, 1;",
           "add.s32 %r1, %r2, %r3, %r4;",
           "setp.lo.f32 %p1, %f1, %f2;",
           "mul.lo.f32 %f1, %f2, %f3;",
           "rem.f32 %f1, %f2, %f3;",
           "mov.u32 %r1, 1 +;",
           "L: L: ret;",
           "red.global.exch.b32 [%rd1], %r1;",
           "cvt.rn.satfinite.tf32.f32 %r1, %f1;",
           "cvt.rn.e4m3x2.f32 %h1, %f1, %f2;",
           "cvt.pack.sat.u8.s32 %r1, %r2, %r3;",
           "vadd.u32.u32.u32.min %r1.h1, %r2, %r3, %r4;",
           "vadd.u32.u32.u32 %r1, -%r2, %r3;",
           "vmad.s32.s32.s32 %r1, -%r2, %r3, -%r4;",
           "vadd4.s32.s32.u32 %r1.b01, %r2, %r3, %r4;",
           "vadd4.s32.s32.u32.add %r1, %r2, %r3, 0;",
           "vadd2.s32.s32.u32.sat.add %r1, %r2, %r3, %r4;",
           "add.u32 %r1, %r2.b0, %r3;",
           "mov.u16 %h1, %laneid;",
           "mov.v2.u32 {%r1, %r2}, %tid;",
           "alloca.u64 %rd1, 64, 3;",
           "mbarrier.arrive.release.gpu.shared.b64 %rd1, [%r1];",
           "mbarrier.test_wait.parity.shared.b64 %p1, [%r1], %r2, %r3;",
           "mma.sync.aligned.m16n8k16.row.col.f16.f16.f16.f32 {%r1, %r2}, {%r1, %r2, %r3, "
           "%r4}, {%r5, %r6}, {%f1, %f2, %f3, %f4};",
           "wmma.load.a.sync.aligned.col.m8n8k32.s4 {%r1}, [%rd1];",
           "wgmma.wait_group.sync.aligned %r1;",
           "cp.async.bulk.wait_group %r1;",
           "cp.async.cg.shared.global [%r1], [%rd1], 8;",
           "cp.async.ca.shared.global [%r1], [%rd1], 8, 9;",
           ".reg .u32 %r1;",
           ".reg .u32 a5; .reg .u32 a<7>;",
           ".reg .u32 a<3>, a2;",
           "mov.u32 %r1, 5 / 0;",
           "mov.f32 %f1, 1e400;",
           "mov.f32 %f1, 1.5 * 2;",
           "mov.f32 %f1, -0f3F800000;",
           "ld.global.u32 %r1, [0];",
           "ld.u32 %r1, [%rd1 - 4];",
           "ld.global.v8.u32 {%r1,%r2,%r3,%r4,%r5,%r6,%r7,%r8}, [%rd1];",
           "div.f32 %f1, %f2, %f3;",
           "sqrt.f64 %d1, %d2;",
           "fma.f32 %f1, %f2, %f3, %f4;",
           "rcp.f32 %f1, %f2;",
           "add.ftz.f64 %d1, %d2, %d3;",
           "add.ftz.ftz.f32 %f1, %f2, %f3;",
           "mul.s32.lo %r1, %r2, %r3;",
           "abs.u32 %r1, %r2;",
           "neg.u64 %rd1, %rd2;",
           "membar;",
           "fence.acq_rel;",
           "setp.lo.s32 %p1, %r1, %r2;",
           "cvt.sat.u32.u32 %r1, %r2;",
           "bar.sync 16;",
           "bar.sync 0, 33;",
           "bfe.u32 %r1, %r2, 300, 4;",
           "shfl.up.b32 %r1, %r2, 1, 31;",
           "vote.all.pred %p1, %p2;",
           "atom.add.s64 %rd1, [%rd2], %rd3;",
           "mov.b32 %r1, {%r2, %r3};",
           "mov.u64 %rd1, {%r2, %r3};",
           "mov.b64 {_, _}, %rd1;",
           "add.s32 _, %r1, %r2;",
           "add.s32 %r1|%p1, %r2, %r3;",
           "add.f16x2 %r1, %r2, %f1;",
           "shfl.sync.up.b32 %r1, %r2, 1, 31, %f1;",
           "elect.sync %r1, %r2;",
           "match.any.sync.b32 %r1|%p1, %r2, -1;",
           "setmaxnreg.inc.sync.aligned.u32 64;",
           "add.u64 %rd1, p, 1;",
           "#define x\n",
           "mov.u32 %r1, 1;;",
           ".pragma nounroll;",
           ".loc 1 2 3;",
           "brx %r1, L; L:",
       }) {
    EXPECT_FALSE(Problems(Module(bad)).empty()) << bad;
  }
}

TEST(PtxReader, TakesModulesThatPtxasTakes) {
  for (const char* good : {
           ".global .u32 b; .global .u8 a[2] = {0xff(b), 0xff00(generic(b)+4)};",
           ".global .u32 b; .global .u32 a = b;",
           ".entry j(.param .b128 a, .param .u64 .ptr .global .align 16 b) {ret;}",
           ".global .align 16 .b128 a[2]; .global .align 65536 .u32 b;",
           ".attribute(.managed) .global .u32 a;",
           ".global .texref a = {width=5};",
           ".section .debug_info { .b8 1,2 .b32 5 .b64 .debug_abbrev L1: .b8 0 .b64 L2-L1 L2: }",
           ".func (.param .align 4 .b8 r[8]) f() {ret;} .entry j() { call (_), f; ret; }",
           ".global .v4 .f32 a[2] = {{1.0,2.0,3.0,4.0},{1.0,2.0,3.0,4.0}};",
           ".extern .shared .align 4 .b8 s[]; .extern .shared .align 4 .b8 s[];",
       }) {
    EXPECT_EQ(Problems(Module("", std::string(good) + "\n")), Strings()) << good;
  }
}

TEST(PtxReader, RefusesModulesThatPtxasRefuses) {
  for (const char* bad : {
           ".func (.param .u32 r) f() {ret;} .entry j() {call f; ret;}",
           ".func f(.param .align 8 .b8 a[8]) {ret;}"
           ".entry j() {.param .align 4 .b8 x[8]; call f, (x); ret;}",
           ".func f(.param .u32 a); .func f(.param .f32 a) {ret;}",
           ".extern .func f(); .visible .func f() {ret;}",
           ".entry j() .reqntid 0 {ret;}",
           ".entry j() .reqntid 32 .maxntid 32 {ret;}",
           ".entry j() .maxntid 128,2,1,1 {ret;}",
           ".entry j() .noreturn {exit;}",
           ".entry j(.param .pred a) {ret;}",
           ".entry j(.param .v2 .u32 a) {ret;}",
           ".const .u8 a[70000];",
           ".const .u8 a[65536], b;",
           ".global .u32 a[2][2] = {1,2,3,4};",
           ".global .u32 a[2] = {1,};",
           ".global .f32 a = 1;",
           ".global .u64 a = 1.5;",
           ".global .f16 a = 1.5;",
           ".global .u32 a[];",
           ".extern .global .u32 a; .global .u32 a = 3;",
           ".global .pred a;",
           ".visible .weak .func f() {ret;}",
           ".tex .u32 a;",
           ".target sm_90",
           ".loc 1 2 3",
           ";",
           ".section .debug_info { .b8 1 ; }",
           ".visible .func f() {ret;} .alias g,f;",
           ".func f() {ret;} .func g() {ret;} .alias g,f;",
           ".func f() {ret;} .func g(.param .b32 a); .alias g,f;",
           ".func f() {ret;} .alias f,f;",
           ".entry f() {ret;} .func g(); .alias g,f;",
       }) {
    EXPECT_FALSE(Problems(Module("", std::string(bad) + "\n")).empty()) << bad;
  }
}

// What a module may contain depends on what its head says.
TEST(PtxReader, FollowsTargetAndVersion) {
  const std::string old = ".version 3.0\n.target sm_30\n.address_size 64\n";
  const std::string volta = ".version 6.3\n.target sm_70\n.address_size 64\n";
  const char* const unsynchronised =
      "shfl.up.b32 %r1|%p1, %r2, 1, 0; vote.all.pred %p1, !%p2; vote.ballot.b32 %r1, %p1;";
  EXPECT_EQ(Problems(Module(unsynchronised, "", old)), Strings());
  EXPECT_EQ(Problems(Module(unsynchronised, "", volta)), Strings());
  EXPECT_EQ(Problems(Module("shfl.up.b32 %r1, %r2, 1, 0;")), Strings{"ptx-gone"});
  EXPECT_EQ(Problems(Module("mad.f32 %f1, %f2, %f3, %f4;", "", old)), Strings());
  EXPECT_EQ(Problems(Module("bar.warp.sync -1;", "", old)), Strings{"ptx-needs-version"});
  EXPECT_EQ(Problems(Module("ld.global.nc.u32 %r1, [%rd1];", "", old)),
            Strings{"ptx-needs-target"});
  EXPECT_EQ(Problems(Module("redux.sync.add.u32 %r1, %r2, -1;", "", volta)),
            Strings{"ptx-needs-target"});
  EXPECT_EQ(
      Problems(Module("setmaxnreg.inc.sync.aligned.u32 64;", "", ".version 8.0\n.target sm_90a\n")),
      Strings());
  EXPECT_EQ(Problems(Module("", "", ".version 9.9\n.target sm_90\n")), Strings{"ptx-version"});
  EXPECT_EQ(Problems(Module("", "", ".version 8.0\n.target sm_99\n")), Strings{"ptx-target"});
  EXPECT_EQ(Problems(Module("", "", ".version 6.0\n.target sm_80\n")),
            Strings{"ptx-needs-version"});
  EXPECT_EQ(Problems(Module("", "", ".version 6.0\n")), Strings{"expected"});
}

// Every word of grammar.def is a word of PTX, and every opcode there an instruction.
TEST(PtxReader, GrammarKnowsItsWords) {
  using namespace reader;
  std::string known = " ";
  for (uint32_t i = 0; i < static_cast<uint32_t>(Mod::kCount); ++i) {
    known += std::string(InfoOf(static_cast<Mod>(i)).spelling) + " ";
  }
  for (uint32_t i = 0; i < kNumOpcodes; ++i) known += std::string(OpcodeAt(i).spelling) + " ";
  for (uint32_t i = 0; i < kNumGrammarRows; ++i) {
    const GrammarRow row = GrammarRowAt(i);
    EXPECT_NE(known.find(" " + std::string(row.opcode) + " "), std::string::npos) << row.opcode;
    std::string word;
    for (const char c : std::string(row.words) + " ") {
      if (c != ' ' && c != '|' && c != '?' && c != '^') {
        word += c;
        continue;
      }
      const bool is_shape = word.starts_with(".m") && word.find('n') != std::string::npos &&
                            word.find('k') != std::string::npos;
      EXPECT_TRUE(word.empty() || is_shape || known.find(" " + word + " ") != std::string::npos)
          << word;
      word.clear();
    }
  }
}

TEST(PtxReader, TargetsAndVersionsOfDirectives) {
  const auto with = [](const char* head, const char* text) {
    return Problems(std::string(head) + "\n.address_size 64\n" + text + "\n");
  };
  for (const char* newer :
       {".func f() .abi_preserve 3 {ret;}",
        ".entry j() .blocksareclusters .reqnctapercluster 1 .reqntid 32 {ret;}"}) {
    EXPECT_EQ(with(".version 9.0\n.target sm_90", newer), Strings()) << newer;
    EXPECT_EQ(with(".version 8.8\n.target sm_90", newer), Strings{"ptx-needs-version"}) << newer;
  }
  EXPECT_EQ(with(".version 8.0\n.target compute_90a",
                 ".entry k() { setmaxnreg.inc.sync.aligned.u32 64; }"),
            Strings());
  EXPECT_EQ(with(".version 8.0\n.target compute_99", ".entry k() { ret; }"), Strings{"ptx-target"});
}

TEST(PtxReader, OneMistakeDoesNotHideTheNext) {
  EXPECT_EQ(Problems(Module("add.s32 %r1, %r2;\nadd.s64 %rd1, %r1, 1;\nfoo;")),
            (Strings{"ptx-operand-count", "ptx-type", "ptx-instruction"}));
}

TEST(PtxReader, DeepAndEmptyTexts) {
  EXPECT_EQ(Problems(""), Strings{"expected"});
  EXPECT_FALSE(Problems(std::string(100000, '{')).empty());
  EXPECT_FALSE(Problems(Module(std::string(100000, '{'))).empty());
  EXPECT_FALSE(Problems(Module("mov.u32 %r1, " + std::string(100000, '(') + ";")).empty());
  EXPECT_FALSE(Problems(Module("mov.u32 %r1, " + std::string(100000, '-') + "1;")).empty());
  EXPECT_FALSE(Problems(Module(".reg .b32 %q<4000000000>;")).empty());
  EXPECT_EQ(Problems(Module(".reg .b32 %q<2000000000>; mov.u32 %q1999999999, 1;")), Strings());
  EXPECT_FALSE(Problems(Module("", ".global .u32 x[99999999999][99999999999];\n")).empty());
  EXPECT_FALSE(Problems(Module("", ".global .u32 x[1 << 39] = {1};\n")).empty());
}

TEST(PtxReader, FunctionsOfRegistersAndBrokenOnes) {
  EXPECT_EQ(Problems(Module("call (%r1), f, (%r2);\ncall (%r1), f, (3);",
                            ".func (.reg .u32 r) f(.reg .u32 a) { add.u32 r, a, 1; ret; }\n")),
            Strings());
  EXPECT_EQ(Problems(Module("call f;", ".extern .func f\n")), Strings{"ptx-undefined-function"});
  EXPECT_FALSE(Problems(Module("call f;", ".func f .frobnicate\n")).empty());
  EXPECT_EQ(Problems(Module("istypep.samplerref %p2, %rd2; istypep.texref %p1, %rd1;"
                            "cvt.rn.satfinite.e2m1x2.f32 %h1, %f1, %f2;")),
            (Strings{"ptx-not-executed", "ptx-not-executed", "ptx-needs-target"}));
}

// What is printed of what was read reads as the same again.
TEST(PtxReader, PrintingIsAFixedPoint) {
  const PtxProgram first("k.ptx", Module("mov.u32 %r1, %tid.x;\n"
                                         "@%p1 add.s32 %r2, %r1, 5;\n"
                                         "setp.lt.u32 %p2, %r2, 9;\n"
                                         "@%p2 bra L;\n"
                                         "st.global.v2.u32 [%rd1+8], {%r1, %r2};\n"
                                         "L: bar.sync 0;\n"
                                         "lop3.b32 %r3, %r1, %r2, %r1, 0x96;\n"
                                         "min.NaN.f32 %f1, %f2, %f3;\n"));
  ASSERT_TRUE(first.ok()) << diag::ToText(first.diagnostics());
  const std::string once = ToPtx(first.module());
  const PtxProgram second("k.ptx", once);
  ASSERT_TRUE(second.ok()) << diag::ToText(second.diagnostics()) << once;
  const std::string twice = ToPtx(second.module());
  const PtxProgram third("k.ptx", twice);
  ASSERT_TRUE(third.ok());
  EXPECT_EQ(ToPtx(third.module()), twice);
}

TEST(PtxReader, LinksKernelsThatAreDeclared) {
  ArenaMemory memory;
  ws::ir::Module module(memory.arena());
  module.sources = diag::SourceMap(memory.arena());
  Param param;
  param.name = "p";
  param.type = Type::kU64;
  param.bytes = 8;
  module.params.push_back(param);
  Function f;
  f.name = "declared";
  f.kind = FunctionKind::kKernel;
  f.num_params = 1;
  f.param_bytes = 8;
  module.functions.push_back(f);
  const PtxLink links[] = {{"k", FunctionId(0), {}}};
  diag::Sink sink(memory.arena());
  const std::string text = Module("");
  ASSERT_TRUE(ReadPtx(memory.arena(), "k.ptx", text, {.links = links}, sink, module));
  EXPECT_EQ(module.functions.size(), 1u);
  EXPECT_EQ(module.functions[0].name, "declared");
  EXPECT_GT(module.functions[0].num_blocks, 0u);
  // Other parameters than those that launches pass.
  module.functions[0].num_blocks = 0;
  module.params[0].bytes = 4;
  diag::Sink again(memory.arena());
  EXPECT_FALSE(ReadPtx(memory.arena(), "k.ptx", text, {.links = links}, again, module));
}

}  // namespace
}  // namespace ws::ir
