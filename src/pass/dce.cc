#include "pass/dce.h"

#include <vector>

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Operand;

bool MayVanish(const Inst& inst, bool loads) {
  const ir::Effect effect = ir::InfoOf(inst.op).effect;
  if (effect == ir::Effect::None) return true;
  if (effect != ir::Effect::Load) return false;
  if (inst.space == ir::Space::kParam) return true;
  return loads && (inst.order == ir::Order::kNone || inst.order == ir::Order::kWeak);
}

bool Sweep(ir::Module& m, ir::FunctionId function, bool loads) {
  const ir::Function& f = m.functions[function.index];
  // Definitions of each register as linked lists over instruction places.
  struct Link {
    uint32_t inst;
    uint32_t next;
  };
  constexpr uint32_t kEnd = 0xffffffffu;
  std::vector<uint32_t> head(f.num_regs, kEnd);
  std::vector<Link> links;
  std::vector<bool> needed_reg(f.num_regs);
  std::vector<uint32_t> work;
  const auto need = [&](uint32_t reg) {
    if (needed_reg[reg]) return;
    needed_reg[reg] = true;
    work.push_back(reg);
  };
  const auto need_sources = [&](const Inst& inst) {
    for (const Operand o : m.Srcs(inst)) {
      if (o.IsReg()) need(o.index);
    }
    if (inst.guard.valid()) need(inst.guard.index);
  };
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    const ir::Block& block = m.Blocks(f)[b];
    for (uint32_t i = block.first_inst; i < block.first_inst + block.num_insts; ++i) {
      const Inst& inst = m.insts[i];
      if (!MayVanish(inst, loads)) {
        need_sources(inst);
        continue;
      }
      for (const Operand o : m.Dsts(inst)) {
        links.push_back({i, head[o.index]});
        head[o.index] = static_cast<uint32_t>(links.size()) - 1;
      }
    }
  }
  while (!work.empty()) {
    const uint32_t reg = work.back();
    work.pop_back();
    for (uint32_t l = head[reg]; l != kEnd; l = links[l].next) need_sources(m.insts[links[l].inst]);
  }
  bool changed = false;
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    ir::Block& block = m.blocks[f.first_block + b];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < block.num_insts; ++i) {
      const Inst& inst = m.insts[block.first_inst + i];
      bool needed = !MayVanish(inst, loads);
      for (const Operand o : m.Dsts(inst)) needed |= needed_reg[o.index];
      if (!needed) continue;
      if (kept != i) m.insts[block.first_inst + kept] = inst;
      ++kept;
    }
    changed |= kept != block.num_insts;
    block.num_insts = kept;
  }
  return changed;
}

}  // namespace

bool Dce(ir::Module& module, ir::FunctionId function) { return Sweep(module, function, false); }

bool DceWithLoads(ir::Module& module, ir::FunctionId function) {
  return Sweep(module, function, true);
}

}  // namespace ws::pass
