#include "target/cuda/data_flow.h"

#include <vector>

namespace ws::target::cuda {
namespace {

bool IsDataLoad(const ir::Inst& inst) {
  const ir::Effect effect = ir::InfoOf(inst.op).effect;
  if (effect == ir::Effect::Atomic) return true;
  return effect == ir::Effect::Load && inst.space != ir::Space::kParam &&
         inst.space != ir::Space::kConst;
}

bool IsSteered(const ir::Module& module, const ir::Inst& inst, const std::vector<bool>& tainted) {
  const auto is_tainted = [&](const ir::Operand& o) { return o.IsReg() && tainted[o.index]; };
  const ir::Effect effect = ir::InfoOf(inst.op).effect;
  if (inst.guard.valid() && tainted[inst.guard.index]) return true;
  if (inst.op == ir::Op::kCondBra) return is_tainted(module.Srcs(inst)[0]);
  const bool memory =
      effect == ir::Effect::Load || effect == ir::Effect::Store || effect == ir::Effect::Atomic;
  return memory && is_tainted(module.Srcs(inst)[0]);
}

}  // namespace

bool IsDataDependent(const ir::Module& module, ir::FunctionId kernel) {
  const ir::Function& function = module.functions[kernel.index];
  std::vector<bool> tainted(function.num_regs, false);
  bool changed = true;
  while (changed) {
    changed = false;
    for (const ir::Block& block : module.Blocks(function)) {
      for (const ir::Inst& inst : module.Insts(block)) {
        bool taints = IsDataLoad(inst);
        for (const ir::Operand& o : module.Srcs(inst)) {
          taints = taints || (o.IsReg() && tainted[o.index]);
        }
        if (!taints) continue;
        for (const ir::Operand& o : module.Dsts(inst)) {
          if (!o.IsReg() || tainted[o.index]) continue;
          tainted[o.index] = true;
          changed = true;
        }
      }
    }
  }
  for (const ir::Block& block : module.Blocks(function)) {
    for (const ir::Inst& inst : module.Insts(block)) {
      if (IsSteered(module, inst, tainted)) return true;
    }
  }
  return false;
}

}  // namespace ws::target::cuda
