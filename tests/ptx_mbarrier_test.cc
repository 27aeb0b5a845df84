// Barriers in shared memory and what they wait for: arrivals, bytes of copies. PTX ISA, mbarrier,
// cp.async.bulk, st.async, red.async.
#include <string>

#include "base/format.h"
#include "tests/ptx_run.h"
#include "tests/test.h"

namespace ws {
namespace {

using Kind = exec::FindingKind;

bool Has(const Ran& ran, Kind kind) {
  for (const exec::Finding& f : ran.report.findings) {
    if (f.kind == kind) return true;
  }
  return false;
}

// A barrier that waits for `count` arrivals, made by thread 0; `box` is 4 KiB of shared memory.
std::string WithBarrier(const std::string& count, const std::string& body) {
  return Kernel(R"(
  .shared .align 8 .b64 barrier;
  .shared .align 16 .b8 box[4096];
  .reg .b64 %state;
  .reg .u32 %box, %own;
  mov.u32 %box, box;
  mad.lo.u32 %own, %t, 4, %box;
  setp.eq.u32 %p0, %t, 0;
  @%p0 mbarrier.init.shared::cta.b64 [barrier], )" +
                count + ";\n  bar.sync 0;\n" + body);
}

constexpr const char* kWait = R"(
WAIT:
  mbarrier.try_wait.parity.shared::cta.b64 %p1, [barrier], 0;
  @!%p1 bra WAIT;
)";

// Each thread reads what its neighbour wrote before it arrived.
TEST(PtxMbarriers, OrderWhatWasDoneBeforeArriving) {
  const std::string after = R"(
  xor.b32 %r1, %t, 33;
  mad.lo.u32 %r1, %r1, 4, %box;
  ld.shared.u32 %r2, [%r1];
  st.global.u32 [%out], %r2;
  ret;
)";
  const std::string write = "mul.lo.u32 %r3, %t, 7;\nst.shared.u32 [%own], %r3;\n";
  const Ran by_state = RunPtx(WithBarrier("64", write + R"(
  mbarrier.arrive.shared.b64 %state, [barrier];
WAIT:
  mbarrier.test_wait.shared.b64 %p1, [barrier], %state;
  @!%p1 bra WAIT;
)" + after),
                              64, 64);
  EXPECT_EQ(FirstFinding(by_state), "");
  const Ran by_parity = RunPtx(WithBarrier("64", write + R"(
  mbarrier.arrive.release.cta.shared::cta.b64 _, [barrier];
)" + kWait + after),
                               64, 64);
  EXPECT_EQ(FirstFinding(by_parity), "");
  for (uint32_t i = 0; i < 64; ++i) {
    EXPECT_EQ(by_state.out[i], 7 * (i ^ 33));
    EXPECT_EQ(by_parity.out[i], 7 * (i ^ 33));
  }
  // Without the wait, and where the arrival or the wait is relaxed, nothing orders.
  EXPECT_TRUE(Has(
      RunPtx(WithBarrier("64", write + "mbarrier.arrive.shared.b64 %state, [barrier];\n" + after),
             64, 64),
      Kind::kRaceShared));
  EXPECT_TRUE(Has(RunPtx(WithBarrier("64", write + R"(
  mbarrier.arrive.relaxed.cta.shared::cta.b64 %state, [barrier];
)" + kWait + after),
                         64, 64),
                  Kind::kRaceShared));
  EXPECT_TRUE(Has(RunPtx(WithBarrier("64", write + R"(
  mbarrier.arrive.shared.b64 %state, [barrier];
WAIT:
  mbarrier.try_wait.parity.relaxed.cta.shared::cta.b64 %p1, [barrier], 0;
  @!%p1 bra WAIT;
)" + after),
                         64, 64),
                  Kind::kRaceShared));
}

// A ring of one box: the second warp fills it, the first empties it, by two barriers and parities.
TEST(PtxMbarriers, PhasesAlternate) {
  const std::string text = Kernel(R"(
  .shared .align 8 .b8 barriers[16];
  .shared .align 4 .b8 box[128];
  .reg .u32 %full, %empty, %at, %parity, %round, %sum;
  .reg .b64 %state;
  mov.u32 %full, barriers;
  add.u32 %empty, %full, 8;
  setp.eq.u32 %p0, %t, 0;
  @%p0 mbarrier.init.shared::cta.b64 [%full], 32;
  @%p0 mbarrier.init.shared::cta.b64 [%empty], 32;
  bar.sync 0;
  and.b32 %r0, %t, 31;
  mov.u32 %at, box;
  mad.lo.u32 %at, %r0, 4, %at;
  mov.u32 %parity, 0;
  mov.u32 %round, 0;
  mov.u32 %sum, 0;
  setp.lt.u32 %p1, %t, 32;
LOOP:
  @%p1 bra CONSUME;
  xor.b32 %r1, %parity, 1;
WAIT_EMPTY:
  mbarrier.try_wait.parity.shared::cta.b64 %p2, [%empty], %r1;
  @!%p2 bra WAIT_EMPTY;
  mad.lo.u32 %r2, %round, 100, %r0;
  st.shared.u32 [%at], %r2;
  mbarrier.arrive.shared::cta.b64 %state, [%full];
  bra NEXT;
CONSUME:
WAIT_FULL:
  mbarrier.try_wait.parity.shared::cta.b64 %p2, [%full], %parity;
  @!%p2 bra WAIT_FULL;
  ld.shared.u32 %r6, [%at];
  add.u32 %sum, %sum, %r6;
  mbarrier.arrive.shared::cta.b64 %state, [%empty];
NEXT:
  xor.b32 %parity, %parity, 1;
  add.u32 %round, %round, 1;
  setp.lt.u32 %p3, %round, 9;
  @%p3 bra LOOP;
  st.global.u32 [%out], %sum;
  ret;
)");
  // In order and in other orders, with checks and without.
  for (uint64_t seed = 0; seed < 12; ++seed) {
    exec::RunOptions options;
    options.schedule_seed = seed;
    options.checks = seed % 4 != 3;
    const Ran ran = RunPtx(text, 64, 64, {}, options);
    EXPECT_EQ(FirstFinding(ran), "") << seed;
    for (uint32_t i = 0; i < 32; ++i) EXPECT_EQ(ran.out[i], 3600 + 9 * i) << seed;
  }
  // Who fills the box without waiting until it is empty runs ahead of who empties it.
  std::string hasty = text;
  const size_t at = hasty.find("  @!%p2 bra WAIT_EMPTY;\n");
  hasty.erase(at, std::string("  @!%p2 bra WAIT_EMPTY;\n").size());
  const Ran ahead = RunPtx(hasty, 64, 64);
  EXPECT_TRUE(Has(ahead, Kind::kRaceShared) || Has(ahead, Kind::kDeadlock)) << FirstFinding(ahead);
}

TEST(PtxMbarriers, CountsAndDrops) {
  const Ran ran = RunPtx(WithBarrier("5", R"(
  @!%p0 bra DONE;
  mbarrier.arrive.noComplete.release.cta.shared.b64 %state, [barrier], 2;
  mbarrier.pending_count.b64 %r1, %state;
  mbarrier.arrive_drop.shared.b64 %state, [barrier];
  mbarrier.pending_count.b64 %r2, %state;
  mbarrier.test_wait.parity.shared.b64 %p1, [barrier], 0;
  selp.u32 %r3, 1000, 0, %p1;
  mbarrier.arrive.shared.b64 %state, [barrier], 2;
  mbarrier.test_wait.shared.b64 %p1, [barrier], %state;
  selp.u32 %r4, 100, 0, %p1;
  // The next phase waits for one less.
  mbarrier.arrive.shared.b64 %state, [barrier];
  mbarrier.pending_count.b64 %r5, %state;
  mad.lo.u32 %r1, %r1, 10, %r2;
  add.u32 %r1, %r1, %r3;
  add.u32 %r1, %r1, %r4;
  mad.lo.u32 %r1, %r5, 10000, %r1;
  mbarrier.inval.shared.b64 [barrier];
  st.global.u32 [%out], %r1;
DONE:
  ret;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  EXPECT_EQ(ran.out[0], 40153u);
}

TEST(PtxMbarriers, WhatWaitsForEverIsSaid) {
  const Ran few =
      RunPtx(WithBarrier("65", std::string("mbarrier.arrive.shared.b64 %state, [barrier];\n") +
                                   kWait + "ret;\n"),
             64, 64);
  EXPECT_TRUE(Has(few, Kind::kDeadlock)) << FirstFinding(few);
  EXPECT_NE(FirstFinding(few).find("still wants 1 of 65 arrivals"), std::string::npos)
      << FirstFinding(few);
  EXPECT_TRUE(few.report.findings[0].other_loc.valid());  // where it was made
  const Ran bytes =
      RunPtx(WithBarrier(
                 "1", std::string("@%p0 mbarrier.arrive.expect_tx.shared.b64 _, [barrier], 16;\n") +
                          kWait + "ret;\n"),
             64, 64);
  EXPECT_TRUE(Has(bytes, Kind::kDeadlock)) << FirstFinding(bytes);
  EXPECT_NE(FirstFinding(bytes).find("0 of 1 arrivals and 16 bytes"), std::string::npos)
      << FirstFinding(bytes);
}

// The cluster is the block.
TEST(PtxMbarriers, ClustersOfOneBlockMeet) {
  const std::string store = "mul.lo.u32 %r3, %t, 7;\nst.shared.u32 [%own], %r3;\n";
  const std::string load =
      "xor.b32 %r1, %t, 33;\nmad.lo.u32 %r1, %r1, 4, %box;\nld.shared.u32 %r2, [%r1];\n"
      "st.global.u32 [%out], %r2;\nret;\n";
  const Ran met = RunPtx(WithBarrier("1", store +
                                              "barrier.cluster.arrive.release.aligned;\n"
                                              "barrier.cluster.wait.acquire.aligned;\n" +
                                              load),
                         64, 64);
  EXPECT_EQ(FirstFinding(met), "");
  for (uint32_t i = 0; i < 64; ++i) EXPECT_EQ(met.out[i], 7 * (i ^ 33));
  EXPECT_TRUE(Has(RunPtx(WithBarrier("1", store + "barrier.cluster.arrive;\n" + load), 64, 64),
                  Kind::kRaceShared));
}

TEST(PtxMbarriers, MisuseIsFound) {
  const auto found = [](const std::string& count, const std::string& body) {
    const Ran ran = RunPtx(WithBarrier(count, body + "ret;\n"), 32, 32);
    return Has(ran, Kind::kBadMbarrier);
  };
  EXPECT_TRUE(found("0", ""));
  EXPECT_TRUE(found("1048576", ""));
  EXPECT_TRUE(found("31",
                    "mbarrier.arrive.shared.b64 %state, [barrier];\n"
                    "mbarrier.arrive.shared.b64 %state, [barrier], 40;\n"));
  EXPECT_TRUE(found("32", "mov.u32 %r1, 0;\nmbarrier.arrive.shared.b64 %state, [barrier], %r1;\n"));
  EXPECT_TRUE(found("32", "@%p0 mbarrier.expect_tx.shared.b64 [barrier], 1048576;\n"));
  EXPECT_TRUE(found("32", "mbarrier.arrive.shared.b64 %state, [box];\n"));
  EXPECT_TRUE(found("32",
                    "@%p0 mbarrier.inval.shared.b64 [barrier];\nbar.sync 0;\n"
                    "mbarrier.arrive.shared.b64 %state, [barrier];\n"));
  // A barrier that was just made is no other thread's yet.
  const Ran early = RunPtx(Kernel(R"(
  .shared .align 8 .b64 barrier;
  .reg .b64 %state;
  setp.eq.u32 %p0, %t, 0;
  @%p0 mbarrier.init.shared::cta.b64 [barrier], 63;
  @!%p0 mbarrier.arrive.shared.b64 %state, [barrier];
  ret;
)"),
                           64, 64);
  EXPECT_TRUE(Has(early, Kind::kRaceShared)) << FirstFinding(early);
  EXPECT_TRUE(Has(RunPtx(Kernel("mbarrier.init.b64 [%out], 1;\nret;\n"), 1, 2), Kind::kWrongSpace));
}

// --- copies

constexpr const char* kFrom =
    ".global .align 16 .b8 from[1024];\n.global .align 16 .b8 to[1024];\n";

// Thread 0 copies, all wait and read.
std::string BulkIn(const std::string& bytes, const std::string& expected, const std::string& wait) {
  return kFrom + WithBarrier("1", R"(
  .reg .u64 %from;
  mov.u64 %from, from;
  mul.wide.u32 %rd1, %t, 4;
  add.u64 %rd1, %rd1, %from;
  mul.lo.u32 %r1, %t, 11;
  mov.u32 %r3, 24;
  st.global.u32 [%rd1], %r1;
  bar.sync 0;
  @!%p0 bra WAITING;
  mbarrier.arrive.expect_tx.shared::cta.b64 _, [barrier], )" +
                                      expected + R"(;
  cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [box], [%from], )" +
                                      bytes + R"(, [barrier];
WAITING:
)" + wait + R"(
  ld.shared.u32 %r2, [%own];
  st.global.u32 [%out], %r2;
  ret;
)");
}

TEST(PtxMbarriers, BulkCopiesCompleteBytes) {
  const Ran ran = RunPtx(BulkIn("256", "256", kWait), 64, 64);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t i = 0; i < 64; ++i) EXPECT_EQ(ran.out[i], 11 * i);
  EXPECT_TRUE(Has(RunPtx(BulkIn("256", "256", ""), 64, 64), Kind::kRaceShared));
  EXPECT_TRUE(Has(RunPtx(BulkIn("256", "272", kWait), 64, 64), Kind::kDeadlock));
  EXPECT_TRUE(Has(RunPtx(BulkIn("2048", "2048", kWait), 64, 64), Kind::kOutOfBounds));
  const Ran odd = RunPtx(BulkIn("%r3", "256", kWait), 64, 64);
  EXPECT_NE(FirstFinding(odd).find("multiple of 16"), std::string::npos) << FirstFinding(odd);
}

TEST(PtxMbarriers, BulkCopiesGoOutAndReduce) {
  const Ran ran = RunPtx(kFrom + WithBarrier("1", R"(
  .reg .u64 %to;
  mov.u64 %to, to;
  mul.lo.u32 %r1, %t, 3;
  st.shared.u32 [%own], %r1;
  fence.proxy.async.shared::cta;
  bar.sync 0;
  @!%p0 bra WAITING;
  cp.async.bulk.global.shared::cta.bulk_group [%to], [box], 128;
  cp.async.bulk.commit_group;
  cp.async.bulk.wait_group.read 0;
  cp.reduce.async.bulk.global.shared::cta.bulk_group.add.u32 [%to], [box], 64;
  cp.reduce.async.bulk.global.shared::cta.bulk_group.max.s32 [%to+64], [box], 64;
  cp.async.bulk.commit_group;
  cp.async.bulk.wait_group 0;
WAITING:
  bar.sync 0;
  mul.wide.u32 %rd1, %t, 4;
  add.u64 %rd1, %rd1, %to;
  ld.global.u32 %r2, [%rd1];
  st.global.u32 [%out], %r2;
  ret;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t i = 0; i < 32; ++i) EXPECT_EQ(ran.out[i], i < 16 ? 6 * i : 3 * i) << i;
}

TEST(PtxMbarriers, StoresAndReductionsAreCounted) {
  const Ran ran = RunPtx(WithBarrier("1", R"(
  .reg .u32 %mapped, %remote, %twice;
  mapa.shared::cluster.u32 %mapped, %own, 0;
  mad.lo.u32 %twice, %t, 8, %box;
  mov.u32 %remote, barrier;
  mapa.shared::cluster.u32 %remote, %remote, 0;
  getctarank.shared::cluster.u32 %r7, %mapped;
  @%p0 mbarrier.arrive.expect_tx.shared::cta.b64 _, [barrier], 512;
  mad.lo.u32 %r1, %t, 5, %r7;
  st.async.weak.shared::cluster.mbarrier::complete_tx::bytes.u32 [%mapped], %r1, [%remote];
  st.async.shared::cluster.mbarrier::complete_tx::bytes.v2.b32 [%twice+512], {%r1, %t}, [%remote];
  red.async.relaxed.cluster.shared::cluster.mbarrier::complete_tx::bytes.add.u32 [%mapped], 1000, [%remote];
)" + std::string(kWait) + R"(
  xor.b32 %r3, %t, 3;
  mad.lo.u32 %r3, %r3, 8, %box;
  ld.shared.v2.u32 {%r4, %r5}, [%r3+512];
  ld.shared.u32 %r2, [%own];
  mad.lo.u32 %r2, %r5, 10000, %r2;
  st.global.u32 [%out], %r2;
  ret;
)"),
                         32, 32);
  EXPECT_EQ(FirstFinding(ran), "");
  for (uint32_t i = 0; i < 32; ++i) EXPECT_EQ(ran.out[i], 1000 + 5 * i + 10000 * (i ^ 3));
  EXPECT_NE(FirstFinding(RunPtx(WithBarrier("1", R"(
  mapa.shared::cluster.u32 %r1, %own, 1;
  ld.shared.u32 %r2, [%r1];
  ret;
)"),
                                32, 32)),
            "");
}

// Copies of single threads, each of which arrives when its own are done.
TEST(PtxMbarriers, CopiesOfThreadsArrive) {
  const std::string text = kFrom + WithBarrier("%r7", R"(
  .reg .u64 %from;
  mov.u64 %from, from;
  mul.wide.u32 %rd1, %t, 4;
  add.u64 %rd1, %rd1, %from;
  mul.lo.u32 %r1, %t, 13;
  st.global.u32 [%rd1], %r1;
  cp.async.ca.shared.global [%own], [%rd1], 4;
  ARRIVE
)" + std::string(kWait) + R"(
  xor.b32 %r3, %t, 40;
  mad.lo.u32 %r3, %r3, 4, %box;
  ld.shared.u32 %r2, [%r3];
  st.global.u32 [%out], %r2;
  ret;
)");
  const auto with = [&](const std::string& count, const std::string& arrive) {
    std::string made = text;
    made.replace(made.find("%r7"), 3, count);
    made.replace(made.find("ARRIVE"), 6, arrive);
    return RunPtx(made, 64, 64);
  };
  const Ran counted = with("64", "cp.async.mbarrier.arrive.noinc.shared::cta.b64 [barrier];");
  const Ran beside = with("64",
                          "cp.async.mbarrier.arrive.shared.b64 [barrier];\n"
                          "mbarrier.arrive.shared.b64 %state, [barrier];");
  for (const Ran* ran : {&counted, &beside}) {
    EXPECT_EQ(FirstFinding(*ran), "");
    for (uint32_t i = 0; i < 64; ++i) EXPECT_EQ(ran->out[i], 13 * (i ^ 40));
  }
}

// Three groups of copies, of which some may still be under way when the first is read.
TEST(PtxMbarriers, CopiesAreThereOnceTheirGroupIsWaitedFor) {
  const auto with = [](const std::string& wait) {
    return RunPtx(kFrom + WithBarrier("1", R"(
  .reg .u64 %from;
  mov.u64 %from, from;
  mov.u32 %r1, 7;
  st.global.v2.u32 [%from], {%r1, %t};
  cp.async.ca.shared.global [%own], [%from], 4;
  cp.async.commit_group;
  cp.async.commit_group;
  cp.async.ca.shared.global [%own+4], [%from], 4;
  cp.async.commit_group;
  )" + wait + R"(
  ld.shared.u32 %r2, [%own];
  setp.eq.u32 %p2, %r2, 0;
  @%p2 st.global.u32 [%out], %t;
  st.global.u32 [%out], %r2;
  ret;
)"),
                  1, 1);
  };
  for (const char* enough :
       {"cp.async.wait_group 2;", "cp.async.wait_group 0;", "cp.async.wait_all;"}) {
    const Ran ran = with(enough);
    EXPECT_EQ(FirstFinding(ran), "") << enough;
    EXPECT_EQ(ran.out[0], 7u);
  }
  for (const char* early : {"", "cp.async.wait_group 3;"}) {
    EXPECT_NE(FirstFinding(with(early)), "") << early;
  }
}

}  // namespace
}  // namespace ws
