// Kernels in PTX that no CUDA source here gives: what they compute.
#include <cstdint>
#include <string>

#include "tests/ptx_run.h"
#include "tests/test.h"

namespace ws {
namespace {

TEST(PtxPrograms, BarriersReduce) {
  const Ran ran = RunPtx(Kernel(R"(
  setp.lt.u32 %p0, %t, 40;
  bar.red.popc.u32 %r0, 0, %p0;
  bar.red.and.pred %p1, 1, %p0;
  barrier.cta.red.or.pred.aligned %p2, 1, 96, !%p0;
  selp.u32 %r1, 100, 200, %p1;
  selp.u32 %r2, 1000, 2000, %p2;
  add.u32 %r0, %r0, %r1;
  add.u32 %r0, %r0, %r2;
  st.global.u32 [%out], %r0;
  ret;
)"),
                         96, 96);
  EXPECT_EQ(FirstFinding(ran), "");
  for (const uint32_t v : ran.out) EXPECT_EQ(v, 40u + 200u + 1000u);
}

// The first warp fills, the second waits for it: named barriers (PTX ISA, bar.arrive).
TEST(PtxPrograms, ArrivingIsEnoughForTheProducer) {
  const Ran ran = RunPtx(Kernel(R"(
  .shared .align 4 .b8 box[128];
  setp.lt.u32 %p0, %t, 32;
  mov.u32 %r1, box;
  and.b32 %r2, %t, 31;
  shl.b32 %r3, %r2, 2;
  add.u32 %r1, %r1, %r3;
  @!%p0 bra CONSUMER;
  mul.lo.u32 %r4, %t, 3;
  st.shared.u32 [%r1], %r4;
  bar.arrive 5, 64;
  ret;
CONSUMER:
  bar.sync 5, 64;
  ld.shared.u32 %r5, [%r1];
  st.global.u32 [%out], %r5;
  ret;
)"),
                         64, 64);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t i = 32; i < 64; ++i) EXPECT_EQ(ran.out[i], 3 * (i - 32));
}

// Before sm_70 these meant the lanes that are there.
TEST(PtxPrograms, ExchangesOfOldTargets) {
  const Ran ran = RunPtx(Kernel(R"(
  setp.lt.u32 %p0, %t, 40;
  vote.ballot.b32 %r0, %p0;
  vote.all.pred %p1, %p0;
  shfl.up.b32 %r1|%p2, %t, 1, 0;
  selp.u32 %r2, 1000, 0, %p1;
  popc.b32 %r0, %r0;
  add.u32 %r0, %r0, %r2;
  mad.lo.u32 %r0, %r1, 10000, %r0;
  st.global.u32 [%out], %r0;
  ret;
)"),
                         64, 64, {}, {}, ".version 3.0\n.target sm_30\n");
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t i = 0; i < 64; ++i) {
    const uint32_t from = i % 32 == 0 ? i : i - 1;
    EXPECT_EQ(ran.out[i], from * 10000 + (i < 32 ? 1032u : 8u)) << i;
  }
}

TEST(PtxPrograms, VectorsAndWideRegistersMove) {
  const Ran ran = RunPtx(Kernel(R"(
  .reg .v2 .u32 v<2>;
  .reg .b128 q<2>;
  .reg .u32 a<12>;
  mov.v2.u32 v0, {3, 4};
  mov.v2.u32 v0, {v0.y, v0.x};
  mad.lo.u32 %r0, v0.x, 10, v0.y;
  mov.b64 %rd1, {%r0, 7};
  mov.b128 q0, {%rd1, %rd1};
  mov.b128 q1, q0;
  mov.b128 {%r1, %r2, %r3, %r4}, q1;
  mov.u32 a007, 5;
  mad.lo.u32 %r0, %r3, 100, %r4;
  mad.lo.u32 %r0, %r0, 10, a7;
  st.global.u32 [%out], %r0;
  ret;
)"),
                         1, 1);
  EXPECT_EQ(FirstFinding(ran), "");
  EXPECT_EQ(ran.out[0], (43u * 100 + 7) * 10 + 5);
}

TEST(PtxPrograms, ConstantsAndPartsOfAddresses) {
  const Ran ran = RunPtx(R"(
.global .align 8 .u32 here[2] = {11, 22};
.global .align 8 .u8 bytes[8] = {0xff(generic(here)+4), 0xff00(generic(here)+4),
  0xff0000(generic(here)+4), 0xff000000(generic(here)+4), 0xff00000000(generic(here)+4),
  0xff0000000000(generic(here)+4), 0xff000000000000(generic(here)+4),
  0xff00000000000000(generic(here)+4)};
)" + Kernel(R"(
  mov.u64 %rd1, bytes;
  ld.global.u64 %rd2, [%rd1];
  ld.u32 %r0, [%rd2];
  mov.u32 %r1, 0 ? 5 : -7 >> 1 == -4 ? 100 : 200;
  add.u32 %r0, %r0, %r1;
  mov.u32 %r1, (7U - 8 > 0) * 1000 + (1 << 65) * 1000;
  add.u32 %r0, %r0, %r1;
  sub.u64 %rd2, %rd2, 4294967296;
  ld.u32 %r1, [%rd2+4294967292];
  mad.lo.u32 %r0, %r1, 10000, %r0;
  st.global.u32 [%out], %r0;
  ret;
)"),
                         1, 1);
  EXPECT_EQ(FirstFinding(ran), "");
  EXPECT_EQ(ran.out[0], 22u + 100 + 1000 + 2000 + 110000);
}

TEST(PtxPrograms, CallsDirectAndThroughPointers) {
  const Ran ran = RunPtx(R"(
.func (.param .b32 r) plus(.param .b32 a, .param .align 4 .b8 s[8]) {
  .reg .u32 %r<4>;
  ld.param.u32 %r0, [a];
  ld.param.v2.u32 {%r1, %r2}, [s];
  add.u32 %r0, %r0, %r1;
  add.u32 %r0, %r0, %r2;
  st.param.u32 [r], %r0;
  ret;
}
.func (.param .b32 r) minus(.param .b32 a, .param .align 4 .b8 s[8]) {
  .reg .u32 %r<4>;
  ld.param.u32 %r0, [a];
  ld.param.u32 %r1, [s+4];
  sub.u32 %r0, %r0, %r1;
  st.param.u32 [r], %r0;
  ret;
}
.func (.param .align 8 .b8 r[16]) pair(.param .b64 a) {
  .reg .u64 %rd<3>;
  ld.param.u64 %rd0, [a];
  st.param.u64 [r], %rd0;
  add.u64 %rd0, %rd0, 1;
  st.param.u64 [r+8], %rd0;
  ret;
}
.global .u64 functions[2] = {plus, minus};
)" + Kernel(R"(
  and.b32 %r0, %t, 1;
  mul.wide.u32 %rd1, %r0, 8;
  mov.u64 %rd2, functions;
  add.u64 %rd2, %rd2, %rd1;
  ld.global.u64 %rd3, [%rd2];
  {
    .param .b32 a;
    .param .align 4 .b8 s[8];
    .param .b32 r;
    st.param.u32 [a], 100;
    st.param.v2.u32 [s], {%t, 7};
    proto: .callprototype (.param .b32 _) _ (.param .b32 _, .param .align 4 .b8 _[8]);
    call (r), %rd3, (a, s), proto;
    ld.param.u32 %r1, [r];
  }
  {
    .param .b64 a;
    .param .align 8 .b8 r[16];
    st.param.b64 [a], 5;
    call (r), pair, (a);
    ld.param.u64 %rd4, [r+8];
  }
  cvt.u32.u64 %r2, %rd4;
  mad.lo.u32 %r1, %r2, 1000, %r1;
  st.global.u32 [%out], %r1;
  ret;
)"),
                         64, 64);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t i = 0; i < 64; ++i) EXPECT_EQ(ran.out[i], 6000 + (i % 2 == 0 ? 107 + i : 93));
}

TEST(PtxPrograms, PartsOfScalarParametersAreRead) {
  const Ran ran = RunPtx(R"(
.func (.param .b64 r) parts(.param .b64 a, .param .b32 b, .param .b64 d) {
  .reg .u64 %rd<5>;
  .reg .u32 %r<5>;
  .reg .f32 %f<2>;
  ld.param.u8 %rd0, [a+3];
  ld.param.s16 %r0, [a+6];
  ld.param.v2.u16 {%r1, %r2}, [b];
  ld.param.v2.f32 {%f0, %f1}, [d];
  cvt.rzi.u32.f32 %r3, %f1;
  cvt.s64.s32 %rd1, %r0;
  add.u64 %rd0, %rd0, %rd1;
  mad.lo.u32 %r1, %r2, 1000, %r1;
  mad.lo.u32 %r1, %r3, 1000000, %r1;
  cvt.u64.u32 %rd2, %r1;
  add.u64 %rd0, %rd0, %rd2;
  st.param.u64 [r], %rd0;
  ret;
}
)" + Kernel(R"(
  {
    .param .b64 a, d, r;
    .param .b32 b;
    st.param.u64 [a], 0xfffe0000ab000000;
    st.param.u32 [b], 0x00070009;
    st.param.u64 [d], 0x4040000000000000;
    call (r), parts, (a, b, d);
    ld.param.u64 %rd1, [r];
  }
  cvt.u32.u64 %r2, %rd1;
  st.global.u32 [%out], %r2;
  ret;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  EXPECT_EQ(ran.out[0], 0xabu - 2 + 9 + 7000 + 3000000);
}

TEST(PtxPrograms, AParameterWrittenInPartsIsNotExecuted) {
  const Ran ran = RunPtx(R"(
.func (.param .b32 r) low(.param .b32 a) {
  .reg .u32 %r<2>;
  ld.param.u32 %r0, [a];
  st.param.u32 [r], %r0;
  st.param.u8 [r], 0;
  ret;
}
)" + Kernel(R"(
  {
    .param .b32 a, r;
    st.param.u32 [a], 0x1234;
    call (r), low, (a);
    ld.param.u32 %r1, [r];
  }
  st.global.u32 [%out], %r1;
  ret;
)"),
                         1, 1);
  EXPECT_EQ(FirstFinding(ran), "an instruction that is not executed here");
}

TEST(PtxPrograms, BranchesThroughATable) {
  const Ran ran = RunPtx(Kernel(R"(
  and.b32 %r0, %t, 3;
  mov.u32 %r1, 9;
targets: .branchtargets A, B, C, A;
  setp.ne.u32 %p0, %t, 5;
  @%p0 brx.idx %r0, targets;
  bra.uni END;
A: mov.u32 %r1, 1; bra END;
B: mov.u32 %r1, 2; bra END;
C: mov.u32 %r1, 3;
END:
  st.global.u32 [%out], %r1;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  const uint32_t expected[] = {1, 2, 3, 1};
  for (uint32_t i = 0; i < 32; ++i) EXPECT_EQ(ran.out[i], i == 5 ? 9 : expected[i % 4]);
}

TEST(PtxPrograms, SpacesOfAddresses) {
  const Ran ran = RunPtx(".const .u32 c = 3;\n" + Kernel(R"(
  .shared .u32 s;
  .local .u32 l;
  cvta.shared.u64 %rd1, s;
  mov.u64 %rd2, s;
  cvta.shared.u64 %rd1, %rd2;
  cvta.local.u64 %rd3, l;
  cvta.const.u64 %rd4, c;
  isspacep.shared %p1, %rd1;
  isspacep.local %p2, %rd3;
  isspacep.const %p3, %rd4;
  isspacep.global %p4, %out;
  isspacep.global %p5, %rd1;
  selp.u32 %r1, 1, 0, %p1;
  selp.u32 %r2, 2, 0, %p2;
  selp.u32 %r3, 4, 0, %p3;
  selp.u32 %r4, 8, 0, %p4;
  selp.u32 %r5, 16, 0, %p5;
  add.u32 %r1, %r1, %r2;
  add.u32 %r1, %r1, %r3;
  add.u32 %r1, %r1, %r4;
  add.u32 %r1, %r1, %r5;
  st.global.u32 [%out], %r1;
  ret;
)"),
                         1, 1);
  EXPECT_EQ(FirstFinding(ran), "");
  EXPECT_EQ(ran.out[0], 15u);
}

TEST(PtxPrograms, WarpsMatchElectAndVote) {
  const Ran ran = RunPtx(Kernel(R"(
  match.all.sync.b32 %r0|%p0, 7, 0xffffffff;
  and.b32 %r1, %t, 1;
  match.all.sync.b32 %r2|%p1, %r1, 0xffffffff;
  mov.pred %p2, 0;
  setp.ge.u32 %p3, %t, 4;
  @%p3 elect.sync %r3|%p2, 0xfffffff0;
  selp.u32 %r4, 1, 0, %p0;
  selp.u32 %r5, 2, 0, %p1;
  selp.u32 %r6, 4, 0, %p2;
  add.u32 %r4, %r4, %r5;
  add.u32 %r4, %r4, %r6;
  st.global.u32 [%out], %r4;
  ret;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t i = 0; i < 32; ++i) EXPECT_EQ(ran.out[i], i == 4 ? 5u : 1u) << i;
}

// What is beyond the bytes that there are becomes zero.
TEST(PtxPrograms, AsynchronousCopies) {
  const Ran ran = RunPtx(".global .align 16 .b32 from[4] = {11, 22, 33, 44};\n" + Kernel(R"(
  .shared .align 16 .b8 box[512];
  mov.u32 %r0, box;
  mad.lo.u32 %r0, %t, 16, %r0;
  mov.u64 %rd1, from;
  setp.lt.u32 %p0, %t, 8;
  setp.lt.u32 %p1, %t, 16;
  setp.lt.u32 %p2, %t, 24;
  mov.u32 %r1, 8;
  mov.u32 %r2, 5;
  st.shared.v4.u32 [%r0], {%r2, %r2, %r2, %r2};
  @%p0 cp.async.cg.shared.global.L2::128B [%r0], [%rd1], 16;
  @%p0 bra DONE;
  @%p1 cp.async.ca.shared.global [%r0], [%rd1], 16, %r1;
  @%p1 bra DONE;
  @%p2 cp.async.ca.shared.global [%r0], [%rd1], 8, %p2;
DONE:
  cp.async.commit_group;
  cp.async.wait_group 0;
  ld.shared.v4.u32 {%r2, %r3, %r4, %r5}, [%r0];
  mad.lo.u32 %r2, %r3, 100, %r2;
  mad.lo.u32 %r2, %r4, 10000, %r2;
  mad.lo.u32 %r2, %r5, 1000000, %r2;
  st.global.u32 [%out], %r2;
  ret;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t i = 0; i < 32; ++i) {
    EXPECT_EQ(ran.out[i], i < 8 ? 44332211u : i < 16 ? 2211u : i < 24 ? 5050000u : 5050505u) << i;
  }
}

// Lane l gets the elements 2 (l % 4) and the next of row l / 4 of each matrix; .trans: of column.
TEST(PtxPrograms, MatricesAreLoadedAndStored) {
  const Ran ran = RunPtx(Kernel(R"(
  .shared .align 16 .b8 box[512];
  .shared .align 16 .b8 copy[512];
  mov.u32 %r0, box;
  mad.lo.u32 %r1, %t, 16, %r0;
  // row t holds 8 t + column
  mul.lo.u32 %r2, %t, 8;
  mad.lo.u32 %r3, %r2, 65537, 65536;
  add.u32 %r4, %r3, 131074;
  add.u32 %r5, %r4, 131074;
  add.u32 %r6, %r5, 131074;
  st.shared.v4.u32 [%r1], {%r3, %r4, %r5, %r6};
  bar.sync 0;
  ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%r3, %r4, %r5, %r6}, [%r1];
  mov.u32 %r7, copy;
  mad.lo.u32 %r7, %t, 16, %r7;
  stmatrix.sync.aligned.m8n8.x4.trans.shared.b16 [%r7], {%r3, %r4, %r5, %r6};
  bar.sync 0;
  ldmatrix.sync.aligned.m8n8.x2.trans.shared::cta.b16 {%r5, %r6}, [%r7];
  ld.shared.u32 %r2, [%r7+4];
  xor.b32 %r3, %r3, %r5;
  xor.b32 %r4, %r4, %r6;
  or.b32 %r3, %r3, %r4;
  mad.lo.u32 %r3, %r3, 1000000, %r2;
  st.global.u32 [%out], %r3;
  ret;
)"),
                         32, 32);
  // Transposed twice it is the same; once, row c of a matrix holds what lay in its column c.
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t t = 0; t < 32; ++t) {
    const uint32_t matrix = t / 8, column = t % 8;
    const uint32_t low = 8 * (8 * matrix + 2) + column, high = 8 * (8 * matrix + 3) + column;
    EXPECT_EQ(ran.out[t], low | high << 16) << t;
  }
}

TEST(PtxPrograms, RowsOfMatricesAreAligned) {
  // The addresses of lanes 8 to 31 are not used.
  const Ran ran = RunPtx(Kernel(R"(
  .shared .align 16 .b8 box[512];
  mov.u32 %r0, box;
  mad.lo.u32 %r1, %t, 16, %r0;
  setp.ge.u32 %p0, %t, 8;
  @%p0 add.u32 %r1, %r1, 4;
  st.shared.u32 [%r1], %t;
  bar.sync 0;
  stmatrix.sync.aligned.m8n8.x1.shared.b16 [%r1], {%t};
  add.u32 %r1, %r0, 8;
  ldmatrix.sync.aligned.m8n8.x1.shared.b16 {%r2}, [%r1];
  st.global.u32 [%out], %r2;
  ret;
)"),
                         32, 32);
  EXPECT_NE(FirstFinding(ran).find("is not aligned"), std::string::npos) << FirstFinding(ran);
}

TEST(PtxPrograms, ShufflesHaveSegmentsOfAnyMask) {
  // Lanes of which bit 3 is the same, up to seven further on.
  const Ran ran = RunPtx(Kernel(R"(
  shfl.sync.down.b32 %r1, %t, 2, 0x807, 0xffffffff;
  st.global.u32 [%out], %r1;
  ret;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t t = 0; t < 32; ++t) {
    const uint32_t most = (t & 8) | 7;
    EXPECT_EQ(ran.out[t], t + 2 <= most ? t + 2 : t) << t;
  }
}

TEST(PtxPrograms, TextIsPrinted) {
  const Ran ran = RunPtx(
      ".extern .func (.param .b32 r) vprintf (.param .b64 f, .param .b64 v);\n"
      ".global .align 1 .b8 text[9] = {37, 100, 32, 37, 46, 49, 102, 10, 0};\n" +
          Kernel(R"(
  .local .align 8 .b8 values[16];
  .reg .f64 %d;
  setp.ne.u32 %p0, %t, 3;
  @%p0 bra done;
  cvta.local.u64 %rd1, values;
  cvta.global.u64 %rd2, text;
  cvt.rn.f64.u32 %d, %t;
  st.local.u32 [values], %t;
  st.local.f64 [values+8], %d;
  { .param .b64 f, v; .param .b32 r;
    st.param.b64 [f], %rd2; st.param.b64 [v], %rd1;
    call.uni (r), vprintf, (f, v); }
done:
  ret;
)"),
      32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  EXPECT_EQ(ran.report.printed, "3 3.0\n");
}

TEST(PtxPrograms, TrapsStopTheLaunch) {
  const Ran ran = RunPtx(Kernel(R"(
  setp.eq.u32 %p0, %t, 5;
  @%p0 trap;
  bar.warp.sync -1;
  st.global.u32 [%out], 1;
  ret;
)"),
                         32, 32);
  ASSERT_FALSE(ran.report.findings.empty());
  EXPECT_EQ(ran.report.findings[0].kind, exec::FindingKind::kTrapped);
  EXPECT_EQ(ran.report.findings[0].thread, (exec::Dim3{5, 0, 0}));
  for (const uint32_t v : ran.out) EXPECT_EQ(v, 0u);
}

TEST(PtxPrograms, WhatIsNotExecutedStopsWithAFinding) {
  const Ran ran = RunPtx(Kernel("istypep.texref %p1, %rd1;\nret;\n"), 32, 32);
  EXPECT_NE(FirstFinding(ran).find("not executed"), std::string::npos);
  const Ran call = RunPtx(Kernel(R"(
  mov.u64 %rd1, 12345;
  { proto: .callprototype _ (); call %rd1, (), proto; }
  ret;
)"),
                          32, 32);
  EXPECT_NE(FirstFinding(call).find("no function"), std::string::npos);
}

}  // namespace
}  // namespace ws
