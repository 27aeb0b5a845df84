#include "pass/schedule.h"

#include <algorithm>
#include <queue>
#include <vector>

namespace ws::pass {
namespace {

using ir::Effect;
using ir::Inst;
using ir::Operand;

// Memory latencies for ordering only; those of the model belong to the target.
uint32_t LatencyOf(const Inst& inst) {
  const Effect effect = ir::InfoOf(inst.op).effect;
  if (effect == Effect::Load || effect == Effect::Atomic) {
    switch (inst.space) {
      case ir::Space::kShared:
        return 30;
      case ir::Space::kParam:
      case ir::Space::kConst:
        return 10;
      default:
        return 400;
    }
  }
  return ir::InfoOf(inst.op).latency_cycles;
}

class BlockScheduler {
 public:
  BlockScheduler(ir::Module& module, uint32_t num_regs)
      : m_(module),
        last_def_(num_regs, kNone),
        def_stamp_(num_regs, 0),
        readers_(num_regs, kNone) {}

  bool Run(const ir::Block& block) {
    const uint32_t n = block.num_insts == 0 ? 0 : block.num_insts - 1;  // the terminator stays
    if (n < 2) return false;
    insts_ = m_.insts.data() + block.first_inst;
    Link(n);
    std::vector<uint32_t> height(n, 0);
    for (uint32_t i = n; i-- > 0;) {
      uint32_t below = 0;
      for (uint32_t e = head_[i]; e != kNone; e = edges_[e].next) {
        below = std::max(below, height[edges_[e].to]);
      }
      height[i] = below + LatencyOf(insts_[i]);
    }
    // Greatest height first, then the source's order.
    const auto later = [&](uint32_t a, uint32_t b) {
      return height[a] != height[b] ? height[a] < height[b] : a > b;
    };
    std::priority_queue<uint32_t, std::vector<uint32_t>, decltype(later)> ready(later);
    for (uint32_t i = 0; i < n; ++i) {
      if (waits_[i] == 0) ready.push(i);
    }
    std::vector<Inst> ordered;
    ordered.reserve(n);
    bool changed = false;
    while (!ready.empty()) {
      const uint32_t i = ready.top();
      ready.pop();
      changed |= i != ordered.size();
      ordered.push_back(insts_[i]);
      for (uint32_t e = head_[i]; e != kNone; e = edges_[e].next) {
        if (--waits_[edges_[e].to] == 0) ready.push(edges_[e].to);
      }
    }
    if (changed) std::copy(ordered.begin(), ordered.end(), insts_);
    return changed;
  }

 private:
  static constexpr uint32_t kNone = 0xffffffffu;
  struct Edge {
    uint32_t to;
    uint32_t next;
  };

  void Before(uint32_t a, uint32_t b) {
    if (a == kNone || a == b) return;
    edges_.push_back({b, head_[a]});
    head_[a] = static_cast<uint32_t>(edges_.size()) - 1;
    ++waits_[b];
  }
  // Forgets what other blocks left about a register.
  void Touch(uint32_t reg) {
    if (def_stamp_[reg] == stamp_) return;
    def_stamp_[reg] = stamp_;
    last_def_[reg] = readers_[reg] = kNone;
  }

  void Link(uint32_t n) {
    ++stamp_;
    edges_.clear();
    reads_.clear();
    head_.assign(n, kNone);
    waits_.assign(n, 0);
    uint32_t last_store = kNone, last_order = kNone;
    std::vector<uint32_t> loads;
    for (uint32_t i = 0; i < n; ++i) {
      const Inst& inst = insts_[i];
      const auto read = [&](uint32_t reg) {
        Touch(reg);
        Before(last_def_[reg], i);
        reads_.push_back({i, readers_[reg]});
        readers_[reg] = static_cast<uint32_t>(reads_.size()) - 1;
      };
      for (const Operand o : m_.Srcs(inst)) {
        if (o.IsReg()) read(o.index);
      }
      if (inst.guard.valid()) read(inst.guard.index);
      for (const Operand o : m_.Dsts(inst)) {
        Touch(o.index);
        Before(last_def_[o.index], i);
        for (uint32_t r = readers_[o.index]; r != kNone; r = reads_[r].next)
          Before(reads_[r].to, i);
        last_def_[o.index] = i;
        readers_[o.index] = kNone;
      }
      const Effect effect = ir::InfoOf(inst.op).effect;
      if (effect == Effect::None || (effect == Effect::Load && inst.space == ir::Space::kParam)) {
        continue;
      }
      Before(last_order, i);
      const bool plain = inst.order == ir::Order::kNone || inst.order == ir::Order::kWeak;
      if (effect == Effect::Load && plain) {
        Before(last_store, i);
        loads.push_back(i);
        continue;
      }
      // Everything else keeps its place among the effects.
      Before(last_store, i);
      for (const uint32_t l : loads) Before(l, i);
      loads.clear();
      if (effect == Effect::Store && plain) {
        last_store = i;
      } else {
        last_order = last_store = i;
      }
    }
  }

  ir::Module& m_;
  Inst* insts_ = nullptr;
  std::vector<uint32_t> last_def_, def_stamp_, readers_, head_, waits_;
  std::vector<Edge> edges_, reads_;
  uint32_t stamp_ = 0;
};

}  // namespace

bool Schedule(ir::Module& module, ir::FunctionId function) {
  const ir::Function& f = module.functions[function.index];
  BlockScheduler scheduler(module, f.num_regs);
  bool changed = false;
  for (uint32_t b = 0; b < f.num_blocks; ++b) {
    changed |= scheduler.Run(module.blocks[f.first_block + b]);
  }
  return changed;
}

}  // namespace ws::pass
