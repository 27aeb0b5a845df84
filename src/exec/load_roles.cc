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

// Where a register is written and read, if it is once each.
struct Uses {
  uint32_t writes = 0, reads = 0, reader = 0;
};

// Follows the value of load `index` through the masks that make room for bits and the bits that
// come in, to a store where it came from.
bool Inserts(const ir::Module& m, const std::vector<Uses>& uses, uint32_t index) {
  const Inst& load = m.insts[index];
  if (load.op != Op::kLd || load.vec > 1 || load.order >= ir::Order::kVolatile) return false;
  Operand value = m.Dsts(load)[0];
  constexpr int kMostSteps = 64;
  for (int step = 0, masks = 0; step < kMostSteps && value.IsReg(); ++step) {
    const Uses& u = uses[value.index];
    if (u.writes != 1 || u.reads != 1) return false;
    const Inst& next = m.insts[u.reader];
    const auto srcs = m.Srcs(next);
    if (next.op == Op::kSt) {
      return masks > 0 && next.vec <= 1 && next.offset == load.offset && next.space == load.space &&
             ir::BytesOf(next.type) == ir::BytesOf(load.type) && srcs[0] == m.Srcs(load)[0] &&
             srcs[1] == value;
    }
    const bool masks_out = next.op == Op::kAnd && (srcs[0].IsImm() || srcs[1].IsImm());
    const bool puts = next.op == Op::kBfi && srcs[1] == value && srcs[2].IsImm() && srcs[3].IsImm();
    if (!masks_out && !puts && next.op != Op::kOr && !IsCopy(next)) return false;
    masks += masks_out || puts;
    value = m.Dsts(next)[0];
  }
  return false;
}

void FindInserts(const ir::Module& m, const ir::Function& f, LoadRoles* roles) {
  std::vector<Uses> uses(f.num_regs);
  const auto each = [&](auto take) {
    for (uint32_t b = 0; b < f.num_blocks; ++b) {
      const ir::Block& block = m.blocks[f.first_block + b];
      for (uint32_t k = 0; k < block.num_insts; ++k) take(block.first_inst + k);
    }
  };
  bool has_mask = false;
  each([&](uint32_t i) {
    const Inst& inst = m.insts[i];
    has_mask = has_mask || inst.op == Op::kAnd || inst.op == Op::kBfi;
    if (inst.guard.valid()) ++uses[inst.guard.index].reads;
    for (const Operand& d : m.Dsts(inst)) {
      if (d.IsReg()) uses[d.index].writes += inst.guard.valid() ? 2 : 1;
    }
    for (const Operand& s : m.Srcs(inst)) {
      if (!s.IsReg()) continue;
      ++uses[s.index].reads;
      uses[s.index].reader = i;
    }
  });
  if (!has_mask) return;
  each([&](uint32_t i) {
    if (Inserts(m, uses, i)) roles->inserts.insert(i);
  });
}

}  // namespace

LoadRoles FindLoadRoles(const ir::Module& m, ir::FunctionId function) {
  LoadRoles roles;
  const ir::Function& f = m.functions[function.index];
  FindInserts(m, f, &roles);
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
