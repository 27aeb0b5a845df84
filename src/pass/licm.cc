#include "pass/licm.h"

#include "pass/body.h"

namespace ws::pass {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;

bool Movable(const Inst& inst) {
  if (inst.guard.valid() || inst.num_dsts != 1) return false;
  if (inst.op == Op::kLd) {
    return inst.space == ir::Space::kParam || inst.space == ir::Space::kConst;
  }
  return ir::InfoOf(inst.op).effect == ir::Effect::None;
}

bool ReadsClock(const ir::Module& m, const Inst& inst) {
  for (const Operand o : m.Srcs(inst)) {
    if (o.kind == ir::OperandKind::kSpecial &&
        (o.index == static_cast<uint32_t>(ir::Special::kClock) ||
         o.index == static_cast<uint32_t>(ir::Special::kClock64))) {
      return true;
    }
  }
  return false;
}

}  // namespace

bool Licm(ir::Module& module, ir::FunctionId function) {
  if (module.functions[function.index].num_blocks == 0) return false;
  const ir::Cfg cfg(module, function);
  if (cfg.loops().empty()) return false;
  const Defs defs(module, function);
  const uint32_t num_regs = module.functions[function.index].num_regs;
  Body body(module, function);
  // Where each register written once stands now; kept up to date as instructions move.
  std::vector<uint32_t> block_of(num_regs);
  for (uint32_t r = 0; r < num_regs; ++r) block_of[r] = defs.regs[r].block;
  bool changed = false;
  for (size_t l = cfg.loops().size(); l-- > 0;) {  // inner before outer
    const ir::Loop& loop = cfg.loops()[l];
    std::vector<bool> inside(cfg.num_blocks());
    for (const uint32_t b : loop.blocks) inside[b] = true;
    uint32_t before = ir::kUnreachable;
    bool unique = true;
    for (const uint32_t pred : cfg.Predecessors(loop.header)) {
      if (inside[pred]) continue;
      unique = before == ir::kUnreachable;
      before = pred;
    }
    if (!unique || before == ir::kUnreachable) continue;
    if (body.blocks[before].insts.back().op != Op::kBra) continue;
    std::vector<bool> written(num_regs);
    for (const uint32_t b : loop.blocks) {
      for (const Inst& inst : body.blocks[b].insts) {
        for (const Operand o : module.Dsts(inst)) written[o.index] = true;
      }
    }
    const auto invariant = [&](const Inst& inst) {
      for (const Operand o : module.Srcs(inst)) {
        if (!o.IsReg()) continue;
        if (written[o.index]) return false;
        // Written before the loop on every way in.
        if (defs.Single(o.index) && defs.regs[o.index].position != 0 &&
            !cfg.Dominates(block_of[o.index], before)) {
          return false;
        }
      }
      return true;
    };
    for (bool again = true; again;) {
      again = false;
      for (const uint32_t b : cfg.order()) {
        if (!inside[b]) continue;
        std::vector<Inst>& insts = body.blocks[b].insts;
        size_t kept = 0;
        for (size_t i = 0; i < insts.size(); ++i) {
          const Inst inst = insts[i];
          const bool moves = Movable(inst) && defs.Single(module.Dsts(inst)[0].index) &&
                             invariant(inst) && !ReadsClock(module, inst);
          if (!moves) {
            insts[kept++] = inst;
            continue;
          }
          std::vector<Inst>& target = body.blocks[before].insts;
          target.insert(target.end() - 1, inst);
          written[module.Dsts(inst)[0].index] = false;
          block_of[module.Dsts(inst)[0].index] = before;
          again = changed = true;
        }
        insts.resize(kept);
      }
    }
  }
  if (changed) body.Write();
  return changed;
}

}  // namespace ws::pass
