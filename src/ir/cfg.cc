#include "ir/cfg.h"

#include <algorithm>
#include <optional>

namespace ws::ir {
namespace {

uint32_t UnitsOf(Type type) { return type == Type::kPred ? 0 : (IsWide(type) ? 2 : 1); }

}  // namespace

Cfg::Cfg(const Module& module, FunctionId function) {
  const Function& f = module.functions[function.index];
  const uint32_t n = f.num_blocks;
  order_.resize(n);
  number_.resize(n);
  std::vector<uint32_t> stack(n);
  if (n > 0) order_.resize(ReversePostorder(module, f, order_, number_, stack));
  std::vector<std::pair<uint32_t, uint32_t>> forward, backward;
  for (const uint32_t b : order_) {
    const Successors s = SuccessorsOf(module, f, b);
    for (uint32_t i = 0; i < s.count; ++i) {
      forward.emplace_back(b, s.block[i]);
      backward.emplace_back(s.block[i], b);
    }
  }
  successors_ = Edges(n, forward);
  predecessors_ = Edges(n, backward);
  FindDominators();
  FindPostDominators();
  FindLoops();
}

void Cfg::FindDominators() {
  const uint32_t n = num_blocks();
  if (n == 0) return;
  idom_ = ImmediateDominators(successors_, predecessors_, 0);
  // A block comes behind its dominator in the order: sizes of subtrees from its end, places from
  // its beginning.
  std::vector<uint32_t> size(n, 1);
  for (size_t k = order_.size(); k-- > 1;) size[idom_[order_[k]]] += size[order_[k]];
  enter_.assign(n, 0);
  leave_.assign(n, 0);
  std::vector<uint32_t> next(n, 1);
  leave_[0] = size[0];
  for (size_t k = 1; k < order_.size(); ++k) {
    const uint32_t block = order_[k], above = idom_[block];
    enter_[block] = next[above];
    next[above] += size[block];
    next[block] = enter_[block] + 1;
    leave_[block] = enter_[block] + size[block];
  }
}

bool Cfg::Dominates(uint32_t a, uint32_t b) const {
  if (!Reachable(a) || !Reachable(b)) return false;
  return enter_[a] <= enter_[b] && enter_[b] < leave_[a];
}

// Dominators of the graph turned round, with one node more, the exit, that all ends lead to.
void Cfg::FindPostDominators() {
  const uint32_t exit = num_blocks();
  std::vector<std::pair<uint32_t, uint32_t>> forward, backward;
  const auto add = [&](uint32_t from, uint32_t to) {
    forward.emplace_back(from, to);
    backward.emplace_back(to, from);
  };
  for (const uint32_t b : order_) {
    for (const uint32_t next : successors_[b]) add(next, b);
    if (successors_[b].empty()) add(exit, b);
  }
  ipdom_ = ImmediateDominators(Edges(exit + 1, forward), Edges(exit + 1, backward), exit);
  ipdom_.resize(exit);
  for (uint32_t& d : ipdom_) {
    if (d == kUnreachable) d = exit;  // never leaves, or is never entered
  }
}

void Cfg::FindLoops() {
  loop_of_.assign(num_blocks(), kUnreachable);
  std::vector<bool> inside(num_blocks());
  for (const uint32_t header : order_) {  // outer headers come first
    Loop loop;
    const auto add = [&](uint32_t block) {
      if (!inside[block]) loop.blocks.push_back(block);
      inside[block] = true;
    };
    loop.header = header;
    for (const uint32_t pred : Predecessors(header)) {
      if (Dominates(header, pred)) loop.latches.push_back(pred);
    }
    if (loop.latches.empty()) continue;
    add(header);
    for (const uint32_t latch : loop.latches) add(latch);
    for (size_t k = 1; k < loop.blocks.size(); ++k) {
      for (const uint32_t pred : Predecessors(loop.blocks[k])) add(pred);
    }
    std::sort(loop.blocks.begin() + 1, loop.blocks.end());
    loop.parent = loop_of_[header];
    if (loop.parent != kUnreachable) loop.depth = loops_[loop.parent].depth + 1;
    for (const uint32_t block : loop.blocks) {
      inside[block] = false;
      loop_of_[block] = static_cast<uint32_t>(loops_.size());
    }
    loops_.push_back(std::move(loop));
  }
}

Liveness::Liveness(const Module& module, FunctionId function, const Cfg& cfg) {
  const Function& f = module.functions[function.index];
  words_ = (f.num_regs + 63) / 64;
  const size_t total = size_t{cfg.num_blocks()} * words_;
  in_.assign(total, 0);
  out_.assign(total, 0);
  std::vector<uint64_t> uses(total, 0), defs(total, 0);
  for (const uint32_t b : cfg.order()) {
    uint64_t* use = uses.data() + size_t{b} * words_;
    uint64_t* def = defs.data() + size_t{b} * words_;
    const auto read = [&](uint32_t r) {
      if ((def[r / 64] >> (r % 64) & 1) == 0) use[r / 64] |= 1ull << (r % 64);
    };
    for (const Inst& inst : module.Insts(module.blocks[f.first_block + b])) {
      for (const Operand o : module.Srcs(inst)) {
        if (o.IsReg()) read(o.index);
      }
      if (inst.guard.valid()) read(inst.guard.index);
      for (const Operand o : module.Dsts(inst)) {
        // A guarded write may keep the old value.
        if (inst.guard.valid())
          read(o.index);
        else
          def[o.index / 64] |= 1ull << (o.index % 64);
      }
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t k = cfg.order().size(); k-- > 0;) {
      const uint32_t b = cfg.order()[k];
      const Successors s = SuccessorsOf(module, f, b);
      for (uint32_t w = 0; w < words_; ++w) {
        const size_t at = size_t{b} * words_ + w;
        uint64_t out = 0;
        for (uint32_t i = 0; i < s.count; ++i) out |= in_[size_t{s.block[i]} * words_ + w];
        const uint64_t in = uses[at] | (out & ~defs[at]);
        changed |= in != in_[at];
        out_[at] = out;
        in_[at] = in;
      }
    }
  }
}

namespace {

// `known` holds the functions that were met: what calls itself counts once, and a call that comes
// back adds nothing to the estimate.
uint32_t Estimate(const Module& module, FunctionId function,
                  std::vector<std::optional<uint32_t>>& known) {
  const Function& f = module.functions[function.index];
  if (known[function.index].has_value()) return *known[function.index];
  known[function.index] = 0;
  if (f.num_blocks == 0) return 0;
  const Cfg cfg(module, function);
  const Liveness live(module, function, cfg);
  uint32_t most = 0;
  std::vector<bool> alive(f.num_regs);
  for (const uint32_t b : cfg.order()) {
    uint32_t units = 0;
    for (uint32_t r = 0; r < f.num_regs; ++r) {
      alive[r] = live.LiveOut(b, RegId(r));
      if (alive[r]) units += UnitsOf(module.RegType(f, RegId(r)));
    }
    most = std::max(most, units);
    const std::span<const Inst> insts = module.Insts(module.blocks[f.first_block + b]);
    for (size_t i = insts.size(); i-- > 0;) {
      const Inst& inst = insts[i];
      for (const Operand o : module.Dsts(inst)) {
        if (!alive[o.index] || inst.guard.valid()) continue;
        alive[o.index] = false;
        units -= UnitsOf(module.RegType(f, o.reg()));
      }
      uint32_t inner = 0;
      if (inst.op == Op::kCall) {
        inner = Estimate(module, FunctionId(module.Srcs(inst)[0].index), known);
      }
      for (const Operand o : module.Srcs(inst)) {
        if (!o.IsReg() || alive[o.index]) continue;
        alive[o.index] = true;
        units += UnitsOf(module.RegType(f, o.reg()));
      }
      most = std::max(most, units + inner);
    }
  }
  known[function.index] = most;
  return most;
}

}  // namespace

uint32_t EstimateRegisters(const Module& module, FunctionId function) {
  std::vector<std::optional<uint32_t>> known(module.functions.size());
  return Estimate(module, function, known);
}

}  // namespace ws::ir
