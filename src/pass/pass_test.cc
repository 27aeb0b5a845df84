// Passes keep what a function computes: random single-lane kernels are interpreted before and
// after, by ir::Eval and a small memory. Then one test per pass for what it is there to do.
#include <cstring>
#include <map>

#include "base/arena_memory.h"
#include "base/hash.h"
#include "base/rng.h"
#include "ir/builder.h"
#include "ir/cfg.h"
#include "ir/eval.h"
#include "ir/print.h"
#include "ir/verify.h"
#include "pass/address.h"
#include "pass/body.h"
#include "pass/contract.h"
#include "pass/copy.h"
#include "pass/cse.h"
#include "pass/dce.h"
#include "pass/div_rem.h"
#include "pass/infer_space.h"
#include "pass/inline.h"
#include "pass/licm.h"
#include "pass/pipeline.h"
#include "pass/promote_frame.h"
#include "pass/schedule.h"
#include "pass/simplify_cfg.h"
#include "pass/unroll.h"
#include "tests/test.h"

namespace ws::pass {
namespace {

using ir::BlockId;
using ir::Cmp;
using ir::FunctionBuilder;
using ir::FunctionId;
using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::RegId;
using ir::Space;
using ir::Type;

Inst Of(Op op, Type type = Type::kNone) {
  Inst inst;
  inst.op = op;
  inst.type = type;
  return inst;
}
Inst Compare(Cmp cmp, Type type) {
  Inst inst = Of(Op::kSetp, type);
  inst.cmp = cmp;
  return inst;
}

// Runs one lane of `function`; memory is a map of 4-byte words, the parameter block holds 64.
class Interpreter {
 public:
  Interpreter(const ir::Module& module, std::map<uint64_t, uint32_t>& memory)
      : m_(module), memory_(memory) {}

  uint64_t Run(FunctionId id, const std::vector<uint64_t>& arguments) {
    const ir::Function& f = m_.functions[id.index];
    std::vector<uint64_t> regs(f.num_regs, 0);
    for (uint32_t i = 0; i < arguments.size(); ++i) {
      const ir::Param& p = m_.Params(f)[i];
      if (p.reg.valid()) regs[p.reg.index] = arguments[i];
    }
    std::map<uint64_t, uint32_t> local;
    uint32_t block = f.first_block;
    for (;;) {
      const ir::Block& b = m_.blocks[block];
      for (uint32_t i = 0; i < b.num_insts; ++i) {
        const Inst& inst = m_.insts[b.first_inst + i];
        if (++steps_ > 1000000) {
          ADD_FAILURE() << "runs forever";
          return 0;
        }
        if (inst.guard.valid() && (regs[inst.guard.index] != 0) == inst.guard_negated) continue;
        const auto value = [&](Operand o) -> uint64_t {
          if (o.IsReg()) return regs[o.index];
          if (o.IsImm()) return m_.ImmBits(o);
          if (o.kind == ir::OperandKind::kGlobal) return 0x1000 + 0x100 * o.index;
          if (o.kind == ir::OperandKind::kFrame) return o.index;
          return 0;
        };
        const std::span<const Operand> s = m_.Srcs(inst);
        switch (inst.op) {
          case Op::kBra:
            block = s[0].index;
            goto next_block;
          case Op::kCondBra:
            block = value(s[0]) != 0 ? s[1].index : s[2].index;
            goto next_block;
          case Op::kExit:
            return 0;
          case Op::kRet:
            return s.empty() ? 0 : value(s[0]);
          case Op::kCall: {
            std::vector<uint64_t> args;
            for (size_t k = 1; k < s.size(); ++k) args.push_back(value(s[k]));
            const uint64_t r = Run(FunctionId(s[0].index), args);
            if (inst.num_dsts > 0) regs[m_.Dsts(inst)[0].index] = r;
            break;
          }
          case Op::kLd: {
            if (inst.space == Space::kParam) {
              regs[m_.Dsts(inst)[0].index] = 0x5000;
              break;
            }
            const uint64_t at = value(s[0]) + static_cast<uint64_t>(int64_t{inst.offset});
            for (uint32_t k = 0; k < inst.vec; ++k) {
              regs[m_.Dsts(inst)[k].index] = MemoryOf(inst, local)[at + 4 * k];
            }
            break;
          }
          case Op::kSt: {
            const uint64_t at = value(s[0]) + static_cast<uint64_t>(int64_t{inst.offset});
            for (uint32_t k = 0; k < inst.vec; ++k) {
              MemoryOf(inst, local)[at + 4 * k] = static_cast<uint32_t>(value(s[k + 1]));
            }
            break;
          }
          case Op::kCvta:
          case Op::kCvtaTo:
            regs[m_.Dsts(inst)[0].index] = value(s[0]);
            break;
          default: {
            std::vector<uint64_t> bits;
            for (const Operand o : s) bits.push_back(value(o));
            EXPECT_TRUE(ir::Eval(inst, bits, regs[m_.Dsts(inst)[0].index]));
          }
        }
      }
    next_block:;
    }
  }

 private:
  std::map<uint64_t, uint32_t>& MemoryOf(const Inst& inst, std::map<uint64_t, uint32_t>& local) {
    return inst.space == Space::kLocal ? local : memory_;
  }

  const ir::Module& m_;
  std::map<uint64_t, uint32_t>& memory_;
  uint64_t steps_ = 0;
};

FunctionId NewKernel(ir::Module& m) {
  ir::Function f;
  f.name = "k";
  f.kind = ir::FunctionKind::kKernel;
  f.first_param = m.params.size();
  f.num_params = 1;
  f.param_bytes = 8;
  m.params.push_back({.name = "x", .type = Type::kU64, .bytes = 8, .is_pointer = true});
  m.functions.push_back(f);
  return FunctionId(m.functions.size() - 1);
}

// A device function of one argument with a branch inside.
FunctionId NewCallee(ir::Module& m) {
  ir::Function f;
  f.name = "callee";
  f.result = Type::kU32;
  f.first_param = m.params.size();
  f.num_params = 1;
  m.params.push_back({.name = "x", .type = Type::kU32, .bytes = 4, .reg = RegId(0)});
  m.functions.push_back(f);
  const FunctionId id(m.functions.size() - 1);
  FunctionBuilder b(m, id);
  const RegId x = b.NewReg(Type::kU32), p = b.NewReg(Type::kPred);
  const BlockId entry = b.NewBlock(), odd = b.NewBlock(), even = b.NewBlock();
  b.StartBlock(entry);
  const RegId low = b.Value(Op::kAnd, Type::kB32, {Operand::Reg(x), m.Imm(1)}, Type::kU32, {});
  b.Emit(Compare(Cmp::kEq, Type::kU32), {Operand::Reg(p)}, {Operand::Reg(low), m.Imm(0)});
  b.Emit(Of(Op::kCondBra), {}, {Operand::Reg(p), Operand::Block(even), Operand::Block(odd)});
  b.StartBlock(odd);
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(x)}, {Operand::Reg(x), m.Imm(7)});
  b.Emit(Of(Op::kRet), {}, {Operand::Reg(x)});
  b.StartBlock(even);
  const RegId y = b.Value(Op::kMul, Type::kU32, {Operand::Reg(x), m.Imm(3)}, Type::kU32, {});
  b.Emit(Of(Op::kRet), {}, {Operand::Reg(y)});
  b.Finish();
  return id;
}

// Nested loops and branches over a few mutable variables and many temporaries.
class RandomKernel {
 public:
  RandomKernel(ir::Module& m, uint64_t seed)
      : m_(m), rng_(seed), callee_(NewCallee(m)), id_(NewKernel(m)), b_(m, id_) {}

  FunctionId Build() {
    b_.StartBlock(b_.NewBlock());
    Inst ld = Of(Op::kLd, Type::kU64);
    ld.space = Space::kParam;
    base_ = b_.NewReg(Type::kU64);
    b_.Emit(ld, {Operand::Reg(base_)}, {Operand::Param(0)});
    for (int i = 0; i < 5; ++i) {
      vars_.push_back(b_.NewReg(Type::kU32));
      b_.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(vars_.back())}, {m_.Imm(rng_.Below(9))});
    }
    for (uint32_t word = 0; word < kArrays * kArrayWords; ++word) {
      Inst st = Of(Op::kSt, Type::kU32);
      st.space = Space::kLocal;
      st.offset = static_cast<int32_t>(4 * (word % kArrayWords));
      const uint32_t array = word / kArrayWords;
      b_.Emit(st, {}, {Operand::Frame(4 * kArrayWords * array), m_.Imm(rng_.Below(9))});
    }
    Statements(3);
    for (const RegId v : vars_) Store(v);
    b_.Emit(Of(Op::kExit), {}, {});
    b_.Finish();
    m_.functions[id_.index].frame_bytes = 4 * kArrayWords * kArrays;
    return id_;
  }

 private:
  static constexpr uint32_t kArrays = 3, kArrayWords = 12;

  // A load or store of one to four words of a local array, at a place that is constant or depends
  // on the counter of a loop around it.
  void Local() {
    const uint32_t array = static_cast<uint32_t>(rng_.Below(kArrays));
    const uint32_t frame = 4 * kArrayWords * array;
    Operand base = Operand::Frame(frame);
    uint32_t word = static_cast<uint32_t>(rng_.Below(4)), vec = 1;
    if (!counters_.empty() && rng_.Below(2) == 0 && array != 2) {
      const RegId start = b_.Value(Op::kMov, Type::kU64, {base}, Type::kU64, {});
      const Operand counter = Operand::Reg(counters_[rng_.Below(counters_.size())]);
      const RegId scaled = b_.Value(Op::kMulWide, Type::kU32, {counter, m_.Imm(4)}, Type::kU64, {});
      base = Operand::Reg(b_.Value(Op::kAdd, Type::kU64,
                                   {Operand::Reg(start), Operand::Reg(scaled)}, Type::kU64, {}));
    } else if (rng_.Below(3) == 0) {
      vec = rng_.Below(2) == 0 ? 2 : 4;
      word = word / vec * vec;
    }
    const bool load = rng_.Below(2) == 0;
    Inst inst = Of(load ? Op::kLd : Op::kSt, Type::kU32);
    inst.space = Space::kLocal;
    inst.vec = static_cast<uint8_t>(vec);
    inst.offset = static_cast<int32_t>(4 * word);
    std::vector<Operand> values;
    for (uint32_t i = 0; i < vec; ++i) values.push_back(load ? Operand::Reg(Var()) : Value());
    if (load) {
      b_.Emit(inst, values, std::span<const Operand>(&base, 1));
    } else {
      values.insert(values.begin(), base);
      b_.Emit(inst, {}, values);
    }
  }
  RegId Var() { return vars_[rng_.Below(vars_.size())]; }
  Operand Value() {
    if (rng_.Below(3) == 0) return m_.Imm(rng_.Below(5));
    if (!temps_.empty() && rng_.Below(2) == 0)
      return Operand::Reg(temps_[rng_.Below(temps_.size())]);
    return Operand::Reg(Var());
  }
  void Store(RegId v) {
    Inst st = Of(Op::kSt, Type::kU32);
    const RegId address = b_.Value(Op::kAdd, Type::kU64,
                                   {Operand::Reg(base_), m_.Imm(4 * stores_++)}, Type::kU64, {});
    b_.Emit(st, {}, {Operand::Reg(address), Operand::Reg(v)});
  }
  void Simple() {
    const Op kOps[] = {Op::kAdd, Op::kSub, Op::kMul, Op::kAnd, Op::kOr,  Op::kXor, Op::kMin,
                       Op::kDiv, Op::kRem, Op::kShl, Op::kShr, Op::kMad, Op::kMov, Op::kCall};
    const Op op = kOps[rng_.Below(14)];
    const Type type = rng_.Below(2) == 0 ? Type::kU32 : Type::kS32;
    const bool to_var = rng_.Below(3) == 0;
    const RegId dst = to_var ? Var() : b_.NewReg(Type::kU32);
    if (op == Op::kCall) {
      b_.Emit(Of(op), {Operand::Reg(dst)}, {Operand::Function(callee_), Value()});
    } else {
      Inst inst = Of(op, type);
      const Operand srcs[3] = {Value(), Value(), Value()};
      if (to_var && rng_.Below(3) == 0) {
        const RegId p = b_.NewReg(Type::kPred);
        b_.Emit(Compare(Cmp::kLt, type), {Operand::Reg(p)}, {Value(), Value()});
        inst.guard = p;
        inst.guard_negated = rng_.Below(2) == 0;
      }
      const Operand d = Operand::Reg(dst);
      b_.Emit(inst, {&d, 1}, {srcs, static_cast<size_t>(ir::InfoOf(op).srcs)});
    }
    if (!to_var) temps_.push_back(dst);
  }
  void Statements(int depth) {
    const uint64_t n = 2 + rng_.Below(5);
    for (uint64_t i = 0; i < n; ++i) {
      const uint64_t kind = depth > 0 ? rng_.Below(8) : 7;
      if (kind == 0) {
        If(depth);
      } else if (kind == 1) {
        For(depth);
      } else if (kind == 2) {
        Store(Var());
      } else if (kind == 3 || (depth == 0 && rng_.Below(3) == 0)) {
        Local();
      } else {
        Simple();
      }
    }
  }
  void If(int depth) {
    const RegId p = b_.NewReg(Type::kPred);
    b_.Emit(Compare(Cmp::kLt, Type::kS32), {Operand::Reg(p)}, {Value(), Value()});
    const BlockId then = b_.NewBlock(), other = b_.NewBlock(), join = b_.NewBlock();
    b_.Emit(Of(Op::kCondBra), {}, {Operand::Reg(p), Operand::Block(then), Operand::Block(other)});
    for (const BlockId block : {then, other}) {
      b_.StartBlock(block);
      const size_t mark = temps_.size();
      Statements(depth - 1);
      temps_.resize(mark);
      b_.Emit(Of(Op::kBra), {}, {Operand::Block(join)});
    }
    b_.StartBlock(join);
  }
  void For(int depth) {
    const RegId i = b_.NewReg(Type::kU32), p = b_.NewReg(Type::kPred);
    Operand turns = m_.Imm(rng_.Below(5));
    if (rng_.Below(2) == 0) {  // as many as data says
      turns = Operand::Reg(
          b_.Value(Op::kAnd, Type::kB32, {Operand::Reg(Var()), m_.Imm(7)}, Type::kU32, {}));
    }
    b_.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(i)}, {m_.Imm(0)});
    const BlockId head = b_.NewBlock(), turn = b_.NewBlock(), done = b_.NewBlock();
    b_.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
    b_.StartBlock(head);
    b_.Emit(Compare(rng_.Below(2) == 0 ? Cmp::kLt : Cmp::kLe, Type::kU32), {Operand::Reg(p)},
            {Operand::Reg(i), turns});
    b_.Emit(Of(Op::kCondBra), {}, {Operand::Reg(p), Operand::Block(turn), Operand::Block(done)});
    b_.StartBlock(turn);
    const size_t mark = temps_.size();
    temps_.push_back(i);
    counters_.push_back(i);
    Statements(depth - 1);
    temps_.resize(mark);
    counters_.pop_back();
    b_.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(i)}, {Operand::Reg(i), m_.Imm(1)});
    b_.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
    b_.StartBlock(done);
  }

  ir::Module& m_;
  Rng rng_;
  FunctionId callee_, id_;
  FunctionBuilder b_;
  RegId base_;
  std::vector<RegId> vars_, temps_, counters_;
  uint64_t stores_ = 0;
};

std::map<uint64_t, uint32_t> ResultOf(const ir::Module& m, FunctionId f) {
  std::map<uint64_t, uint32_t> memory;
  Interpreter(m, memory).Run(f, {});
  return memory;
}

TEST(Passes, KeepWhatRandomKernelsCompute) {
  for (const std::span<const Pass> passes : {ExecutionPasses(), TimingPasses()}) {
    for (uint64_t seed = 1; seed <= 300; ++seed) {
      ArenaMemory memory(size_t{64} << 20);
      ir::Module m(memory.arena());
      const FunctionId f = RandomKernel(m, seed).Build();
      ASSERT_EQ(ir::Verify(m), std::vector<std::string>()) << seed;
      const std::map<uint64_t, uint32_t> want = ResultOf(m, f);
      for (const Pass& pass : passes) {
        const std::string before = ir::Dump(m, f);
        pass.run(m, f);
        ASSERT_EQ(ir::Verify(m, f), std::vector<std::string>()) << pass.name << " seed " << seed;
        ASSERT_EQ(ResultOf(m, f), want) << pass.name << " seed " << seed << "\n"
                                        << before << "\n"
                                        << ir::Dump(m, f);
      }
    }
  }
}

TEST(Passes, UnrolledLoopFoldsAway) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  FunctionBuilder b(m, id);
  const BlockId entry = b.NewBlock(), head = b.NewBlock(), turn = b.NewBlock(), done = b.NewBlock();
  const RegId i = b.NewReg(Type::kU32), sum = b.NewReg(Type::kU32), p = b.NewReg(Type::kPred);
  b.StartBlock(entry);
  b.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(i)}, {m.Imm(0)});
  b.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(sum)}, {m.Imm(0)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(head, {}, 0xffff);
  b.Emit(Compare(Cmp::kLt, Type::kU32), {Operand::Reg(p)}, {Operand::Reg(i), m.Imm(10)});
  b.Emit(Of(Op::kCondBra), {}, {Operand::Reg(p), Operand::Block(turn), Operand::Block(done)});
  b.StartBlock(turn);
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(sum)}, {Operand::Reg(sum), Operand::Reg(i)});
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(i)}, {Operand::Reg(i), m.Imm(1)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(done);
  b.Emit(Of(Op::kSt, Type::kU32), {}, {m.Imm(64), Operand::Reg(sum)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  ForTiming(m);
  EXPECT_EQ(ir::Dump(m, id), "kernel k(u64 x) {\nb0:\n  st.u32 [64], 45\n  exit\n}\n");
}

TEST(Passes, InvariantsLeaveTheLoopAndSpacesAreFound) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  m.globals.push_back(
      {.name = "tile", .space = Space::kShared, .bytes = 64, .align = 4, .owner = id});
  FunctionBuilder b(m, id);
  const BlockId entry = b.NewBlock(), head = b.NewBlock(), turn = b.NewBlock(), done = b.NewBlock();
  b.StartBlock(entry);
  Inst ld = Of(Op::kLd, Type::kU64);
  ld.space = Space::kParam;
  const RegId x = b.NewReg(Type::kU64), p = b.NewReg(Type::kPred), i = b.NewReg(Type::kU32);
  b.Emit(ld, {Operand::Reg(x)}, {Operand::Param(0)});
  const RegId n = b.NewReg(Type::kU32), v = b.NewReg(Type::kF32);
  b.Emit(Of(Op::kLd, Type::kU32), {Operand::Reg(n)}, {Operand::Reg(x)});
  b.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(i)}, {m.Imm(0)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(head);
  b.Emit(Compare(Cmp::kLt, Type::kU32), {Operand::Reg(p)}, {Operand::Reg(i), Operand::Reg(n)});
  b.Emit(Of(Op::kCondBra), {}, {Operand::Reg(p), Operand::Block(turn), Operand::Block(done)});
  b.StartBlock(turn);
  const RegId sym =
      b.Value(Op::kMov, Type::kU64, {Operand::Global(ir::GlobalId(0))}, Type::kU64, {});
  Inst cvta = Of(Op::kCvta, Type::kU64);
  cvta.space = Space::kShared;
  const RegId generic = b.NewReg(Type::kU64);
  b.Emit(cvta, {Operand::Reg(generic)}, {Operand::Reg(sym)});
  const RegId at =
      b.Value(Op::kAdd, Type::kU64, {Operand::Reg(generic), m.Imm(16)}, Type::kU64, {});
  b.Emit(Of(Op::kLd, Type::kF32), {Operand::Reg(v)}, {Operand::Reg(at)});
  const RegId product =
      b.Value(Op::kMul, Type::kF32, {Operand::Reg(v), Operand::Reg(v)}, Type::kF32, {});
  const RegId sum =
      b.Value(Op::kAdd, Type::kF32, {Operand::Reg(product), Operand::Reg(v)}, Type::kF32, {});
  b.Emit(Of(Op::kSt, Type::kF32), {}, {Operand::Reg(x), Operand::Reg(sum)});
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(i)}, {Operand::Reg(i), m.Imm(1)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(done);
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  ForTiming(m);
  EXPECT_EQ(ir::Verify(m), std::vector<std::string>());
  const std::string text = ir::Dump(m, id);
  EXPECT_NE(text.find("b2:\n  %4:f32 = ld.shared.f32 [%5+16]\n"), std::string::npos) << text;
  EXPECT_NE(text.find("= ld.global.u32 [%0]"), std::string::npos) << text;
  EXPECT_NE(text.find("= fma.f32 %4, %4, %4"), std::string::npos) << text;
  EXPECT_EQ(text.find("cvta"), std::string::npos) << text;
}

TEST(Passes, ExecutionKeepsDeadLoads) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  FunctionBuilder b(m, id);
  b.StartBlock(b.NewBlock());
  b.Value(Op::kLd, Type::kU32, {m.Imm(64)}, Type::kU32, {});
  b.Value(Op::kAdd, Type::kU32, {m.Imm(1), m.Imm(2)}, Type::kU32, {});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  ForExecution(m);
  EXPECT_EQ(m.Blocks(m.functions[id.index])[0].num_insts, 2u);
  ForTiming(m);
  EXPECT_EQ(m.Blocks(m.functions[id.index])[0].num_insts, 1u);
}

// One block over two local arrays of 16 bytes: st.v2 a[0..1] = 1, 2; reg = u64 at a[0]; st b[i].
TEST(Passes, LocalArraysBecomeRegistersUnlessIndexed) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  m.functions[id.index].frame_bytes = 32;
  FunctionBuilder b(m, id);
  b.StartBlock(b.NewBlock());
  Inst st = Of(Op::kSt, Type::kU32);
  st.space = Space::kLocal;
  Inst st2 = st, ld = st, ld64 = st;
  st2.vec = 2;
  b.Emit(st2, {}, {Operand::Frame(0), m.Imm(1), m.Imm(2)});
  ld64.op = ld.op = Op::kLd;
  ld64.type = Type::kU64;
  const RegId both = b.NewReg(Type::kU64), i = b.NewReg(Type::kU32), x = b.NewReg(Type::kU32);
  b.Emit(ld64, {Operand::Reg(both)}, {Operand::Frame(0)});
  ld.offset = 12;
  b.Emit(ld, {Operand::Reg(x)}, {Operand::Frame(0)});
  b.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(i)}, {Operand::SpecialReg(ir::Special::kTidX)});
  const RegId scaled =
      b.Value(Op::kMulWide, Type::kU32, {Operand::Reg(i), m.Imm(4)}, Type::kU64, {});
  const RegId at =
      b.Value(Op::kAdd, Type::kU64, {Operand::Reg(scaled), Operand::Frame(16)}, Type::kU64, {});
  b.Emit(st, {}, {Operand::Reg(at), Operand::Reg(x)});
  b.Emit(Of(Op::kSt, Type::kU64), {}, {m.Imm(64), Operand::Reg(both)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  EXPECT_TRUE(PromoteFrame(m, id));
  EXPECT_EQ(ir::Verify(m), std::vector<std::string>());
  const std::string text = ir::Dump(m, id);
  EXPECT_EQ(text.find("ld.local"), std::string::npos) << text;
  EXPECT_EQ(text.find("frame+0"), std::string::npos) << text;
  EXPECT_NE(text.find("frame+16"), std::string::npos) << text;
  EXPECT_NE(text.find("%0:u64 = mov.b64 %5, %6"), std::string::npos) << text;
  EXPECT_FALSE(PromoteFrame(m, id));
}

// sum += x[k] for k < n, n from memory; addresses as nvcc's index arithmetic has them.
FunctionId CountedLoop(ir::Module& m) {
  const FunctionId id = NewKernel(m);
  FunctionBuilder b(m, id);
  const BlockId entry = b.NewBlock(), head = b.NewBlock(), turn = b.NewBlock(), done = b.NewBlock();
  const RegId k = b.NewReg(Type::kS32), sum = b.NewReg(Type::kU32), p = b.NewReg(Type::kPred);
  const RegId x = b.NewReg(Type::kU64), n = b.NewReg(Type::kS32), v = b.NewReg(Type::kU32);
  b.StartBlock(entry);
  Inst ld = Of(Op::kLd, Type::kU64);
  ld.space = Space::kParam;
  b.Emit(ld, {Operand::Reg(x)}, {Operand::Param(0)});
  b.Emit(Of(Op::kLd, Type::kU32), {Operand::Reg(n)}, {Operand::Reg(x)});
  b.Emit(Of(Op::kMov, Type::kS32), {Operand::Reg(k)}, {m.Imm(0)});
  b.Emit(Of(Op::kMov, Type::kU32), {Operand::Reg(sum)}, {m.Imm(0)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(head);
  b.Emit(Compare(Cmp::kLt, Type::kS32), {Operand::Reg(p)}, {Operand::Reg(k), Operand::Reg(n)});
  b.Emit(Of(Op::kCondBra), {}, {Operand::Reg(p), Operand::Block(turn), Operand::Block(done)});
  b.StartBlock(turn);
  const RegId scaled =
      b.Value(Op::kMulWide, Type::kS32, {Operand::Reg(k), m.Imm(4)}, Type::kU64, {});
  const RegId at =
      b.Value(Op::kAdd, Type::kU64, {Operand::Reg(x), Operand::Reg(scaled)}, Type::kU64, {});
  b.Emit(Of(Op::kLd, Type::kU32), {Operand::Reg(v)}, {Operand::Reg(at)});
  b.Emit(Of(Op::kAdd, Type::kU32), {Operand::Reg(sum)}, {Operand::Reg(sum), Operand::Reg(v)});
  b.Emit(Of(Op::kAdd, Type::kS32), {Operand::Reg(k)}, {Operand::Reg(k), m.Imm(1)});
  b.Emit(Of(Op::kBra), {}, {Operand::Block(head)});
  b.StartBlock(done);
  b.Emit(Of(Op::kSt, Type::kU32), {}, {m.Imm(64), Operand::Reg(sum)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  return id;
}

TEST(Passes, CountedLoopsMakeFourTurnsAtATimeFromOneAddress) {
  ArenaMemory arena;
  ir::Module m(arena.arena());
  const FunctionId id = CountedLoop(m);
  const ir::Module& c = m;
  const auto run = [&](uint32_t n) {
    std::map<uint64_t, uint32_t> memory;
    memory[0x5000] = n;
    for (uint32_t i = 1; i < 20; ++i) memory[0x5000 + 4 * i] = i * i;
    Interpreter(c, memory).Run(id, {});
    return memory[64];
  };
  std::vector<uint32_t> want;
  const std::vector<uint32_t> turns = {0, 1, 3, 4, 5, 8, 11, 0x80000000u, 0xffffffffu};
  for (const uint32_t n : turns) want.push_back(run(n));
  ForTiming(m);
  EXPECT_EQ(ir::Verify(m), std::vector<std::string>());
  for (size_t i = 0; i < turns.size(); ++i) EXPECT_EQ(run(turns[i]), want[i]) << turns[i];
  const std::string text = ir::Dump(m, id);
  EXPECT_NE(text.find("+12]"), std::string::npos) << text;
  EXPECT_NE(text.find("add.s32 %0, 4"), std::string::npos) << text;
}

// The hash of the second addition's words is that of the first's: the constant is chosen so.
TEST(Passes, ValuesOfEqualHashStayApart) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  FunctionBuilder b(m, id);
  const RegId x = b.NewReg(Type::kU64), y = b.NewReg(Type::kU64), s = b.NewReg(Type::kU64),
              t = b.NewReg(Type::kU64);
  const auto part = [](auto value, int shift) { return static_cast<uint64_t>(value) << shift; };
  const Inst add = Of(Op::kAdd, Type::kU64);
  const uint64_t modifiers = part(add.op, 0) | part(add.type, 8) | part(add.src_type, 16) |
                             part(add.round, 24) | part(add.cmp, 28) | part(add.space, 33) |
                             part(add.sub, 40) | part(2, 48);
  const auto prefix = [&](RegId reg) {
    uint64_t h = 0;
    for (const uint64_t word :
         {modifiers, uint64_t{0}, uint64_t{1}, uint64_t{reg.index}, uint64_t{2}}) {
      h = HashCombine(h, word);
    }
    return h;
  };
  const auto offset = [](uint64_t h) { return 0x9e3779b97f4a7c15ULL + (h << 6) + (h >> 2); };
  const uint64_t hx = prefix(x), hy = prefix(y);
  const uint64_t first = 5, second = ((hx ^ (first + offset(hx))) ^ hy) - offset(hy);
  ASSERT_EQ(HashCombine(hx, first), HashCombine(hy, second));
  b.StartBlock(b.NewBlock());
  b.Emit(Of(Op::kLd, Type::kU64), {Operand::Reg(x)}, {m.Imm(0x5000)});
  b.Emit(Of(Op::kLd, Type::kU64), {Operand::Reg(y)}, {m.Imm(0x5008)});
  b.Emit(add, {Operand::Reg(s)}, {Operand::Reg(x), m.Imm(first)});
  b.Emit(add, {Operand::Reg(t)}, {Operand::Reg(y), m.Imm(second)});
  b.Emit(Of(Op::kSt, Type::kU64), {}, {m.Imm(64), Operand::Reg(s)});
  b.Emit(Of(Op::kSt, Type::kU64), {}, {m.Imm(72), Operand::Reg(t)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  EXPECT_FALSE(Cse(m, id)) << ir::Dump(m, id);
}

TEST(Passes, RemaindersUseTheQuotient) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  FunctionBuilder b(m, id);
  b.StartBlock(b.NewBlock());
  const RegId a = b.NewReg(Type::kS32);
  b.Emit(Of(Op::kLd, Type::kU32), {Operand::Reg(a)}, {m.Imm(32)});
  const RegId r = b.Value(Op::kRem, Type::kS32, {Operand::Reg(a), m.Imm(10)}, Type::kS32, {});
  const RegId q = b.Value(Op::kDiv, Type::kS32, {Operand::Reg(a), m.Imm(10)}, Type::kS32, {});
  b.Emit(Of(Op::kSt, Type::kU32), {}, {m.Imm(64), Operand::Reg(q)});
  b.Emit(Of(Op::kSt, Type::kU32), {}, {m.Imm(68), Operand::Reg(r)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  EXPECT_TRUE(PairDivisions(m, id));
  EXPECT_EQ(ir::Verify(m), std::vector<std::string>());
  EXPECT_EQ(ir::Dump(m, id).find("rem"), std::string::npos) << ir::Dump(m, id);
  std::map<uint64_t, uint32_t> values;
  values[32] = static_cast<uint32_t>(-37);
  Interpreter(m, values).Run(id, {});
  EXPECT_EQ(values[64], static_cast<uint32_t>(-3));
  EXPECT_EQ(values[68], static_cast<uint32_t>(-7));
}

TEST(Passes, EscapingArraysStayInMemory) {
  ArenaMemory memory;
  ir::Module m(memory.arena());
  const FunctionId id = NewKernel(m);
  m.functions[id.index].frame_bytes = 16;
  FunctionBuilder b(m, id);
  b.StartBlock(b.NewBlock());
  Inst st = Of(Op::kSt, Type::kU32);
  st.space = Space::kLocal;
  b.Emit(st, {}, {Operand::Frame(0), m.Imm(1)});
  const RegId at = b.Value(Op::kMov, Type::kU64, {Operand::Frame(0)}, Type::kU64, {});
  b.Emit(Of(Op::kSt, Type::kU64), {}, {m.Imm(64), Operand::Reg(at)});
  b.Emit(Of(Op::kExit), {}, {});
  b.Finish();
  EXPECT_FALSE(PromoteFrame(m, id));
}

TEST(Passes, CloneStandsAlone) {
  ArenaMemory memory, other;
  ir::Module m(memory.arena()), copy(other.arena());
  const FunctionId f = RandomKernel(m, 42).Build();
  const std::string before = ir::Dump(m, f);
  CloneModule(m, copy);
  ForTiming(copy);
  EXPECT_EQ(ir::Dump(m, f), before);
  EXPECT_EQ(ResultOf(copy, f), ResultOf(m, f));
}

}  // namespace
}  // namespace ws::pass
