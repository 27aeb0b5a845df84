#include "pass/schedule.h"

#include <algorithm>
#include <vector>

#include "ir/cfg.h"
#include "pass/alias.h"

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

// Cycles before the unit takes the next instruction of a warp: lanes of a scheduler's share.
uint32_t IntervalOf(ir::Pipe pipe) {
  switch (pipe) {
    case ir::Pipe::Lsu:
    case ir::Pipe::Cross:
      return 4;
    case ir::Pipe::Xu:
      return 8;
    case ir::Pipe::Alu:
    case ir::Pipe::Imad:
    case ir::Pipe::Fp64:
      return 2;
    default:
      return 1;
  }
}

uint32_t UnitsOf(ir::Type type) { return type == ir::Type::kPred ? 0 : ir::IsWide(type) ? 2 : 1; }

// Registers per thread at which fewer warps fit: what is below costs nothing.
uint32_t StepAbove(uint32_t registers) {
  for (const uint32_t step : {32u, 40u, 48u, 56u, 64u, 80u, 96u, 128u, 168u}) {
    if (registers <= step) return step;
  }
  return 255;
}

class BlockScheduler {
 public:
  BlockScheduler(ir::Module& module, ir::FunctionId function, const ir::Liveness& live)
      : m_(module),
        f_(module.functions[function.index]),
        live_(live),
        regions_(module, function),
        last_def_(f_.num_regs, kNone),
        def_stamp_(f_.num_regs, 0),
        readers_(f_.num_regs, kNone),
        reads_left_(f_.num_regs, 0),
        held_(f_.num_regs, false) {}

  bool Run(uint32_t b) {
    const ir::Block& block = m_.blocks[f_.first_block + b];
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
    CountReads(b, n);
    const uint32_t limit = StepAbove(through_ + kWorking);
    std::vector<uint32_t> ready;
    std::vector<uint32_t> operands_at(n, 0);  // cycle in which the last operand is there
    uint32_t pipe_free[kPipes] = {};
    uint32_t now = 0;
    for (uint32_t i = 0; i < n; ++i) {
      if (waits_[i] == 0) ready.push_back(i);
    }
    std::vector<Inst> ordered;
    ordered.reserve(n);
    bool changed = false;
    while (!ready.empty()) {
      // While registers are short, first what frees some. Then what can start first, the longest
      // way to the end of the block, and the source's order.
      const bool tight = pressure_ >= limit;
      size_t best = 0;
      uint32_t best_start = 0;
      bool best_grows = false;
      for (size_t r = 0; r < ready.size(); ++r) {
        const uint32_t i = ready[r];
        const uint32_t start =
            std::max({now, operands_at[i], pipe_free[static_cast<size_t>(PipeOf(i))]});
        const bool grows = tight && Growth(i) > 0;
        const uint32_t j = ready[best];
        const bool better = grows != best_grows      ? !grows
                            : start != best_start    ? start < best_start
                            : height[i] != height[j] ? height[i] > height[j]
                                                     : i < j;
        if (r == 0 || better) {
          best = r;
          best_start = start;
          best_grows = grows;
        }
      }
      const uint32_t i = ready[best];
      ready[best] = ready.back();
      ready.pop_back();
      now = best_start + 1;
      pipe_free[static_cast<size_t>(PipeOf(i))] = best_start + IntervalOf(PipeOf(i));
      changed |= i != ordered.size();
      ordered.push_back(insts_[i]);
      Take(i);
      for (uint32_t e = head_[i]; e != kNone; e = edges_[e].next) {
        const uint32_t to = edges_[e].to;
        operands_at[to] = std::max(operands_at[to], best_start + LatencyOf(insts_[i]));
        if (--waits_[to] == 0) ready.push_back(to);
      }
    }
    if (changed) std::copy(ordered.begin(), ordered.end(), insts_);
    return changed;
  }

 private:
  static constexpr uint32_t kNone = 0xffffffffu;
  static constexpr uint32_t kWorking =
      12;  // registers that a block needs besides what lives through
  static constexpr size_t kPipes = 32;
  struct Edge {
    uint32_t to;
    uint32_t next;
  };

  ir::Pipe PipeOf(uint32_t i) const { return ir::InfoOf(insts_[i].op).pipe; }
  uint32_t Units(uint32_t reg) const { return UnitsOf(m_.RegType(f_, ir::RegId(reg))); }
  template <typename F>
  void ForEachRead(uint32_t i, const F& f) const {
    for (const Operand o : m_.Srcs(insts_[i])) {
      if (o.IsReg()) f(o.index);
    }
    if (insts_[i].guard.valid()) f(insts_[i].guard.index);
  }

  // What lives through the block, and how often the block reads each value: counts_ holds the
  // values that registers have at the beginning, then those that instructions write.
  void CountReads(uint32_t b, uint32_t n) {
    through_ = pressure_ = 0;
    counts_.assign(f_.num_regs, 0);
    std::vector<uint32_t> value(f_.num_regs);  // place in counts_ of the value at hand
    for (uint32_t r = 0; r < f_.num_regs; ++r) value[r] = r;
    first_value_.resize(n);
    for (uint32_t i = 0; i < n; ++i) {
      ForEachRead(i, [&](uint32_t r) { ++counts_[value[r]]; });
      first_value_[i] = static_cast<uint32_t>(counts_.size());
      for (const Operand o : m_.Dsts(insts_[i])) {
        value[o.index] = static_cast<uint32_t>(counts_.size());
        counts_.push_back(0);
      }
    }
    ForEachRead(n, [&](uint32_t r) { ++counts_[value[r]]; });  // never taken
    for (uint32_t r = 0; r < f_.num_regs; ++r) {
      const bool out = live_.LiveOut(b, ir::RegId(r));
      if (out) ++counts_[value[r]];  // never taken
      held_[r] = live_.LiveIn(b, ir::RegId(r));
      if (held_[r]) pressure_ += Units(r);
      if (out) through_ += Units(r);
    }
    std::copy_n(counts_.begin(), f_.num_regs, reads_left_.begin());
    through_ = std::max(through_, pressure_);
  }
  // Registers that the instruction takes less those it frees.
  int Growth(uint32_t i) const {
    int growth = 0;
    for (const Operand o : m_.Dsts(insts_[i])) {
      if (!held_[o.index]) growth += static_cast<int>(Units(o.index));
    }
    ForEachRead(i, [&](uint32_t r) {
      if (reads_left_[r] == 1) growth -= static_cast<int>(Units(r));
    });
    return growth;
  }
  void Take(uint32_t i) {
    ForEachRead(i, [&](uint32_t r) {
      if (--reads_left_[r] == 0 && held_[r]) {
        held_[r] = false;
        pressure_ -= Units(r);
      }
    });
    uint32_t value = first_value_[i];
    for (const Operand o : m_.Dsts(insts_[i])) {
      reads_left_[o.index] = counts_[value++];
      const bool needed = reads_left_[o.index] > 0;
      if (needed && !held_[o.index]) pressure_ += Units(o.index);
      if (!needed && held_[o.index]) pressure_ -= Units(o.index);
      held_[o.index] = needed;
    }
  }

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
    uint32_t last_order = kNone;
    std::vector<Traffic> traffic;  // since then, by region
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
      const bool load = effect == Effect::Load && plain;
      if (!load && !(effect == Effect::Store && plain)) {
        // Everything else keeps its place among the effects.
        for (const Traffic& t : traffic) {
          Before(t.last_store, i);
          for (const uint32_t l : t.loads) Before(l, i);
        }
        traffic.clear();
        last_order = i;
        continue;
      }
      const Region region = regions_.Of(inst);
      Traffic* own = nullptr;
      for (Traffic& t : traffic) {
        if (t.region == region) own = &t;
        if (!MayOverlap(t.region, region)) continue;
        Before(t.last_store, i);
        if (load) continue;
        for (const uint32_t l : t.loads) Before(l, i);
      }
      if (own == nullptr) own = &traffic.emplace_back(Traffic{region, kNone, {}});
      if (load) {
        own->loads.push_back(i);
      } else {
        own->last_store = i;
        own->loads.clear();
      }
    }
  }

  // What has touched a region.
  struct Traffic {
    Region region;
    uint32_t last_store = kNone;
    std::vector<uint32_t> loads;  // after it
  };

  ir::Module& m_;
  const ir::Function& f_;
  const ir::Liveness& live_;
  const Regions regions_;
  Inst* insts_ = nullptr;
  std::vector<uint32_t> last_def_, def_stamp_, readers_, head_, waits_;
  std::vector<Edge> edges_, reads_;
  std::vector<uint32_t> counts_, first_value_;  // see CountReads; by instruction, its first value
  std::vector<uint32_t> reads_left_;            // of the register's value at hand
  std::vector<bool> held_;
  uint32_t pressure_ = 0, through_ = 0;  // registers in use now; at the ends of the block
  uint32_t stamp_ = 0;
};

}  // namespace

bool Schedule(ir::Module& module, ir::FunctionId function) {
  const ir::Function& f = module.functions[function.index];
  if (f.num_blocks == 0) return false;
  const ir::Cfg cfg(module, function);
  const ir::Liveness live(module, function, cfg);
  BlockScheduler scheduler(module, function, live);
  bool changed = false;
  for (const uint32_t b : cfg.order()) changed |= scheduler.Run(b);
  return changed;
}

}  // namespace ws::pass
