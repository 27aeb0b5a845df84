// Random kernels of one lane, and an interpreter for them by ir::Eval and a small memory: what a
// pass must keep, in its tests.
#ifndef WARPSMITH_PASS_KERNELS_TEST_H_
#define WARPSMITH_PASS_KERNELS_TEST_H_

#include <cstring>
#include <map>

#include "base/hash.h"
#include "base/rng.h"
#include "ir/builder.h"
#include "ir/cfg.h"
#include "ir/eval.h"
#include "tests/test.h"

namespace ws::pass {

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

inline Inst Of(Op op, Type type = Type::kNone) {
  Inst inst;
  inst.op = op;
  inst.type = type;
  return inst;
}
inline Inst Compare(Cmp cmp, Type type) {
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

inline FunctionId NewKernel(ir::Module& m) {
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
inline FunctionId NewCallee(ir::Module& m) {
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

inline std::map<uint64_t, uint32_t> ResultOf(const ir::Module& m, FunctionId f) {
  std::map<uint64_t, uint32_t> memory;
  Interpreter(m, memory).Run(f, {});
  return memory;
}

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_KERNELS_TEST_H_
