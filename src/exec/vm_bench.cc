#include "exec/vm_bench.h"

#include <algorithm>
#include <bit>
#include <chrono>
#include <cstring>
#include <memory>

#include "base/arena_memory.h"
#include "exec/engine.h"
#include "ir/builder.h"

namespace ws::exec {
namespace {

using ir::Op;
using ir::Operand;
using ir::RegId;
using ir::Space;
using ir::Type;

constexpr uint32_t kGrid = 32, kBlock = 256, kIterations = 64, kBody = 32;

// kernel(float* data, float* other): a loop of kIterations over a body of about kBody instructions
// of one mix.
class MixWriter {
 public:
  explicit MixWriter(ir::Module& module) : m_(module) {}

  ir::FunctionId Write(const std::string& mix) {
    m_.globals.clear();
    ir::Function f;
    f.name = "mix";
    f.kind = ir::FunctionKind::kKernel;
    f.num_params = 2;
    f.param_bytes = 16;
    for (uint32_t k = 0; k < 2; ++k) {
      ir::Param p;
      p.type = Type::kU64;
      p.offset = 8 * k;
      p.bytes = 8;
      m_.params.push_back(p);
    }
    m_.functions.push_back(f);
    ir::Global tile;
    tile.name = "tile";
    tile.space = Space::kShared;
    tile.bytes = kBlock * 4;
    tile.align = 16;
    m_.globals.push_back(tile);
    const ir::FunctionId id(m_.functions.size() - 1);
    ir::FunctionBuilder b(m_, id);
    b_ = &b;
    b.StartBlock(b.NewBlock());
    Prepare();
    const ir::BlockId loop = b.NewBlock(), end = b.NewBlock();
    Jump(loop);
    b.StartBlock(loop);
    for (uint32_t k = 0; k < kBody; ++k) Body(mix, k);
    To(counter_, Op::kAdd, Type::kU32, {R(counter_), m_.Imm(1)});
    ir::Inst less;
    less.op = Op::kSetp;
    less.type = Type::kU32;
    less.cmp = ir::Cmp::kLt;
    const RegId p = b.NewReg(Type::kPred);
    b.Emit(less, {R(p)}, {R(counter_), m_.Imm(kIterations)});
    Fork(p, loop, end);
    b.StartBlock(end);
    // What was computed is written: a[i] += x0 + n0.
    const RegId sum = b.NewReg(Type::kF32);
    To(sum, Op::kAdd, Type::kF32, {R(x_[0]), R(x_[1])});
    ir::Inst store;
    store.op = Op::kSt;
    store.type = Type::kF32;
    store.space = Space::kGlobal;
    b.Emit(store, {}, {R(address_), R(sum)});
    ir::Inst exit;
    exit.op = Op::kExit;
    b.Emit(exit, {}, {});
    b.Finish();
    return id;
  }

 private:
  static Operand R(RegId r) { return Operand::Reg(r); }
  void To(RegId d, Op op, Type type, std::initializer_list<Operand> srcs,
          ir::Round round = ir::Round::kNone) {
    ir::Inst i;
    i.op = op;
    i.type = type;
    i.round = round;
    b_->Emit(i, {R(d)}, srcs);
  }
  void Jump(ir::BlockId to) {
    ir::Inst i;
    i.op = Op::kBra;
    b_->Emit(i, {}, {Operand::Block(to)});
  }
  void Fork(RegId p, ir::BlockId yes, ir::BlockId no) {
    ir::Inst i;
    i.op = Op::kCondBra;
    b_->Emit(i, {}, {R(p), Operand::Block(yes), Operand::Block(no)});
  }

  void Prepare() {
    tid_ = b_->NewReg(Type::kU32);
    const RegId cta = b_->NewReg(Type::kU32);
    To(tid_, Op::kMov, Type::kU32, {Operand::SpecialReg(ir::Special::kTidX)});
    To(cta, Op::kMov, Type::kU32, {Operand::SpecialReg(ir::Special::kCtaidX)});
    const RegId i = b_->NewReg(Type::kU32);
    To(i, Op::kMad, Type::kU32, {R(cta), m_.Imm(kBlock), R(tid_)});
    const RegId base = b_->NewReg(Type::kU64), other = b_->NewReg(Type::kU64);
    for (const RegId r : {base, other}) {
      ir::Inst ld;
      ld.op = Op::kLd;
      ld.type = Type::kU64;
      ld.space = Space::kParam;
      b_->Emit(ld, {R(r)}, {Operand::Param(r.index == base.index ? 0 : 8)});
    }
    address_ = b_->NewReg(Type::kU64);
    other_ = b_->NewReg(Type::kU64);
    To(address_, Op::kMadWide, Type::kU32, {R(i), m_.Imm(4), R(base)});
    To(other_, Op::kMadWide, Type::kU32, {R(i), m_.Imm(4), R(other)});
    shared_ = b_->NewReg(Type::kU32);
    To(shared_, Op::kMad, Type::kU32, {R(tid_), m_.Imm(4), Operand::Global(ir::GlobalId(0))});
    counter_ = b_->NewReg(Type::kU32);
    To(counter_, Op::kMov, Type::kU32, {m_.Imm(0)});
    for (uint32_t k = 0; k < 8; ++k) {
      x_[k] = b_->NewReg(Type::kF32);
      n_[k] = b_->NewReg(Type::kU32);
      h_[k] = b_->NewReg(Type::kF16);
      To(x_[k], Op::kMov, Type::kF32, {m_.Imm(std::bit_cast<uint32_t>(0.25f + 0.125f * k))});
      To(n_[k], Op::kAdd, Type::kU32, {R(tid_), m_.Imm(k + 3)});
      To(h_[k], Op::kMov, Type::kF16, {m_.Imm(0x3800 + 16 * k)});
    }
    ir::Inst store;
    store.op = Op::kSt;
    store.type = Type::kF32;
    store.space = Space::kShared;
    b_->Emit(store, {}, {R(shared_), R(x_[0])});
  }

  void Body(const std::string& mix, uint32_t k) {
    const RegId x = x_[k % 8], y = x_[(k + 3) % 8], z = x_[(k + 5) % 8];
    const RegId n = n_[k % 8], p = n_[(k + 3) % 8], q = n_[(k + 5) % 8];
    const auto memory = [&](Op op, Space space, RegId address, RegId value) {
      ir::Inst i;
      i.op = op;
      i.type = Type::kF32;
      i.space = space;
      if (op == Op::kLd) {
        b_->Emit(i, {R(value)}, {R(address)});
      } else {
        b_->Emit(i, {}, {R(address), R(value)});
      }
    };
    if (mix == "arithmetic") {
      switch (k % 4) {
        case 0:
          To(x, Op::kFma, Type::kF32, {R(y), R(z), R(x)});
          return;
        case 1:
          To(x, Op::kAdd, Type::kF32, {R(x), R(y)});
          return;
        case 2:
          To(x, Op::kMul, Type::kF32, {R(x), R(z)});
          return;
        default:
          To(x, Op::kMax, Type::kF32, {R(x), R(y)});
          return;
      }
    }
    if (mix == "integer") {
      switch (k % 6) {
        case 0:
          To(n, Op::kMad, Type::kU32, {R(p), R(q), R(n)});
          return;
        case 1:
          To(n, Op::kAdd, Type::kU32, {R(n), R(p)});
          return;
        case 2:
          To(n, Op::kShr, Type::kU32, {R(n), m_.Imm(3)});
          return;
        case 3:
          To(n, Op::kAnd, Type::kB32, {R(n), R(q)});
          return;
        case 4:
          To(n, Op::kXor, Type::kB32, {R(n), R(p)});
          return;
        default:
          To(n, Op::kMin, Type::kS32, {R(n), R(q)});
          return;
      }
    }
    if (mix == "global") {
      switch (k % 4) {
        case 0:
          memory(Op::kLd, Space::kGlobal, other_, x);
          return;
        case 1:
          To(x, Op::kAdd, Type::kF32, {R(x), R(y)});
          return;
        case 2:
          To(n, Op::kAdd, Type::kU32, {R(n), R(p)});
          return;
        default:
          memory(Op::kSt, Space::kGlobal, address_, x);
          return;
      }
    }
    if (mix == "shared") {
      switch (k % 4) {
        case 0:
          memory(Op::kLd, Space::kShared, shared_, x);
          return;
        case 1:
          To(x, Op::kAdd, Type::kF32, {R(x), R(y)});
          return;
        case 2:
          To(n, Op::kAdd, Type::kU32, {R(n), R(p)});
          return;
        default:
          memory(Op::kSt, Space::kShared, shared_, x);
          return;
      }
    }
    if (mix == "divergent") {
      // Eight times: lanes part by a bit of their index, each side does an operation, and meet.
      if (k % 4 != 0) return;
      const RegId bit = b_->NewReg(Type::kU32);
      To(bit, Op::kAnd, Type::kB32, {R(tid_), m_.Imm(1u << (k / 4 % 5))});
      ir::Inst test;
      test.op = Op::kSetp;
      test.type = Type::kU32;
      test.cmp = ir::Cmp::kNe;
      const RegId odd = b_->NewReg(Type::kPred);
      b_->Emit(test, {R(odd)}, {R(bit), m_.Imm(0)});
      const ir::BlockId yes = b_->NewBlock(), no = b_->NewBlock(), join = b_->NewBlock();
      Fork(odd, yes, no);
      b_->StartBlock(yes);
      To(x, Op::kAdd, Type::kF32, {R(x), R(y)});
      Jump(join);
      b_->StartBlock(no);
      To(x, Op::kMul, Type::kF32, {R(x), R(y)});
      Jump(join);
      b_->StartBlock(join);
      return;
    }
    if (mix == "half") {
      const RegId h = h_[k % 8], g = h_[(k + 3) % 8], e = h_[(k + 5) % 8];
      switch (k % 3) {
        case 0:
          To(h, Op::kFma, Type::kF16, {R(g), R(e), R(h)});
          return;
        case 1:
          To(h, Op::kAdd, Type::kF16, {R(h), R(g)});
          return;
        default:
          To(h, Op::kMul, Type::kF16, {R(h), R(e)});
          return;
      }
    }
    switch (k % 5) {
      case 0:
        To(x, Op::kEx2, Type::kF32, {R(y)}, ir::Round::kApprox);
        return;
      case 1:
        To(x, Op::kLg2, Type::kF32, {R(y)}, ir::Round::kApprox);
        return;
      case 2:
        To(x, Op::kRsqrt, Type::kF32, {R(y)}, ir::Round::kApprox);
        return;
      case 3:
        To(x, Op::kDiv, Type::kF32, {R(y), R(z)});
        return;
      default:
        To(x, Op::kSin, Type::kF32, {R(y)}, ir::Round::kApprox);
        return;
    }
  }

  ir::Module& m_;
  ir::FunctionBuilder* b_ = nullptr;
  RegId tid_, address_, other_, shared_, counter_;
  RegId x_[8], n_[8], h_[8];
};

VmBenchRow Measure(const std::string& mix, bool checks, int runs) {
  ArenaMemory memory(size_t{16} << 20);
  ir::Module module(memory.arena());
  const ir::FunctionId kernel = MixWriter(module).Write(mix);
  Instance instance(module);
  const std::vector<uint8_t> zeros(size_t{kGrid} * kBlock * 4, 0);
  const DevicePtr a = instance.Allocate(zeros.size(), "a"),
                  b = instance.Allocate(zeros.size(), "b");
  instance.Write(a, zeros);
  instance.Write(b, zeros);
  Launch launch;
  launch.kernel = kernel;
  launch.grid = {kGrid, 1, 1};
  launch.block = {kBlock, 1, 1};
  launch.params.resize(16);
  memcpy(launch.params.data(), &a, 8);
  memcpy(launch.params.data() + 8, &b, 8);
  RunOptions options;
  options.checks = checks;
  VmBenchRow row{.mix = mix, .checks = checks, .runs = runs};
  std::vector<double> speeds;
  for (int k = -1; k < runs; ++k) {  // the first warms up
    const auto start = std::chrono::steady_clock::now();
    const RunReport report = instance.LaunchKernel(launch, options);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    WS_CHECK(report.clean());
    row.warp_instructions = report.warp_instructions;
    if (k >= 0)
      speeds.push_back(static_cast<double>(report.warp_instructions) / taken.count() / 1e6);
  }
  std::sort(speeds.begin(), speeds.end());
  row.million_per_second = speeds[speeds.size() / 2];
  row.slowest = speeds.front();
  row.fastest = speeds.back();
  return row;
}

}  // namespace

std::vector<VmBenchRow> MeasureVm(int runs) {
  std::vector<VmBenchRow> rows;
  for (const char* mix :
       {"arithmetic", "integer", "half", "special", "global", "shared", "divergent"}) {
    for (const bool checks : {false, true}) rows.push_back(Measure(mix, checks, std::max(runs, 1)));
  }
  return rows;
}

}  // namespace ws::exec
