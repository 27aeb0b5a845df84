#include "exec/load_roles.h"

#include <vector>

#include "ir/cfg.h"

namespace ws::exec {
namespace {

using ir::Inst;
using ir::Op;
using ir::Operand;

bool IsCopy(const Inst& inst) {
  return inst.op == Op::kMov || inst.op == Op::kPack || inst.op == Op::kUnpack ||
         inst.op == Op::kSelp || inst.op == Op::kCvt;
}

// Adds to `wanted` the registers from which a wanted one is computed by instructions of `follows`
// in `blocks` (indices within the function).
template <typename Follows>
void CloseBackwards(const ir::Module& m, const ir::Function& f, const std::vector<uint32_t>& blocks,
                    std::vector<bool>& wanted, Follows follows) {
  for (bool again = true; again;) {
    again = false;
    for (const uint32_t b : blocks) {
      for (const Inst& inst : m.Insts(m.blocks[f.first_block + b])) {
        if (!follows(inst)) continue;
        bool computes = false;
        for (const Operand& d : m.Dsts(inst)) computes = computes || (d.IsReg() && wanted[d.index]);
        if (!computes) continue;
        for (const Operand& s : m.Srcs(inst)) {
          if (!s.IsReg() || wanted[s.index]) continue;
          wanted[s.index] = again = true;
        }
      }
    }
  }
}

bool LoadsWanted(const ir::Module& m, const Inst& inst, const std::vector<bool>& wanted) {
  if (inst.op != Op::kLd) return false;
  for (const Operand& d : m.Dsts(inst)) {
    if (d.IsReg() && wanted[d.index]) return true;
  }
  return false;
}

}  // namespace

LoadRoles FindLoadRoles(const ir::Module& m, ir::FunctionId function) {
  LoadRoles roles;
  const ir::Function& f = m.functions[function.index];
  std::vector<uint32_t> all;
  std::vector<bool> compared(f.num_regs);
  bool has_swap = false, has_strong = false;
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    all.push_back(b);
    for (const Inst& inst : m.Insts(m.blocks[f.first_block + b])) {
      has_strong = has_strong || (inst.op == Op::kLd && inst.order >= ir::Order::kVolatile);
      if (inst.op != Op::kAtom || inst.sub != static_cast<uint8_t>(ir::Atomic::kCas)) continue;
      has_swap = true;
      if (m.Srcs(inst)[1].IsReg()) compared[m.Srcs(inst)[1].index] = true;
    }
  }
  const auto for_loads = [&](const std::vector<uint32_t>& blocks, const std::vector<bool>& wanted,
                             auto take) {
    for (const uint32_t b : blocks) {
      const ir::Block& block = m.blocks[f.first_block + b];
      for (uint32_t k = 0; k < block.num_insts; ++k) {
        if (LoadsWanted(m, m.insts[block.first_inst + k], wanted)) take(block.first_inst + k);
      }
    }
  };
  if (has_swap) {
    CloseBackwards(m, f, all, compared, IsCopy);
    for_loads(all, compared, [&](uint32_t i) { roles.feeds_swap.insert(i); });
  }
  if (!has_strong) return roles;
  const auto computes = [](const Inst& inst) {
    return ir::InfoOf(inst.op).effect == ir::Effect::None;
  };
  std::vector<bool> tested(f.num_regs);
  for (const uint32_t b : all) {
    for (const Inst& inst : m.Insts(m.blocks[f.first_block + b])) {
      if (inst.guard.valid()) tested[inst.guard.index] = true;
      if (inst.op == Op::kCondBra && m.Srcs(inst)[0].IsReg()) tested[m.Srcs(inst)[0].index] = true;
    }
  }
  CloseBackwards(m, f, all, tested, computes);
  for_loads(all, tested, [&](uint32_t i) {
    if (m.insts[i].order >= ir::Order::kVolatile) roles.decides.insert(i);
  });
  const ir::Cfg cfg(m, function);
  for (const ir::Loop& loop : cfg.loops()) {
    std::vector<bool> inside(f.num_blocks);
    for (const uint32_t b : loop.blocks) inside[b] = true;
    std::vector<bool> deciding(f.num_regs);
    for (const uint32_t b : loop.blocks) {
      const ir::Block& block = m.blocks[f.first_block + b];
      const Inst& last = m.insts[block.first_inst + block.num_insts - 1];
      const ir::Successors next = ir::SuccessorsOf(m, f, b);
      const bool leaves = next.count == 2 && (!inside[next.block[0]] || !inside[next.block[1]]);
      if (leaves && last.op == Op::kCondBra && m.Srcs(last)[0].IsReg()) {
        deciding[m.Srcs(last)[0].index] = true;
      }
    }
    CloseBackwards(m, f, loop.blocks, deciding, computes);
    for_loads(loop.blocks, deciding, [&](uint32_t i) {
      if (m.insts[i].order >= ir::Order::kVolatile) roles.polls.insert(i);
    });
  }
  return roles;
}

}  // namespace ws::exec
