#include "pass/reuse_loads.h"

#include <vector>

#include "pass/alias.h"
#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;
using ir::Space;
using ir::Type;

// What lies at base + offset, in a register.
struct Known {
  Region region;
  Operand base;
  uint32_t base_version = 0;
  int32_t offset = 0;
  uint32_t bytes = 0;
  uint32_t value = 0, value_version = 0;
};

class Reuser {
 public:
  Reuser(ir::Module& module, ir::FunctionId function)
      : m_(module),
        f_(module.functions[function.index]),
        regions_(module, function),
        version_(f_.num_regs),
        writes_(f_.num_regs) {
    for (const ir::Block& block : m_.Blocks(f_)) {
      for (const Inst& inst : m_.Insts(block)) {
        for (const Operand o : m_.Dsts(inst)) ++writes_[o.index];
      }
    }
  }

  bool Run() {
    for (uint32_t b = 0; b < f_.num_blocks; ++b) {
      known_.clear();
      const ir::Block block = m_.Blocks(f_)[b];
      for (uint32_t i = block.first_inst; i < block.first_inst + block.num_insts; ++i) {
        Visit(m_.insts[i]);
      }
    }
    return changed_;
  }

 private:
  Type RegType(Operand o) const { return m_.RegType(f_, o.reg()); }
  // A scalar as wide as its register, whose bits a copy moves as they are.
  bool IsWord(const Inst& inst, Operand value) const {
    return inst.vec == 1 && value.IsReg() && ir::BytesOf(inst.type) >= 4 &&
           ir::BytesOf(RegType(value)) == ir::BytesOf(inst.type);
  }
  Known At(const Inst& inst) const {
    const Operand base = m_.Srcs(inst)[0];
    return {.region = regions_.Of(inst),
            .base = base,
            .base_version = base.IsReg() ? version_[base.index] : 0,
            .offset = inst.offset,
            .bytes = ir::BytesOf(inst.type) * inst.vec};
  }
  static bool SameBase(const Known& a, const Known& b) {
    return a.region.space == b.region.space && a.base == b.base && a.base_version == b.base_version;
  }
  static bool MayOverlap(const Known& a, const Known& b) {
    if (!SameBase(a, b)) return pass::MayOverlap(a.region, b.region);
    return a.offset < b.offset + static_cast<int32_t>(b.bytes) &&
           b.offset < a.offset + static_cast<int32_t>(a.bytes);
  }
  void Remember(Known at, Operand value) {
    at.value = value.index;
    at.value_version = version_[value.index];
    known_.push_back(at);
  }

  void Visit(Inst& inst) {
    const ir::Effect effect = ir::InfoOf(inst.op).effect;
    const bool plain = inst.order == ir::Order::kNone || inst.order == ir::Order::kWeak;
    if (effect == ir::Effect::Load && plain && inst.op == Op::kLd && inst.space != Space::kParam) {
      if (Reuse(inst)) {
        Step(inst);
        return;
      }
      const Known at = At(inst);
      const Operand dst = m_.Dsts(inst)[0];
      const bool keep = !inst.guard.valid() && IsWord(inst, dst);
      Step(inst);
      const bool moved = at.base.IsReg() && version_[at.base.index] != at.base_version;
      if (keep && !moved) Remember(at, dst);
      return;
    }
    if (effect == ir::Effect::Store && plain && inst.op == Op::kSt) {
      const Known at = At(inst);
      std::erase_if(known_, [&](const Known& k) { return MayOverlap(k, at); });
      const Operand value = m_.Srcs(inst)[1];
      if (!inst.guard.valid() && IsWord(inst, value)) Remember(at, value);
      return;
    }
    const bool math =
        inst.op == Op::kCall && m_.functions[m_.Srcs(inst)[0].index].math != ir::MathFn::kNone;
    const bool harmless = effect == ir::Effect::None || effect == ir::Effect::Control ||
                          (effect == ir::Effect::Load && plain) || math;
    if (!harmless) known_.clear();
    Step(inst);
  }

  bool Reuse(Inst& inst) {
    const Operand dst = m_.Dsts(inst)[0];
    if (!IsWord(inst, dst)) return false;
    const Known at = At(inst);
    for (const Known& k : known_) {
      if (!SameBase(k, at) || k.offset != at.offset || k.bytes != at.bytes) continue;
      if (version_[k.value] != k.value_version) continue;
      const Operand value = Operand::Reg(ir::RegId(k.value));
      if (RegType(value) != RegType(dst)) continue;
      Inst copy;
      copy.op = Op::kMov;
      copy.type = RegType(dst);
      copy.loc = inst.loc;
      copy.operands = m_.operands.size();
      copy.num_dsts = copy.num_srcs = 1;
      // A register written here alone holds nothing that the guard would keep.
      if (writes_[dst.index] > 1) {
        copy.guard = inst.guard;
        copy.guard_negated = inst.guard_negated;
      }
      m_.operands.push_back(dst);
      m_.operands.push_back(value);
      inst = copy;
      changed_ = true;
      return true;
    }
    return false;
  }

  void Step(const Inst& inst) {
    for (const Operand o : m_.Dsts(inst)) ++version_[o.index];
  }

  ir::Module& m_;
  const ir::Function& f_;
  const Regions regions_;
  std::vector<uint32_t> version_, writes_;
  std::vector<Known> known_;
  bool changed_ = false;
};

}  // namespace

bool ReuseLoads(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  return Reuser(module, function).Run();
}

}  // namespace ws::pass
