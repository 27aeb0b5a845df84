#include "pass/copy.h"

#include "ir/eval.h"
#include "ir/verify.h"
#include "pass/body.h"
#include "pass/fold.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::OperandKind;
using ir::Type;

class Propagator {
 public:
  Propagator(ir::Module& module, ir::FunctionId function)
      : m_(module),
        f_(module.functions[function.index]),
        cfg_(module, function),
        defs_(module, function),
        global_(f_.num_regs),
        local_(f_.num_regs),
        version_(f_.num_regs, 0) {}

  bool Run() {
    for (const uint32_t b : cfg_.order()) Visit(b);
    return changed_;
  }

 private:
  struct Local {
    Operand value;
    uint32_t stamp = 0;           // the block's; 0 never
    uint32_t source_version = 0;  // of the register moved
  };

  // What `reg` is known to equal at the place, or itself.
  Operand Resolve(uint32_t reg) const {
    const Local& l = local_[reg];
    if (l.stamp == stamp_ && (!l.value.IsReg() || version_[l.value.index] == l.source_version)) {
      return l.value;
    }
    const Operand g = global_[reg];
    if (g.kind != OperandKind::kNone && defs_.Reaches(cfg_, reg, block_, position_)) return g;
    return Operand::Reg(ir::RegId(reg));
  }

  bool TakesConstant(const Inst& inst, uint32_t i) const {
    const Type type = ir::SrcType(m_, inst, i);
    if (type == Type::kNone) return false;
    const ir::Effect effect = ir::InfoOf(inst.op).effect;
    if (type == Type::kPred) {
      return inst.op == Op::kCondBra || inst.op == Op::kSelp || inst.op == Op::kMov ||
             inst.op == Op::kAnd || inst.op == Op::kOr || inst.op == Op::kXor ||
             inst.op == Op::kNot;
    }
    return effect == ir::Effect::None || effect == ir::Effect::Store;
  }

  void Visit(uint32_t b) {
    block_ = b;
    ++stamp_;
    ir::Block& block = m_.blocks[f_.first_block + b];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block.num_insts; ++i) {
      position_ = i + 1;
      Inst& inst = m_.insts[block.first_inst + i];
      if (!Keep(inst)) {
        changed_ = true;
        continue;
      }
      if (kept != i) m_.insts[block.first_inst + kept] = inst;
      ++kept;
    }
    // Positions in defs_ count the dropped instructions; order is all that matters.
    block.num_insts = kept;
  }

  bool Keep(Inst& inst) {
    if (inst.guard.valid()) {
      const Operand g = Resolve(inst.guard.index);
      if (g.IsImm()) {
        if (((m_.ImmBits(g) & 1) != 0) == inst.guard_negated) return false;
        inst.guard = ir::RegId();
        inst.guard_negated = false;
        changed_ = true;
      } else if (g.index != inst.guard.index) {
        inst.guard = g.reg();
        changed_ = true;
      }
    }
    Operand* srcs = m_.operands.data() + inst.operands + inst.num_dsts;
    for (uint32_t i = 0; i < inst.num_srcs; ++i) {
      if (!srcs[i].IsReg()) continue;
      const Operand o = Resolve(srcs[i].index);
      if (o == srcs[i] || (o.IsImm() && !TakesConstant(inst, i))) continue;
      srcs[i] = o;
      changed_ = true;
    }
    changed_ |= FoldInst(m_, inst);
    for (const Operand o : m_.Dsts(inst)) {
      ++version_[o.index];
      local_[o.index].stamp = 0;
    }
    if (inst.op != Op::kMov || inst.guard.valid()) return true;
    return Record(inst);
  }

  // Notes a move; false for a move of a register to itself.
  bool Record(const Inst& inst) {
    const uint32_t dst = m_.Dsts(inst)[0].index;
    Operand src = m_.Srcs(inst)[0];
    if (src.IsReg() && src.index == dst) return false;
    const Type dst_type = m_.RegType(f_, ir::RegId(dst));
    if (ir::BytesOf(dst_type) != ir::BytesOf(inst.type) ||
        (dst_type == Type::kPred) != (inst.type == Type::kPred)) {
      return true;
    }
    bool everywhere = defs_.Single(dst);
    if (src.IsReg()) {
      const Type src_type = m_.RegType(f_, src.reg());
      if (ir::BytesOf(src_type) != ir::BytesOf(dst_type) ||
          (src_type == Type::kPred) != (dst_type == Type::kPred)) {
        return true;
      }
      everywhere = everywhere && defs_.Reaches(cfg_, src.index, block_, position_);
      local_[dst] = {src, stamp_, version_[src.index]};
    } else if (src.IsImm()) {
      const uint64_t bits = m_.ImmBits(src);
      if ((bits & ir::MaskOf(inst.type)) != bits) src = m_.Imm(bits & ir::MaskOf(inst.type));
      local_[dst] = {src, stamp_, 0};
    } else {
      return true;
    }
    if (everywhere) global_[dst] = src;
    return true;
  }

  ir::Module& m_;
  const ir::Function& f_;
  const ir::Cfg cfg_;
  const Defs defs_;
  std::vector<Operand> global_;
  std::vector<Local> local_;
  std::vector<uint32_t> version_;
  uint32_t block_ = 0, position_ = 0, stamp_ = 0;
  bool changed_ = false;
};

}  // namespace

bool PropagateCopies(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  return Propagator(module, function).Run();
}

}  // namespace ws::pass
