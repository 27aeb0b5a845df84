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
  pred_begin_.assign(n + 1, 0);
  for (const uint32_t b : order_) {
    const Successors s = SuccessorsOf(module, f, b);
    for (uint32_t i = 0; i < s.count; ++i) ++pred_begin_[s.block[i] + 1];
  }
  for (uint32_t b = 0; b < n; ++b) pred_begin_[b + 1] += pred_begin_[b];
  preds_.resize(pred_begin_[n]);
  std::vector<uint32_t> fill(pred_begin_.begin(), pred_begin_.end() - (n > 0 ? 1 : 0));
  for (const uint32_t b : order_) {
    const Successors s = SuccessorsOf(module, f, b);
    for (uint32_t i = 0; i < s.count; ++i) preds_[fill[s.block[i]]++] = b;
  }
  FindDominators();
  FindPostDominators(module, f);
  FindLoops();
}

void Cfg::FindDominators() {
  idom_.assign(number_.size(), kUnreachable);
  if (order_.empty()) return;
  idom_[order_[0]] = order_[0];
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t k = 1; k < order_.size(); ++k) {
      const uint32_t block = order_[k];
      uint32_t meet = kUnreachable;
      for (const uint32_t pred : Predecessors(block)) {
        if (idom_[pred] == kUnreachable) continue;
        if (meet == kUnreachable) {
          meet = pred;
          continue;
        }
        uint32_t a = pred, b = meet;
        while (a != b) {
          while (number_[a] > number_[b]) a = idom_[a];
          while (number_[b] > number_[a]) b = idom_[b];
        }
        meet = a;
      }
      if (idom_[block] != meet) {
        idom_[block] = meet;
        changed = true;
      }
    }
  }
}

bool Cfg::Dominates(uint32_t a, uint32_t b) const {
  if (!Reachable(a) || !Reachable(b)) return false;
  while (number_[b] > number_[a]) b = idom_[b];
  return a == b;
}

// Cooper, Harvey and Kennedy, "A Simple, Fast Dominance Algorithm", on the reversed graph, the meet
// found by comparing chains.
void Cfg::FindPostDominators(const Module& module, const Function& f) {
  const uint32_t exit = num_blocks();
  ipdom_.assign(exit, kUnreachable);
  const auto meet_of = [&](uint32_t a, uint32_t other) {
    for (; a != exit; a = ipdom_[a]) {
      for (uint32_t b = other; b != exit; b = ipdom_[b]) {
        if (a == b) return a;
      }
    }
    return exit;
  };
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t k = order_.size(); k-- > 0;) {
      const uint32_t block = order_[k];
      const Successors s = SuccessorsOf(module, f, block);
      uint32_t meet = s.count == 0 ? exit : kUnreachable;
      for (uint32_t i = 0; i < s.count; ++i) {
        if (ipdom_[s.block[i]] == kUnreachable) continue;  // not reached yet
        meet = meet == kUnreachable ? s.block[i] : meet_of(meet, s.block[i]);
      }
      if (meet != kUnreachable && ipdom_[block] != meet) {
        ipdom_[block] = meet;
        changed = true;
      }
    }
  }
  for (uint32_t& d : ipdom_) {
    if (d == kUnreachable) d = exit;  // never leaves, or is never entered
  }
}

void Cfg::FindLoops() {
  const uint32_t n = num_blocks();
  loop_of_.assign(n, kUnreachable);
  std::vector<uint32_t> work;
  std::vector<bool> inside(n);
  for (const uint32_t header : order_) {  // outer headers come first
    Loop loop;
    loop.header = header;
    for (const uint32_t pred : Predecessors(header)) {
      if (Dominates(header, pred)) loop.latches.push_back(pred);
    }
    if (loop.latches.empty()) continue;
    inside.assign(n, false);
    inside[header] = true;
    work = loop.latches;
    while (!work.empty()) {
      const uint32_t block = work.back();
      work.pop_back();
      if (inside[block]) continue;
      inside[block] = true;
      for (const uint32_t pred : Predecessors(block)) work.push_back(pred);
    }
    loop.parent = loop_of_[header];
    if (loop.parent != kUnreachable) loop.depth = loops_[loop.parent].depth + 1;
    loop.blocks.push_back(header);
    for (uint32_t b = 0; b < n; ++b) {
      if (!inside[b]) continue;
      if (b != header) loop.blocks.push_back(b);
      loop_of_[b] = static_cast<uint32_t>(loops_.size());
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
