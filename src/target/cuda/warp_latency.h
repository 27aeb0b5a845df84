// How long one warp takes from its first to its last instruction if nothing else runs.
//
// A warp issues in order; an instruction waits until its operands are ready (a scoreboard).
// Blocks are walked in their layout with the counts of the run; a block that repeats costs what its
// second pass takes when it follows its first, so that latencies overlap across iterations as the
// scoreboard allows.
#ifndef WARPSMITH_TARGET_CUDA_WARP_LATENCY_H_
#define WARPSMITH_TARGET_CUDA_WARP_LATENCY_H_

#include <vector>

#include "ir/module.h"
#include "target/cuda/arch.h"
#include "target/cuda/counters.h"

namespace ws::target::cuda {

struct WarpLatency {
  double cycles = 0;
  std::vector<double> stall_cycles;  // [Module::insts.size()] waiting for operands, by instruction
};

// `dram_share`: of the sectors that miss L1, those that come from device memory.
WarpLatency ComputeWarpLatency(const Arch& arch, const ir::Module& module, const LaunchStats& stats,
                               double dram_share);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_WARP_LATENCY_H_
