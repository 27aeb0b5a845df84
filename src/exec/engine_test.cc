#include "exec/engine.h"

#include <bit>
#include <cmath>

#include "exec/test_kernels.h"
#include "tests/test.h"

namespace ws::exec {
namespace {

using ir::Op;
using ir::Space;
using ir::Type;

std::string Text(const RunReport& report) {
  std::string text = "status " + std::to_string(static_cast<int>(report.status)) + "\n";
  for (const Finding& f : report.findings) text += f.message + (f.is_note ? " (note)\n" : "\n");
  return text;
}
bool Has(const RunReport& report, FindingKind kind, bool note = false) {
  for (const Finding& f : report.findings) {
    if (f.kind == kind && f.is_note == note) return true;
  }
  return false;
}

// y[i] = a * x[i] + y[i] for i < n, guarded unless `unguarded`.
ir::FunctionId WriteSaxpy(Writer& w, bool guarded = true) {
  const ir::FunctionId f =
      w.Start("saxpy", ir::FunctionKind::kKernel, {Type::kU64, Type::kU64, Type::kF32, Type::kU32});
  const ir::RegId i = w.GlobalThread();
  const ir::BlockId body = w.Label(), end = w.Label();
  if (guarded) {
    w.Branch(w.Compare(ir::Cmp::kLt, Type::kU32, w.R(i), w.R(w.args[3])), body, end);
  } else {
    w.Branch(body);
  }
  w.Block(body);
  const ir::RegId px = w.Index(w.args[1], i, 4), py = w.Index(w.args[0], i, 4);
  const ir::RegId x = w.Load(Space::kGlobal, Type::kF32, w.R(px));
  const ir::RegId y = w.Load(Space::kGlobal, Type::kF32, w.R(py));
  const ir::RegId r = w.Do(Op::kFma, Type::kF32, {w.R(w.args[2]), w.R(x), w.R(y)});
  w.Store(Space::kGlobal, Type::kF32, w.R(py), w.R(r));
  w.Branch(end);
  w.Block(end);
  w.Return();
  w.Finish();
  return f;
}

std::vector<float> Ramp(size_t n, float scale) {
  std::vector<float> v(n);
  for (size_t k = 0; k < n; ++k) v[k] = scale * static_cast<float>(k % 101) - 3;
  return v;
}

class EngineTest : public testing::TestWithParam<bool> {
 protected:
  RunOptions Options() const {
    RunOptions o;
    o.checks = GetParam();
    return o;
  }
};
INSTANTIATE_TEST_SUITE_P(Checks, EngineTest, testing::Bool());

TEST_P(EngineTest, RunsAGuardedMap) {
  Writer w;
  const ir::FunctionId f = WriteSaxpy(w);
  Instance instance(w.module);
  const std::vector<float> x = Ramp(1000, 0.5f), y = Ramp(1000, 0.25f);
  const DevicePtr px = Upload(instance, x, "x"), py = Upload(instance, y, "y");
  const RunReport report = instance.LaunchKernel(
      LaunchOf(w.module, f, 4, 256, {py, px, std::bit_cast<uint32_t>(2.0f), 1000}).launch,
      Options());
  EXPECT_TRUE(report.clean()) << Text(report);
  EXPECT_GT(report.warp_instructions, 400u);
  const std::vector<float> result = Download<float>(instance, py);
  for (size_t k = 0; k < x.size(); ++k) ASSERT_EQ(result[k], std::fma(2.0f, x[k], y[k])) << k;
}

TEST_P(EngineTest, ReportsAnAccessOutOfBounds) {
  Writer w;
  const ir::FunctionId f = WriteSaxpy(w, false);
  Instance instance(w.module);
  const DevicePtr px = Upload(instance, Ramp(1000, 1), "x"),
                  py = Upload(instance, Ramp(1024, 1), "y");
  const RunReport report =
      instance.LaunchKernel(LaunchOf(w.module, f, 4, 256, {py, px, 0, 1000}).launch, Options());
  EXPECT_EQ(report.status, RunStatus::kStopped);
  ASSERT_EQ(report.findings.size(), 1u);
  const Finding& finding = report.findings[0];
  EXPECT_EQ(finding.kind, FindingKind::kOutOfBounds);
  EXPECT_EQ(finding.message, "load of 4 bytes at byte 4000 of x (4000 bytes)");
  EXPECT_EQ(finding.kernel, "saxpy");
  EXPECT_EQ(finding.block, (Dim3{3, 0, 0}));
  EXPECT_EQ(finding.thread, (Dim3{232, 0, 0}));
}

TEST_P(EngineTest, ReportsNullAndFreedPointers) {
  Writer w;
  const ir::FunctionId f = WriteSaxpy(w);
  Instance instance(w.module);
  const DevicePtr y = Upload(instance, Ramp(32, 1), "y");
  const DevicePtr gone = Upload(instance, Ramp(32, 1), "gone");
  instance.Free(gone);
  const RunReport null =
      instance.LaunchKernel(LaunchOf(w.module, f, 1, 32, {y, 0, 0, 32}).launch, Options());
  EXPECT_TRUE(Has(null, FindingKind::kBadAddress)) << Text(null);
  const RunReport freed =
      instance.LaunchKernel(LaunchOf(w.module, f, 1, 32, {y, gone, 0, 32}).launch, Options());
  EXPECT_TRUE(Has(freed, FindingKind::kUseAfterFree)) << Text(freed);
}

// out[block] = sum of x over the block's 256 threads: tree in shared memory.
ir::FunctionId WriteReduction(Writer& w, bool with_barrier, bool guard_barrier = false,
                              uint32_t shared_bytes = 1024) {
  const ir::FunctionId f = w.Start("reduce", ir::FunctionKind::kKernel, {Type::kU64, Type::kU64});
  const ir::GlobalId tile = w.Shared("tile", shared_bytes);
  const ir::RegId t = w.Thread(), i = w.GlobalThread();
  const ir::RegId x = w.Load(Space::kGlobal, Type::kF32, w.R(w.Index(w.args[1], i, 4)));
  const ir::RegId own = w.SharedWord(tile, t);
  w.Store(Space::kShared, Type::kF32, w.R(own), w.R(x));
  const ir::RegId s = w.Do(Op::kMov, Type::kU32, {w.Imm(128)});
  const ir::BlockId loop = w.Label(), add = w.Label(), next = w.Label(), last = w.Label(),
                    store = w.Label(), end = w.Label(), out = w.Label();
  w.Branch(loop);
  w.Block(loop);
  if (with_barrier && !guard_barrier) w.Barrier();
  w.Branch(w.Compare(ir::Cmp::kLt, Type::kU32, w.R(t), w.R(s)), add, next);
  w.Block(add);
  if (guard_barrier) w.Barrier();
  const ir::RegId other = w.SharedWord(tile, w.Do(Op::kAdd, Type::kU32, {w.R(t), w.R(s)}));
  const ir::RegId a = w.Load(Space::kShared, Type::kF32, w.R(own));
  const ir::RegId b = w.Load(Space::kShared, Type::kF32, w.R(other));
  w.Store(Space::kShared, Type::kF32, w.R(own), w.R(w.Do(Op::kAdd, Type::kF32, {w.R(a), w.R(b)})));
  w.Branch(next);
  w.Block(next);
  w.To(s, Op::kShr, Type::kU32, {w.R(s), w.Imm(1)});
  w.Branch(w.Compare(ir::Cmp::kNe, Type::kU32, w.R(s), w.Imm(0)), loop, last);
  w.Block(last);
  w.Branch(w.Compare(ir::Cmp::kEq, Type::kU32, w.R(t), w.Imm(0)), store, end);
  w.Block(store);
  const ir::RegId c = w.Do(Op::kMov, Type::kU32, {w.Special(ir::Special::kCtaidX)});
  w.Store(Space::kGlobal, Type::kF32, w.R(w.Index(w.args[0], c, 4)),
          w.R(w.Load(Space::kShared, Type::kF32, w.R(own))));
  w.Branch(end);
  w.Block(end);
  if (!guard_barrier) {
    w.Branch(out);
    w.Block(out);
  }
  w.Return();
  w.Finish();
  return f;
}

TEST_P(EngineTest, ReducesInSharedMemory) {
  Writer w;
  const ir::FunctionId f = WriteReduction(w, true);
  Instance instance(w.module);
  const std::vector<float> x = Ramp(1024, 1);
  const DevicePtr px = Upload(instance, x, "x"), py = instance.Allocate(16, "y");
  for (const uint64_t seed : {0, 1, 2}) {
    RunOptions options = Options();
    options.schedule_seed = seed;
    const RunReport report =
        instance.LaunchKernel(LaunchOf(w.module, f, 4, 256, {py, px}).launch, options);
    EXPECT_TRUE(report.clean()) << Text(report);
    EXPECT_EQ(report.block_barriers, 32u);
    const std::vector<float> y = Download<float>(instance, py);
    for (int b = 0; b < 4; ++b) {
      float sum = 0;
      for (int k = 0; k < 256; ++k) sum += x[static_cast<size_t>(b * 256 + k)];
      EXPECT_EQ(y[static_cast<size_t>(b)], sum);
    }
  }
}

TEST(EngineChecksTest, FindsADroppedBarrier) {
  Writer w;
  const ir::FunctionId f = WriteReduction(w, false);
  Instance instance(w.module);
  const DevicePtr px = Upload(instance, Ramp(256, 1), "x"), py = instance.Allocate(4, "y");
  const RunReport report =
      instance.LaunchKernel(LaunchOf(w.module, f, 1, 256, {py, px}).launch, {});
  EXPECT_TRUE(Has(report, FindingKind::kRaceShared)) << Text(report);
  EXPECT_NE(report.findings[0].message.find("shared tile (1024 bytes)"), std::string::npos)
      << Text(report);
  EXPECT_TRUE(report.findings[0].other_loc.valid());
}

TEST(EngineChecksTest, FindsADivergentBarrier) {
  Writer w;
  const ir::FunctionId f = WriteReduction(w, true, true);
  Instance instance(w.module);
  const DevicePtr px = Upload(instance, Ramp(256, 1), "x"), py = instance.Allocate(4, "y");
  const RunReport report =
      instance.LaunchKernel(LaunchOf(w.module, f, 1, 256, {py, px}).launch, {});
  EXPECT_TRUE(Has(report, FindingKind::kDivergentBarrier)) << Text(report);
}

TEST(EngineChecksTest, FindsAnIndexBehindASharedVariable) {
  Writer w;
  const ir::FunctionId f = WriteReduction(w, true, false, 1020);
  Instance instance(w.module);
  const DevicePtr px = Upload(instance, Ramp(256, 1), "x"), py = instance.Allocate(4, "y");
  const RunReport report =
      instance.LaunchKernel(LaunchOf(w.module, f, 1, 256, {py, px}).launch, {});
  ASSERT_EQ(report.findings.size(), 1u);
  EXPECT_EQ(report.findings[0].message,
            "store of 4 bytes at byte 1020 of shared tile (1020 bytes)");
}

TEST(EngineChecksTest, FollowsUninitialisedValues) {
  Writer w;
  const ir::FunctionId f = WriteReduction(w, true);
  Instance instance(w.module);
  const DevicePtr px = instance.Allocate(1024, "x"), py = instance.Allocate(4, "y");
  instance.Write(px, std::vector<uint8_t>(1020, 0));
  const RunReport report =
      instance.LaunchKernel(LaunchOf(w.module, f, 1, 256, {py, px}).launch, {});
  EXPECT_TRUE(Has(report, FindingKind::kUninitializedOutput)) << Text(report);
  uint64_t first = 0;
  EXPECT_EQ(instance.UnwrittenBytes(py, &first), 0u);
  EXPECT_EQ(instance.UnwrittenBytes(px, &first), 1024u);
}

// One warp: lanes sum by shuffles; lanes from `limit` on skip the shuffle.
ir::FunctionId WriteWarpSum(Writer& w, uint32_t limit, uint32_t mask) {
  const ir::FunctionId f = w.Start("warp_sum", ir::FunctionKind::kKernel, {Type::kU64});
  const ir::RegId t = w.Thread();
  const ir::RegId v = w.Convert(Type::kF32, Type::kU32, w.R(t), ir::Round::kRn);
  const ir::BlockId body = w.Label(), end = w.Label();
  w.Branch(w.Compare(ir::Cmp::kLt, Type::kU32, w.R(t), w.Imm(limit)), body, end);
  w.Block(body);
  for (const uint32_t step : {16u, 8u, 4u, 2u, 1u}) {
    const ir::RegId other = w.Shuffle(ir::Shuffle::kBfly, v, step, 31, mask);
    w.To(v, Op::kAdd, Type::kF32, {w.R(v), w.R(other)});
  }
  w.Branch(end);
  w.Block(end);
  w.Store(Space::kGlobal, Type::kF32, w.R(w.Index(w.args[0], t, 4)), w.R(v));
  w.Return();
  w.Finish();
  return f;
}

TEST_P(EngineTest, ShufflesAcrossTheWarp) {
  Writer w;
  const ir::FunctionId f = WriteWarpSum(w, 32, 0xffffffffu);
  Instance instance(w.module);
  const DevicePtr py = instance.Allocate(128, "y");
  const RunReport report =
      instance.LaunchKernel(LaunchOf(w.module, f, 1, 32, {py}).launch, Options());
  EXPECT_TRUE(report.clean()) << Text(report);
  for (const float v : Download<float>(instance, py)) EXPECT_EQ(v, 496);
}

TEST(EngineChecksTest, FindsLanesThatGoRoundAShuffleThatNamesThem) {
  Writer w;
  const ir::FunctionId f = WriteWarpSum(w, 16, 0xffffffffu);
  Instance instance(w.module);
  const DevicePtr py = instance.Allocate(128, "y");
  const RunReport report = instance.LaunchKernel(LaunchOf(w.module, f, 1, 32, {py}).launch, {});
  EXPECT_FALSE(report.clean());
  EXPECT_TRUE(Has(report, FindingKind::kBadMembermask)) << Text(report);
  EXPECT_NE(Text(report).find("names lanes 0xffff0000"), std::string::npos) << Text(report);
}

// Lanes run different numbers of iterations of a loop, then join.
TEST_P(EngineTest, ReconvergesAfterALoop) {
  Writer w;
  const ir::FunctionId f = w.Start("trips", ir::FunctionKind::kKernel, {Type::kU64});
  const ir::RegId t = w.Thread();
  const ir::RegId k = w.Do(Op::kMov, Type::kU32, {w.Imm(0)});
  const ir::BlockId head = w.Label(), body = w.Label(), end = w.Label();
  w.Branch(head);
  w.Block(head);
  // The exit comes first: reconvergence may not depend on the order of successors.
  w.Branch(w.Compare(ir::Cmp::kGt, Type::kU32, w.R(k), w.R(t)), end, body);
  w.Block(body);
  w.To(k, Op::kAdd, Type::kU32, {w.R(k), w.Imm(1)});
  w.Branch(head);
  w.Block(end);
  ir::Inst active;
  active.op = Op::kActivemask;
  active.type = Type::kB32;
  const ir::RegId mask = w.builder->NewReg(Type::kB32);
  w.Emit(active, {w.R(mask)}, {});
  const ir::RegId both = w.Do(
      Op::kSelp, Type::kU32,
      {w.R(k), w.Imm(0), w.R(w.Compare(ir::Cmp::kEq, Type::kU32, w.R(mask), w.Imm(0xffffffffu)))});
  w.Store(Space::kGlobal, Type::kU32, w.R(w.Index(w.args[0], t, 4)), w.R(both));
  w.Return();
  w.Finish();
  Instance instance(w.module);
  const DevicePtr py = instance.Allocate(128, "y");
  const RunReport report =
      instance.LaunchKernel(LaunchOf(w.module, f, 1, 32, {py}).launch, Options());
  EXPECT_TRUE(report.clean()) << Text(report);
  const std::vector<uint32_t> y = Download<uint32_t>(instance, py);
  for (uint32_t lane = 0; lane < 32; ++lane) EXPECT_EQ(y[lane], lane + 1);
}

TEST_P(EngineTest, SpinLocksMakeProgress) {
  Writer w;
  const ir::FunctionId f = w.Start("lock", ir::FunctionKind::kKernel, {Type::kU64, Type::kU64});
  const ir::BlockId spin = w.Label(), got = w.Label();
  w.Branch(spin);
  w.Block(spin);
  ir::Inst cas;
  cas.op = Op::kAtom;
  cas.type = Type::kB32;
  cas.space = Space::kGlobal;
  cas.sub = static_cast<uint8_t>(ir::Atomic::kCas);
  const ir::RegId old = w.builder->NewReg(Type::kB32);
  w.Emit(cas, {w.R(old)}, {w.R(w.args[0]), w.Imm(0), w.Imm(1)});
  w.Branch(w.Compare(ir::Cmp::kNe, Type::kU32, w.R(old), w.Imm(0)), spin, got);
  w.Block(got);
  ir::Inst add;
  add.op = Op::kRed;
  add.type = Type::kU32;
  add.space = Space::kGlobal;
  add.sub = static_cast<uint8_t>(ir::Atomic::kAdd);
  w.Emit(add, {}, {w.R(w.args[1]), w.Imm(1)});
  ir::Inst exch = cas;
  exch.sub = static_cast<uint8_t>(ir::Atomic::kExch);
  w.Emit(exch, {w.R(old)}, {w.R(w.args[0]), w.Imm(0)});
  w.Return();
  w.Finish();
  Instance instance(w.module);
  const DevicePtr lock = Upload<uint32_t>(instance, {0}, "lock");
  const DevicePtr count = Upload<uint32_t>(instance, {0}, "count");
  const RunReport report =
      instance.LaunchKernel(LaunchOf(w.module, f, 1, 8, {lock, count}).launch, Options());
  EXPECT_TRUE(report.clean()) << Text(report);
  EXPECT_EQ(Download<uint32_t>(instance, count)[0], 8u);
}

TEST_P(EngineTest, EndlessLoopsRunOutOfFuel) {
  Writer w;
  const ir::FunctionId f = w.Start("forever", ir::FunctionKind::kKernel, {});
  const ir::BlockId loop = w.Label();
  w.Branch(loop);
  w.Block(loop);
  w.Branch(loop);
  w.Finish();
  Instance instance(w.module);
  RunOptions options = Options();
  options.limits.fuel = 1000000;
  const RunReport report = instance.LaunchKernel(LaunchOf(w.module, f, 2, 64, {}).launch, options);
  EXPECT_EQ(report.status, RunStatus::kNoFuel) << Text(report);
}

TEST_P(EngineTest, CopiesTakeFuelByTheirBytes) {
  Writer w;
  const ir::FunctionId f = w.Start("copies", ir::FunctionKind::kHost, {Type::kU64});
  const ir::BlockId loop = w.Label();
  w.Branch(loop);
  w.Block(loop);
  w.Runtime(ir::RtFn::kMemset, {w.R(w.args[0]), w.Imm(0), w.Imm(1 << 20)});
  w.Branch(loop);
  w.Finish();
  Instance instance(w.module);
  struct Seen {
    int calls = 0;
  } seen;
  Tracer tracer;
  tracer.self = &seen;
  tracer.host_work = [](void* self, const HostWork& work) {
    EXPECT_EQ(work.bytes, 1u << 20);
    EXPECT_TRUE(work.to_device);
    ++static_cast<Seen*>(self)->calls;
  };
  RunOptions options = Options();
  options.tracer = &tracer;
  options.limits.fuel = 100 * ((1 << 20) / 128);
  const ArgValue to{Type::kU64, instance.Allocate(1 << 20, "x")};
  const RunReport report = instance.Call(f, {&to, 1}, options);
  EXPECT_EQ(report.status, RunStatus::kNoFuel) << Text(report);
  EXPECT_GE(seen.calls, 99);
  EXPECT_LE(seen.calls, 101);
}

// launch(y, x, n): allocates a temporary, copies x into it, launches saxpy on it, frees it.
ir::FunctionId WriteLauncher(Writer& w, ir::FunctionId kernel, bool frees) {
  const ir::FunctionId f =
      w.Start("launch", ir::FunctionKind::kHost, {Type::kU64, Type::kU64, Type::kS32});
  const ir::RegId bytes = w.Do(Op::kMulWide, Type::kS32, {w.R(w.args[2]), w.Imm(4)}, Type::kS64);
  w.Runtime(ir::RtFn::kMalloc, {ir::Operand::Frame(0), w.R(bytes)});
  const ir::RegId tmp = w.Load(Space::kLocal, Type::kU64, ir::Operand::Frame(0));
  w.Runtime(ir::RtFn::kMemcpy, {w.R(tmp), w.R(w.args[1]), w.R(bytes), w.Imm(3)});
  const ir::RegId up = w.Do(Op::kAdd, Type::kS32, {w.R(w.args[2]), w.Imm(127)});
  const ir::RegId grid = w.Do(Op::kDiv, Type::kS32, {w.R(up), w.Imm(128)});
  ir::Inst launch;
  launch.op = Op::kLaunch;
  w.Emit(launch, {},
         {ir::Operand::Function(kernel), w.R(grid), w.Imm(1), w.Imm(1), w.Imm(128), w.Imm(1),
          w.Imm(1), w.Imm(0), w.Imm(0), w.R(w.args[0]), w.R(tmp), w.F(3), w.R(w.args[2])});
  if (frees) w.Runtime(ir::RtFn::kFree, {w.R(tmp)});
  w.Runtime(ir::RtFn::kDeviceSync, {});
  w.Return();
  w.module.functions[f.index].frame_bytes = 8;
  w.Finish();
  return f;
}

TEST_P(EngineTest, RunsALauncher) {
  for (const bool frees : {true, false}) {
    Writer w;
    const ir::FunctionId kernel = WriteSaxpy(w);
    const ir::FunctionId f = WriteLauncher(w, kernel, frees);
    Instance instance(w.module);
    const std::vector<float> x = Ramp(300, 0.5f), y = Ramp(300, 0.25f);
    const DevicePtr px = Upload(instance, x, "x"), py = Upload(instance, y, "y");
    const ArgValue args[] = {{Type::kU64, py}, {Type::kU64, px}, {Type::kS32, 300}};
    const RunReport report = instance.Call(f, args, Options());
    EXPECT_EQ(report.status, RunStatus::kOk) << Text(report);
    EXPECT_EQ(Has(report, FindingKind::kLeak), !frees && GetParam()) << Text(report);
    EXPECT_EQ(report.findings.size(), !frees && GetParam() ? 1u : 0u) << Text(report);
    ASSERT_EQ(report.launches.size(), 1u);
    EXPECT_EQ(report.launches[0].grid, (Dim3{3, 1, 1}));
    const std::vector<float> result = Download<float>(instance, py);
    for (size_t k = 0; k < x.size(); ++k) ASSERT_EQ(result[k], std::fma(3.0f, x[k], y[k])) << k;
  }
}

TEST(EngineDomainTest, CarriesErrorsThroughSharedMemory) {
  Writer w;
  const ir::FunctionId f = WriteReduction(w, true);
  Instance instance(w.module);
  std::vector<float> x = Ramp(256, 1);
  double sum = 0, absolute = 0;
  for (const float v : x) {
    sum += v;
    absolute += std::fabs(v);
  }
  const DevicePtr px = Upload(instance, x, "x"), py = instance.Allocate(4, "y");
  RunOptions options;
  options.domain = Domain::kError;
  const RunReport report =
      instance.LaunchKernel(LaunchOf(w.module, f, 1, 256, {py, px}).launch, options);
  EXPECT_TRUE(report.clean()) << Text(report);
  const Shadow s = instance.ReadShadow(py, 0, Type::kF32);
  EXPECT_EQ(s.value, sum);
  EXPECT_EQ(s.magnitude, absolute);
  EXPECT_EQ(s.roundings, 255);
  EXPECT_FALSE(s.lost);
}

TEST(EngineTest, ShufflesAsManyBlocksAsItRuns) {
  Writer w;
  const ir::FunctionId f = WriteSaxpy(w);
  Instance instance(w.module);
  const std::vector<float> x = Ramp(1024, 1);
  const DevicePtr px = Upload(instance, x, "x"),
                  py = Upload(instance, std::vector<float>(1024), "y");
  RunOptions options;
  options.schedule_seed = 7;
  // Every block is taken once.
  RunReport report = instance.LaunchKernel(
      LaunchOf(w.module, f, 32, 32, {py, px, 0x3f800000, 1000}).launch, options);
  EXPECT_TRUE(report.clean()) << Text(report);
  const auto y = instance.Read(py);
  for (int i = 0; i < 1000; ++i) {
    float value = 0;
    memcpy(&value, y.data() + 4 * i, 4);
    ASSERT_EQ(value, x[static_cast<size_t>(i)]) << i;
  }
  // A list of these blocks would take 8 GiB.
  options.limits.fuel = 100'000;
  report = instance.LaunchKernel(
      LaunchOf(w.module, f, 0x7fffffff, 32, {py, px, 0x3f800000, 1000}).launch, options);
  EXPECT_EQ(report.status, RunStatus::kNoFuel) << Text(report);
}

TEST(EngineTracerTest, CountsAndSamplesBlocks) {
  Writer w;
  const ir::FunctionId f = WriteSaxpy(w);
  Instance instance(w.module);
  const DevicePtr px = Upload(instance, Ramp(1024, 1), "x"),
                  py = Upload(instance, Ramp(1024, 1), "y");
  struct Seen {
    uint64_t loads = 0, stores = 0, ends = 0, executed = 0, lanes = 0, most = 0;
    bool contiguous = true;
  } seen;
  Tracer tracer;
  tracer.self = &seen;
  tracer.choose_blocks = [](void*, const Launch&, std::vector<uint32_t>& blocks) {
    blocks = {0, 3};
  };
  tracer.access = [](void* self, const Access& a) {
    Seen& s = *static_cast<Seen*>(self);
    ++(a.effect == ir::Effect::Load ? s.loads : s.stores);
    for (int k = 1; k < 32 && a.active == 0xffffffffu; ++k) {
      s.contiguous =
          s.contiguous && a.addresses[k] == a.addresses[0] + 4u * static_cast<unsigned>(k);
    }
    s.contiguous = s.contiguous && a.allocation % 256 == 0 && a.allocation_bytes == 4096;
  };
  tracer.block_end = [](void* self, uint32_t, std::span<const uint64_t>,
                        std::span<const uint64_t>) { ++static_cast<Seen*>(self)->ends; };
  tracer.launch_end = [](void* self, const Launch&, std::span<const uint64_t> executed,
                         std::span<const uint64_t> lanes, uint32_t blocks) {
    Seen& s = *static_cast<Seen*>(self);
    for (const uint64_t n : executed) s.executed += n;
    for (const uint64_t n : lanes) s.lanes += n;
    s.most = blocks;
  };
  for (const bool checks : {false, true}) {
    seen = Seen{};
    RunOptions options;
    options.checks = checks;
    options.tracer = &tracer;
    const RunReport report =
        instance.LaunchKernel(LaunchOf(w.module, f, 4, 256, {py, px, 0, 1000}).launch, options);
    EXPECT_TRUE(report.clean()) << Text(report);
    EXPECT_EQ(seen.loads, 32u);
    EXPECT_EQ(seen.stores, 16u);
    EXPECT_TRUE(seen.contiguous);
    EXPECT_EQ(seen.ends, 2u);
    EXPECT_EQ(seen.most, 2u);
    EXPECT_EQ(seen.executed, report.warp_instructions);
  }
}

}  // namespace
}  // namespace ws::exec
