#include "pass/fold.h"

#include "ir/eval.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::OperandKind;
using ir::Type;

class Folder {
 public:
  Folder(ir::Module& module, Inst& inst)
      : m_(module), inst_(inst), srcs_(module.operands.data() + inst.operands + inst.num_dsts) {}

  bool Run() {
    if (inst_.op == Op::kCondBra) return Branch();
    if (ir::InfoOf(inst_.op).effect != ir::Effect::None || inst_.num_dsts != 1) return false;
    if (inst_.op == Op::kMov) return false;
    return Constant() || Identity();
  }

 private:
  bool Is(uint32_t i, uint64_t value) const {
    return srcs_[i].IsImm() && (m_.ImmBits(srcs_[i]) & ir::MaskOf(inst_.type)) == value;
  }
  // The instruction becomes a move of source `i`, or of a constant. The unused operands stay in
  // the pool.
  bool MoveOf(Operand o) {
    srcs_[0] = o;
    inst_.op = Op::kMov;
    inst_.num_srcs = 1;
    inst_.cmp = ir::Cmp::kNone;
    inst_.round = ir::Round::kNone;
    inst_.src_type = Type::kNone;
    inst_.ftz = inst_.sat = false;
    return true;
  }
  bool Becomes(Op op, Operand second) {
    inst_.op = op;
    inst_.num_srcs = 2;
    srcs_[1] = second;
    return true;
  }
  // Type of the result as a move would have it.
  Type ResultType() const {
    switch (inst_.op) {
      case Op::kSetp:
        return Type::kPred;
      case Op::kPopc:
      case Op::kClz:
      case Op::kBfind:
        return Type::kU32;
      case Op::kMulWide:
      case Op::kMadWide:
        return ir::BytesOf(inst_.type) == 4 ? Type::kU64 : Type::kU32;
      default:
        return inst_.type;
    }
  }

  bool Branch() {
    if (srcs_[1] == srcs_[2]) {
      srcs_[0] = srcs_[1];
    } else if (srcs_[0].IsImm()) {
      srcs_[0] = (m_.ImmBits(srcs_[0]) & 1) != 0 ? srcs_[1] : srcs_[2];
    } else {
      return false;
    }
    inst_.op = Op::kBra;
    inst_.num_srcs = 1;
    return true;
  }

  bool Constant() {
    uint64_t bits[4];
    if (inst_.num_srcs > 4 || inst_.num_srcs == 0) return false;
    for (uint32_t i = 0; i < inst_.num_srcs; ++i) {
      if (!srcs_[i].IsImm()) return false;
      bits[i] = m_.ImmBits(srcs_[i]);
    }
    uint64_t result;
    if (inst_.op == Op::kCvta || inst_.op == Op::kCvtaTo) return false;
    if (!ir::Eval(inst_, {bits, inst_.num_srcs}, result)) return false;
    const Type type = ResultType();
    MoveOf(m_.Imm(result));
    inst_.type = type;
    return true;
  }

  bool Identity() {
    const Type t = inst_.type;
    const uint64_t ones = ir::MaskOf(t);
    if (inst_.op == Op::kSelp) {
      if (srcs_[0] == srcs_[1]) return MoveOf(srcs_[0]);
      if (srcs_[2].IsImm()) return MoveOf((m_.ImmBits(srcs_[2]) & 1) != 0 ? srcs_[0] : srcs_[1]);
      return false;
    }
    if (inst_.op == Op::kCvt) {
      const bool ints = ir::IsInteger(t) && ir::IsInteger(inst_.src_type);
      if (ints && !inst_.sat && ir::BytesOf(t) == ir::BytesOf(inst_.src_type))
        return MoveOf(srcs_[0]);
      return false;
    }
    const bool logic = inst_.op == Op::kAnd || inst_.op == Op::kOr || inst_.op == Op::kXor;
    if (ir::IsFloat(t) && !logic) return false;
    // Constants stand second in what commutes.
    const bool commutes = logic || inst_.op == Op::kAdd || inst_.op == Op::kMul ||
                          inst_.op == Op::kMad || inst_.op == Op::kMulWide ||
                          inst_.op == Op::kMadWide;
    bool changed = false;
    if (commutes && srcs_[0].IsImm() && !srcs_[1].IsImm()) {
      const Operand o = srcs_[0];
      srcs_[0] = srcs_[1];
      srcs_[1] = o;
      changed = true;
    }
    return Simplify(ones) || changed;
  }

  bool Simplify(uint64_t ones) {
    const Type t = inst_.type;
    const bool wraps = !inst_.sat;
    switch (inst_.op) {
      case Op::kAdd:
      case Op::kSub:
        if (Is(1, 0)) return MoveOf(srcs_[0]);
        if (inst_.op == Op::kSub && srcs_[0] == srcs_[1] && wraps) return MoveOf(m_.Imm(0));
        return false;
      case Op::kMul:
        if (Is(1, 1)) return MoveOf(srcs_[0]);
        return Is(1, 0) ? MoveOf(m_.Imm(0)) : false;
      case Op::kMad:
        if (Is(1, 0)) return MoveOf(srcs_[2]);
        if (Is(1, 1)) return Becomes(Op::kAdd, srcs_[2]);
        if (Is(2, 0)) return Becomes(Op::kMul, srcs_[1]);
        if (srcs_[0].IsImm() && srcs_[1].IsImm()) {
          const uint64_t product = m_.ImmBits(srcs_[0]) * m_.ImmBits(srcs_[1]) & ones;
          srcs_[0] = srcs_[2];
          return Becomes(Op::kAdd, m_.Imm(product));
        }
        return false;
      case Op::kMadWide:
        if (ir::BytesOf(t) == 4 && srcs_[0].IsImm() && srcs_[1].IsImm()) {
          const uint64_t a = m_.ImmBits(srcs_[0]), b = m_.ImmBits(srcs_[1]);
          const uint64_t product =
              ir::IsSigned(t)
                  ? ir::MulWideInt<int32_t>(static_cast<int32_t>(a), static_cast<int32_t>(b))
                  : ir::MulWideInt<uint32_t>(static_cast<uint32_t>(a), static_cast<uint32_t>(b));
          srcs_[0] = srcs_[2];
          inst_.type = Type::kU64;
          return Becomes(Op::kAdd, m_.Imm(product));
        }
        if (srcs_[2].IsImm() && m_.ImmBits(srcs_[2]) == 0) return Becomes(Op::kMulWide, srcs_[1]);
        return false;
      case Op::kDiv:
      case Op::kRem: {
        if (Is(1, 1)) return MoveOf(inst_.op == Op::kDiv ? srcs_[0] : m_.Imm(0));
        if (ir::IsSigned(t) || !srcs_[1].IsImm()) return false;
        const uint64_t divisor = m_.ImmBits(srcs_[1]) & ones;
        if (divisor == 0 || (divisor & (divisor - 1)) != 0) return false;
        if (inst_.op == Op::kRem) return Becomes(Op::kAnd, m_.Imm(divisor - 1));
        uint32_t shift = 0;
        while (divisor >> shift != 1) ++shift;
        return Becomes(Op::kShr, m_.Imm(shift));
      }
      case Op::kMin:
      case Op::kMax:
        return srcs_[0] == srcs_[1] ? MoveOf(srcs_[0]) : false;
      case Op::kAnd:
        if (Is(1, 0)) return MoveOf(m_.Imm(0));
        return Is(1, ones) || srcs_[0] == srcs_[1] ? MoveOf(srcs_[0]) : false;
      case Op::kOr:
        if (Is(1, ones)) return MoveOf(m_.Imm(ones));
        return Is(1, 0) || srcs_[0] == srcs_[1] ? MoveOf(srcs_[0]) : false;
      case Op::kXor:
        if (srcs_[0] == srcs_[1]) return MoveOf(m_.Imm(0));
        return Is(1, 0) ? MoveOf(srcs_[0]) : false;
      case Op::kShl:
      case Op::kShr:
        return srcs_[1].IsImm() && m_.ImmBits(srcs_[1]) == 0 ? MoveOf(srcs_[0]) : false;
      default:
        return false;
    }
  }

  ir::Module& m_;
  Inst& inst_;
  Operand* srcs_;
};

}  // namespace

bool FoldInst(ir::Module& module, Inst& inst) { return Folder(module, inst).Run(); }

bool Fold(ir::Module& module, ir::FunctionId function) {
  const ir::Function& f = module.functions[function.index];
  bool changed = false;
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    const ir::Block& block = module.blocks[f.first_block + b];
    for (uint32_t i = 0; i < block.num_insts; ++i) {
      changed |= FoldInst(module, module.insts[block.first_inst + i]);
    }
  }
  return changed;
}

}  // namespace ws::pass
