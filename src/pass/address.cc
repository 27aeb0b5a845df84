#include "pass/address.h"

#include "ir/eval.h"
#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::Type;

class AddressFolder {
 public:
  AddressFolder(ir::Module& module, ir::FunctionId function)
      : m_(module),
        f_(module.functions[function.index]),
        cfg_(module, function),
        defs_(module, function),
        uses_(f_.num_regs, 0) {
    for (const uint32_t b : cfg_.order()) {
      for (const Inst& inst : m_.Insts(m_.blocks[f_.first_block + b])) {
        for (const Operand o : m_.Srcs(inst)) {
          if (o.IsReg()) ++uses_[o.index];
        }
      }
    }
  }

  bool Run() {
    for (const uint32_t b : cfg_.order()) {
      const ir::Block block = m_.blocks[f_.first_block + b];
      block_ = b;
      for (uint32_t i = 0; i < block.num_insts; ++i) {
        position_ = i + 1;
        Inst& inst = m_.insts[block.first_inst + i];
        const ir::Effect effect = ir::InfoOf(inst.op).effect;
        if (effect == ir::Effect::Load || effect == ir::Effect::Store ||
            effect == ir::Effect::Atomic) {
          FoldOffset(inst);
        } else if (inst.op == Op::kMul) {
          Widen(inst);
        } else if (inst.op == Op::kAdd && (inst.type == Type::kU64 || inst.type == Type::kS64 ||
                                           inst.type == Type::kU32 || inst.type == Type::kS32)) {
          Accumulate(inst);
        }
      }
    }
    return changed_;
  }

 private:
  // The unguarded instruction that defines `o`, if it is the only one and comes before this place.
  const Inst* DefOf(Operand o) const {
    if (!o.IsReg() || !defs_.Reaches(cfg_, o.index, block_, position_)) return nullptr;
    const Defs::Place& p = defs_.regs[o.index];
    if (p.position == 0) return nullptr;
    return &m_.insts[m_.blocks[f_.first_block + p.block].first_inst + p.position - 1];
  }
  // Whether the operand has the same value here as where it was used before.
  bool Stable(Operand o) const {
    return !o.IsReg() || defs_.Reaches(cfg_, o.index, block_, position_);
  }
  Operand& Src(const Inst& inst, uint32_t i) {
    return m_.operands[inst.operands + inst.num_dsts + i];
  }

  void FoldOffset(Inst& inst) {
    for (;;) {
      const Inst* def = DefOf(Src(inst, 0));
      if (def == nullptr || (def->op != Op::kAdd && def->op != Op::kSub) ||
          !ir::IsWide(def->type) || !ir::IsInteger(def->type)) {
        return;
      }
      const std::span<const Operand> srcs = m_.Srcs(*def);
      if (!srcs[1].IsImm() || !srcs[0].IsReg() || !Stable(srcs[0])) return;
      const int64_t bits = static_cast<int64_t>(m_.ImmBits(srcs[1]));
      if (bits < INT32_MIN || bits > INT32_MAX) return;
      const int64_t offset = inst.offset + (def->op == Op::kAdd ? bits : -bits);
      if (offset < -(1 << 23) || offset >= (1 << 23)) return;  // what SASS encodes
      Src(inst, 0) = srcs[0];
      inst.offset = static_cast<int32_t>(offset);
      changed_ = true;
    }
  }

  // mul.lo.64 (cvt.64.32 x), (cvt.64.32 y) or c -> mul.wide.32 x, y or c
  void Widen(Inst& inst) {
    if (inst.type != Type::kU64 && inst.type != Type::kS64) return;
    const Inst* def = DefOf(Src(inst, 0));
    if (def == nullptr || def->op != Op::kCvt || def->sat || ir::BytesOf(def->type) != 8) return;
    if (def->src_type != Type::kS32 && def->src_type != Type::kU32) return;
    const Operand narrow = m_.Srcs(*def)[0], factor = Src(inst, 1);
    if (const Inst* other = DefOf(factor); other != nullptr && other->op == Op::kCvt &&
                                           other->src_type == def->src_type && !other->sat &&
                                           ir::BytesOf(other->type) == 8) {
      const Operand second = m_.Srcs(*other)[0];
      if (!narrow.IsReg() || !second.IsReg() || !Stable(narrow) || !Stable(second)) return;
      inst.op = Op::kMulWide;
      inst.type = def->src_type;
      Src(inst, 0) = narrow;
      Src(inst, 1) = second;
      changed_ = true;
      return;
    }
    if (!narrow.IsReg() || !Stable(narrow) || !factor.IsImm()) return;
    const uint64_t c = m_.ImmBits(factor);
    const bool is_signed = def->src_type == Type::kS32;
    const bool fits =
        is_signed ? static_cast<uint64_t>(static_cast<int64_t>(static_cast<int32_t>(c))) == c
                  : c <= 0xffffffffu;
    if (!fits) return;
    inst.op = Op::kMulWide;
    inst.type = def->src_type;
    Src(inst, 0) = narrow;
    Src(inst, 1) = m_.Imm(c & 0xffffffffu);
    changed_ = true;
  }

  // add (mul a, b), c -> mad a, b, c, where the product is used here only
  void Accumulate(Inst& inst) {
    if (inst.sat) return;
    for (const uint32_t i : {0u, 1u}) {
      const Operand product = Src(inst, i);
      const Inst* def = DefOf(product);
      if (def == nullptr || uses_[product.index] != 1 || def->guard.valid() || def->sat) continue;
      if (defs_.regs[product.index].block != block_) continue;
      const bool wide =
          def->op == Op::kMulWide && ir::BytesOf(def->type) * 2 == ir::BytesOf(inst.type);
      const bool same = def->op == Op::kMul && ir::BytesOf(def->type) == ir::BytesOf(inst.type) &&
                        !ir::IsFloat(def->type) && ir::BytesOf(def->type) == 4;
      if (!wide && !same) continue;
      const Operand a = m_.Srcs(*def)[0], b = m_.Srcs(*def)[1], c = Src(inst, 1 - i);
      if (!Stable(a) || !Stable(b)) continue;
      const Operand dst = m_.Dsts(inst)[0];
      const uint32_t first = m_.operands.size();
      for (const Operand o : {dst, a, b, c}) m_.operands.push_back(o);
      inst.operands = first;
      inst.num_srcs = 3;
      inst.op = wide ? Op::kMadWide : Op::kMad;
      inst.type = def->type;
      changed_ = true;
      return;
    }
  }

  ir::Module& m_;
  const ir::Function& f_;
  const ir::Cfg cfg_;
  const Defs defs_;
  std::vector<uint32_t> uses_;
  uint32_t block_ = 0, position_ = 0;
  bool changed_ = false;
};

}  // namespace

bool FoldAddresses(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  return AddressFolder(module, function).Run();
}

}  // namespace ws::pass
