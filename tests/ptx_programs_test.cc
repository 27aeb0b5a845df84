// Kernels in PTX that no CUDA source here gives: what they compute.
#include <cstring>
#include <string>
#include <vector>

#include "diag/render.h"
#include "exec/engine.h"
#include "ir/ptx_program.h"
#include "ir/verify.h"
#include "pass/pipeline.h"
#include "tests/test.h"

namespace ws {
namespace {

struct Ran {
  exec::RunReport report;
  std::vector<uint32_t> out;
};

// Runs `.entry k(.param .u64 out)`, which has `words` words, in blocks of `threads`.
Ran RunPtx(const std::string& text, uint32_t threads, uint32_t words, uint32_t blocks = 1) {
  ir::PtxProgram program("k.ptx", ".version 8.0\n.target sm_90\n.address_size 64\n" + text);
  EXPECT_TRUE(program.ok()) << diag::ToText(program.diagnostics());
  Ran ran;
  if (!program.ok()) return ran;
  EXPECT_TRUE(ir::Verify(program.module()).empty());
  pass::ForExecution(program.module());
  EXPECT_TRUE(ir::Verify(program.module()).empty());
  exec::Instance instance(program.module());
  const exec::DevicePtr out = instance.Allocate(4ull * words, "out");
  instance.Write(out, std::vector<uint8_t>(4ull * words, 0));
  exec::Launch launch;
  launch.kernel = program.module().Find("k");
  launch.grid = {blocks, 1, 1};
  launch.block = {threads, 1, 1};
  launch.params.resize(8);
  memcpy(launch.params.data(), &out, 8);
  ran.report = instance.LaunchKernel(launch, exec::RunOptions());
  ran.out.resize(words);
  memcpy(ran.out.data(), instance.Read(out).data(), 4ull * words);
  return ran;
}

std::string FirstFinding(const Ran& ran) {
  return ran.report.findings.empty() ? "" : ran.report.findings[0].message;
}

// A kernel of these instructions: %t is the thread, %out its element of the array.
std::string Kernel(const std::string& body) {
  std::string text = R"(
.visible .entry k(.param .u64 out) {
  .reg .u32 %t, %r<9>;
  .reg .u64 %out, %rd<9>;
  .reg .pred %p<9>;
  ld.param.u64 %out, [out];
  mov.u32 %t, %tid.x;
  mul.wide.u32 %rd0, %t, 4;
  add.s64 %out, %out, %rd0;
)";
  text += body;
  return text + "}\n";
}

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

TEST(PtxPrograms, WhatIsNotExecutedStopsWithAFinding) {
  const Ran ran = RunPtx(Kernel("cp.async.wait_all;\nret;\n"), 32, 32);
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
