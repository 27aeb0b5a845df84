#include "target/cuda/warp_latency.h"

#include <algorithm>

#include "ir/cfg.h"
#include "target/cuda/issue.h"

namespace ws::target::cuda {
namespace {

using ir::Inst;

// Cycles from issue to use of what the instruction loads, as it was served in the run.
double LoadLatency(const Arch& arch, const Inst& inst, const InstStats& stats, double dram_share) {
  if (stats.requests <= 0) return arch.l1_latency;
  const double passes = std::max(1.0, stats.wavefronts / stats.requests);
  if (ir::InfoOf(inst.op).effect == ir::Effect::Atomic) {
    return (stats.sectors > 0 ? arch.l2_latency : arch.shared_latency) + passes - 1;
  }
  if (stats.sectors <= 0) return arch.shared_latency + passes - 1;
  // A warp waits for the slowest of its sectors, so that one miss among many is a miss.
  const double misses_per_request = stats.l1_misses / stats.requests;
  const double miss = std::min(1.0, misses_per_request);
  const double beyond = arch.l2_latency + dram_share * (arch.dram_latency - arch.l2_latency);
  return (1 - miss) * arch.l1_latency + miss * beyond + passes - 1;
}

class Scoreboard {
 public:
  Scoreboard(const Arch& arch, const ir::Module& module, const ir::Function& function,
             const LaunchStats& stats, double dram_share, WarpLatency& out)
      : arch_(arch), module_(module), stats_(stats), dram_share_(dram_share), out_(out) {
    ready_.assign(function.num_regs, 0);
  }

  // Runs a block once from the present time; stalls count `weight` times. Returns its duration.
  double Run(const ir::Block& block, double weight) {
    const double begin = now_;
    for (uint32_t i = 0; i < block.num_insts; ++i) Issue(block.first_inst + i, weight);
    return now_ - begin;
  }

 private:
  void Issue(uint32_t index, double weight) {
    const Inst& inst = module_.insts[index];
    const IssueCost cost = CostOf(arch_, module_, inst);
    double start = now_;
    const auto wait = [&](ir::RegId reg) {
      if (reg.index < ready_.size()) start = std::max(start, ready_[reg.index]);
    };
    for (const ir::Operand& o : module_.Srcs(inst)) {
      if (o.IsReg()) wait(o.reg());
    }
    if (inst.guard.valid()) wait(inst.guard);
    const bool free = cost.issue <= 0;
    if (!free) {
      // A pipe takes the next instruction after `interval`; one scheduler serves a quarter of the
      // multiprocessor's lanes. Other pipes can be issued to in the next cycle.
      const double interval = std::max(1.0, 32 / (cost.lanes / Arch::kIssuePerClock));
      double& busy_until = busy_until_[static_cast<size_t>(cost.pipe)];
      start = std::max(start, busy_until);
      out_.stall_cycles[index] += weight * (start - now_);
      now_ = start + std::max(cost.issue, 1.0);
      busy_until = cost.issue > 1 ? now_ : start + interval;
    }
    const ir::Effect effect = ir::InfoOf(inst.op).effect;
    const bool memory = effect == ir::Effect::Load || effect == ir::Effect::Atomic;
    const double latency =
        memory && !free ? LoadLatency(arch_, inst, stats_.insts[index], dram_share_) : cost.latency;
    for (const ir::Operand& o : module_.Dsts(inst)) {
      if (o.IsReg() && o.index < ready_.size()) ready_[o.index] = start + latency;
    }
  }

  const Arch& arch_;
  const ir::Module& module_;
  const LaunchStats& stats_;
  double dram_share_;
  WarpLatency& out_;
  std::vector<double> ready_;
  double busy_until_[static_cast<size_t>(Resource::kCount)] = {};  // by pipe
  double now_ = 0;
};

// Walks a function as its warps run it: a loop's body once as it is entered and once as it repeats,
// each standing for as many turns as the run counted.
class Walk {
 public:
  Walk(const Arch& arch, const ir::Module& module, const LaunchStats& stats, double dram_share,
       WarpLatency& out)
      : module_(module),
        function_(module.functions[stats.launch.kernel.index]),
        stats_(stats),
        warps_(static_cast<double>(stats.blocks) * static_cast<double>(stats.warps_per_block)),
        cfg_(module, stats.launch.kernel),
        scoreboard_(arch, module, function_, stats, dram_share, out),
        out_(out) {}

  void Run() { Region(ir::kUnreachable, 1, 0); }

 private:
  // How often a warp runs the block. Guarded instructions may not execute, the terminator of a
  // block that is entered always does.
  double Times(uint32_t b) const {
    const ir::Block& block = module_.blocks[function_.first_block + b];
    if (block.num_insts == 0) return 0;
    return stats_.insts[block.first_inst + block.num_insts - 1].executed / warps_;
  }
  // How often a warp comes to the loop from outside.
  double Entries(const ir::Loop& loop) const {
    double entries = 0;
    for (const uint32_t pred : cfg_.Predecessors(loop.header)) {
      const bool inside =
          std::find(loop.blocks.begin(), loop.blocks.end(), pred) != loop.blocks.end();
      if (!inside) entries += Times(pred);
    }
    return entries;
  }

  // One run of the blocks of a loop (or of what is in none) that stands for `share` of all its
  // turns.
  void Region(uint32_t loop, double share, int depth) {
    constexpr int kMaxDepth = 8;
    for (const uint32_t b : cfg_.order()) {
      const uint32_t own = cfg_.LoopOf(b);
      if (own == loop) {
        const double times = Times(b) * share;
        if (times > 0) {
          const ir::Block& block = module_.blocks[function_.first_block + b];
          out_.cycles += times * scoreboard_.Run(block, times);
        }
        continue;
      }
      if (own == ir::kUnreachable || cfg_.loops()[own].header != b ||
          cfg_.loops()[own].parent != loop) {
        continue;
      }
      const double turns = Times(b);
      if (turns <= 0) continue;
      const double first = std::min(1.0, Entries(cfg_.loops()[own]) / turns);
      if (first > 0) Region(own, share * first, depth + 1);
      if (first < 1 && depth < kMaxDepth) Region(own, share * (1 - first), depth + 1);
    }
  }

  const ir::Module& module_;
  const ir::Function& function_;
  const LaunchStats& stats_;
  const double warps_;
  const ir::Cfg cfg_;
  Scoreboard scoreboard_;
  WarpLatency& out_;
};

}  // namespace

WarpLatency ComputeWarpLatency(const Arch& arch, const ir::Module& module, const LaunchStats& stats,
                               double dram_share) {
  WarpLatency out;
  out.stall_cycles.assign(module.insts.size(), 0);
  Walk(arch, module, stats, dram_share, out).Run();
  return out;
}

}  // namespace ws::target::cuda
