#include "target/cuda/warp_latency.h"

#include <algorithm>

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
  // Lets `cycles` pass that were accounted for elsewhere; what was pending stays as far away.
  void Skip(double cycles) {
    now_ += cycles;
    for (double& r : ready_) r += cycles;
  }
  double now() const { return now_; }

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
    if (cost.issue > 0) out_.stall_cycles[index] += weight * (start - now_);
    // One scheduler serves a quarter of the multiprocessor's lanes.
    const double interval = std::max(1.0, 32 / (cost.lanes / Arch::kIssuePerClock));
    const bool free = cost.issue <= 0;
    if (!free) now_ = start + std::max(cost.issue, 1.0) * (cost.issue > 1 ? 1 : interval);
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
  double now_ = 0;
};

}  // namespace

WarpLatency ComputeWarpLatency(const Arch& arch, const ir::Module& module, const LaunchStats& stats,
                               double dram_share) {
  WarpLatency out;
  out.stall_cycles.assign(module.insts.size(), 0);
  const ir::Function& function = module.functions[stats.launch.kernel.index];
  const double warps =
      static_cast<double>(stats.blocks) * static_cast<double>(stats.warps_per_block);
  Scoreboard scoreboard(arch, module, function, stats, dram_share, out);
  for (const ir::Block& block : module.Blocks(function)) {
    if (block.num_insts == 0) continue;
    // Guarded instructions may not execute, the terminator of a block that is entered always does.
    const double times = stats.insts[block.first_inst + block.num_insts - 1].executed / warps;
    if (times <= 0) continue;
    const double first = scoreboard.Run(block, std::min(times, 1.0));
    out.cycles += first * std::min(times, 1.0);
    if (times <= 1) continue;
    const double again = scoreboard.Run(block, times - 1);
    out.cycles += again * (times - 1);
  }
  return out;
}

}  // namespace ws::target::cuda
