// What is counted for a kernel launch (counters.def), per launch and per instruction.
#ifndef WARPSMITH_TARGET_CUDA_COUNTERS_H_
#define WARPSMITH_TARGET_CUDA_COUNTERS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "exec/engine.h"
#include "ir/module.h"

namespace ws::target::cuda {

// Totals over the whole grid; where blocks were sampled, extrapolated from them.
struct Counters {
#define COUNTER(field, metric, unit, meaning) double field = 0;
#include "target/cuda/counters.def"
#undef COUNTER
};

struct CounterInfo {
  const char* field;
  const char* metric;  // Nsight Compute's name
  const char* unit;
  const char* meaning;
  double Counters::*value;
};
std::span<const CounterInfo> CounterTable();

// What one instruction did, over the whole grid (extrapolated like Counters).
struct InstStats {
  double executed = 0;  // warps
  double lanes = 0;
  double requests = 0;          // memory accesses
  double sectors = 0;           // global: 32-byte sectors touched
  double l1_misses = 0;         // global loads: sectors not in L1
  double wavefronts = 0;        // passes through L1's data stage or shared memory
  double ideal_wavefronts = 0;  // of these unavoidable for the bytes moved
};

// How blocks use one allocation in one launch; for the L2 and DRAM estimate.
struct AllocationUse {
  uint64_t base = 0;  // flat address
  uint64_t bytes = 0;
  double read_sectors = 0;     // distinct, per block, weighted mean
  double written_sectors = 0;  // distinct, per block
  double touched_sectors = 0;  // distinct, per block
  double read_requests = 0;    // sectors requested from L2 (after L1), per block
  double shared_with_x = 0;  // share of a block's sectors that all blocks beside it in x touch too
  double shared_with_y = 0;  // likewise in y
};

// One launch as it was sampled.
struct LaunchStats {
  exec::Launch launch;
  uint64_t blocks = 0;  // in the grid
  uint32_t blocks_run = 0;
  bool sampled = false;  // blocks_run < blocks
  bool varies = false;   // blocks of one class that were run differ in what they do
  // Standard error of the totals that comes of running a part of the blocks, relative.
  double sampling_error = 0;
  uint64_t warps_per_block = 0;
  std::vector<InstStats> insts;  // [Module::insts.size()]
  std::vector<AllocationUse> allocations;
  uint32_t resident_blocks = 0;  // per multiprocessor, as assumed for the L1 share
  uint32_t registers = 0;
  uint32_t shared_bytes = 0;  // per block
};

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_COUNTERS_H_
