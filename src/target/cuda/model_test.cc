// The model on hand-made counters: each resource limits where it should.
#include "target/cuda/model.h"

#include "base/arena_memory.h"
#include "ir/builder.h"
#include "target/cuda/issue.h"
#include "target/cuda/memory_model.h"
#include "target/cuda/warp_latency.h"
#include "tests/test.h"

namespace ws::target::cuda {
namespace {

using ir::Op;
using ir::Operand;
using ir::Type;

// A kernel of one straight block with the given instructions.
class Kernel {
 public:
  Kernel() : module_(memory_.arena()) {
    module_.functions.push_back({.name = "k", .kind = ir::FunctionKind::kKernel});
    builder_.emplace(module_, ir::FunctionId(0));
    builder_->StartBlock(builder_->NewBlock());
  }
  ir::RegId Add(Op op, Type type, std::initializer_list<Operand> srcs) {
    return builder_->Value(op, type, srcs, type, {});
  }
  ir::RegId Load(ir::RegId address) {
    const ir::RegId dst = Add(Op::kLd, Type::kF32, {Operand::Reg(address)});
    return dst;
  }
  // Ends the kernel; statistics of a launch in which every warp runs every instruction once.
  LaunchStats Finish(uint32_t blocks, uint32_t threads) {
    builder_->Emit({.op = Op::kExit}, {}, {});
    builder_->Finish();
    LaunchStats stats;
    stats.launch.kernel = ir::FunctionId(0);
    stats.launch.grid = {blocks, 1, 1};
    stats.launch.block = {threads, 1, 1};
    stats.blocks = blocks;
    stats.blocks_run = blocks;
    stats.warps_per_block = threads / 32;
    stats.registers = 32;
    stats.resident_blocks = 1;
    stats.insts.resize(module_.insts.size());
    for (InstStats& s : stats.insts) {
      s.executed = double(blocks) * threads / 32;
      s.lanes = s.executed * 32;
    }
    return stats;
  }
  const ir::Module& module() const { return module_; }

 private:
  ArenaMemory memory_{1 << 20};
  ir::Module module_;
  std::optional<ir::FunctionBuilder> builder_;
};

const Arch& H100() { return *FindArch("sm_90"); }

TEST(WarpLatency, DependentChainTakesLatencyEach) {
  Kernel kernel;
  ir::RegId r = kernel.Add(Op::kAdd, Type::kF32, {Operand{}, Operand{}});
  for (int i = 0; i < 99; ++i) {
    r = kernel.Add(Op::kAdd, Type::kF32, {Operand::Reg(r), Operand::Reg(r)});
  }
  const LaunchStats stats = kernel.Finish(1, 32);
  const WarpLatency latency = ComputeWarpLatency(H100(), kernel.module(), stats, 0);
  EXPECT_NEAR(latency.cycles, 4 * 99 + 2, 2);
}

// 4,096 blocks, each of which writes a quarter of `sectors` sectors that all others write too.
double WrittenBytes(double sectors) {
  LaunchStats stats;
  stats.launch.grid = {4096, 1, 1};
  stats.blocks = 4096;
  stats.resident_blocks = 1;
  stats.allocations.push_back({.base = 1 << 20,
                               .bytes = uint64_t{1} << 40,
                               .written_sectors = sectors,
                               .touched_sectors = sectors,
                               .shared_with_x = 1});
  L2State l2;
  return EstimateTraffic(H100(), stats, l2).dram_write_bytes;
}

TEST(MemoryModel, PartlyWrittenSectorsMergeInL2WhileTheyStay) {
  EXPECT_DOUBLE_EQ(WrittenBytes(1000), 32.0 * 1000);
  // Twice what L2 holds: half of it is gone when the next of 32 waves comes.
  const double twice = 2.0 * static_cast<double>(H100().l2_bytes) / 32;
  EXPECT_NEAR(WrittenBytes(twice), 32 * twice * (1 + 31 * 0.5), 32);
}

TEST(WarpLatency, OtherPipesIssueWhileOneIsBusy) {
  Kernel kernel;
  for (int i = 0; i < 100; ++i) {
    kernel.Add(Op::kMul, Type::kU32, {Operand{}, Operand{}});  // a warp every second cycle
    kernel.Add(Op::kAdd, Type::kF32, {Operand{}, Operand{}});
  }
  const LaunchStats stats = kernel.Finish(1, 32);
  EXPECT_NEAR(ComputeWarpLatency(H100(), kernel.module(), stats, 0).cycles, 201, 3);
}

TEST(WarpLatency, IndependentInstructionsIssueEachCycle) {
  Kernel kernel;
  for (int i = 0; i < 100; ++i) kernel.Add(Op::kAdd, Type::kF32, {Operand{}, Operand{}});
  const LaunchStats stats = kernel.Finish(1, 32);
  EXPECT_NEAR(ComputeWarpLatency(H100(), kernel.module(), stats, 0).cycles, 101, 2);
  // Half the lanes of an H100: every second cycle.
  EXPECT_NEAR(ComputeWarpLatency(*FindArch("sm_80"), kernel.module(), stats, 0).cycles, 201, 3);
}

TEST(Model, ArithmeticLimitsALongKernel) {
  Kernel kernel;
  for (int i = 0; i < 200; ++i) kernel.Add(Op::kAdd, Type::kF32, {Operand{}, Operand{}});
  LaunchStats stats = kernel.Finish(132 * 8 * 10, 256);
  stats.resident_blocks = 8;
  L2State l2;
  Counters counters;
  const LaunchTime time = PriceLaunch(H100(), kernel.module(), stats, l2, counters);
  EXPECT_TRUE(time.limiter == Resource::kFp32 || time.limiter == Resource::kIssue);
  // 80 blocks of 8 warps on the busiest multiprocessor, 4 warp instructions a cycle.
  EXPECT_NEAR(time.resource_us[size_t(Resource::kFp32)], 80 * 8 * 200 / 4.0 / 1980, 0.01);
  EXPECT_NEAR(counters.inst_executed, stats.blocks * 8.0 * 201, 1);
  EXPECT_GE(time.time.high_us, time.time.low_us);
}

TEST(Model, OccupancyAndWavesAreReported) {
  Kernel kernel;
  kernel.Add(Op::kAdd, Type::kF32, {Operand{}, Operand{}});
  const LaunchStats stats = kernel.Finish(132, 1024);
  L2State l2;
  Counters counters;
  const LaunchTime time = PriceLaunch(H100(), kernel.module(), stats, l2, counters);
  EXPECT_EQ(time.occupancy.blocks, 2u);
  EXPECT_DOUBLE_EQ(time.waves, 0.5);
  EXPECT_EQ(time.limiter, Resource::kLaunch);
}

LaunchStats Streams(uint32_t blocks, uint64_t bytes, double sectors_per_block, double shared_x) {
  LaunchStats stats;
  stats.launch.grid = {blocks, 1, 1};
  stats.blocks = blocks;
  stats.resident_blocks = 8;
  stats.allocations.push_back({.base = 4096,
                               .bytes = bytes,
                               .read_sectors = sectors_per_block,
                               .touched_sectors = sectors_per_block,
                               .read_requests = sectors_per_block,
                               .shared_with_x = shared_x});
  return stats;
}

TEST(Traffic, AStreamIsReadOnce) {
  L2State l2;
  const LaunchStats stats = Streams(10000, 32 * 100 * 10000, 100, 0);
  const MemoryTraffic traffic = EstimateTraffic(H100(), stats, l2);
  EXPECT_DOUBLE_EQ(traffic.dram_read_bytes, 32.0 * 100 * 10000);
}

TEST(Traffic, WhatAllBlocksShareIsReadOnce) {
  L2State l2;
  const LaunchStats stats = Streams(10000, 32 * 100, 100, 1);
  const MemoryTraffic traffic = EstimateTraffic(H100(), stats, l2);
  EXPECT_DOUBLE_EQ(traffic.dram_read_bytes, 3200);
  EXPECT_DOUBLE_EQ(traffic.l2_read_sectors, 100.0 * 10000);
}

TEST(Traffic, ASecondLaunchFindsSmallDataInL2) {
  L2State l2;
  const LaunchStats stats = Streams(1000, 32 * 100 * 1000, 100, 0);
  EXPECT_GT(EstimateTraffic(H100(), stats, l2).dram_read_bytes, 3e6);
  EXPECT_EQ(EstimateTraffic(H100(), stats, l2).dram_read_bytes, 0);
}

TEST(Traffic, ASecondLaunchMissesLargeData) {
  L2State l2;
  const LaunchStats stats = Streams(100000, uint64_t{3200} * 100000, 100, 0);  // 320 MB, L2 50 MiB
  EstimateTraffic(H100(), stats, l2);
  EXPECT_GT(EstimateTraffic(H100(), stats, l2).dram_read_bytes, 0.8 * 3200 * 100000);
}

TEST(Issue, ExpansionsFollowTheForm) {
  Kernel kernel;
  kernel.Add(Op::kDiv, Type::kF32, {Operand{}, Operand{}});
  kernel.Add(Op::kDiv, Type::kS32, {Operand{}, Operand{}});
  kernel.Finish(1, 32);
  const ir::Module& m = kernel.module();
  ir::Inst precise = m.insts[0];
  precise.round = ir::Round::kRn;
  EXPECT_EQ(CostOf(H100(), m, precise).issue, 10);
  ir::Inst approximate = m.insts[0];
  approximate.round = ir::Round::kApprox;
  EXPECT_EQ(CostOf(H100(), m, approximate).issue, 4);
  EXPECT_EQ(CostOf(H100(), m, m.insts[1]).issue, 24);
}

}  // namespace
}  // namespace ws::target::cuda
