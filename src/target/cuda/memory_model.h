// What a launch asks of L2 and device memory, from how its sampled blocks use each allocation.
//
// The blocks that are resident at once (a wave) share what they touch in common; how much that is
// is extrapolated from the overlap of neighbouring blocks in x and y. Data that a wave touches and
// a later one touches again stays in L2 as far as L2 holds what lies between.
#ifndef WARPSMITH_TARGET_CUDA_MEMORY_MODEL_H_
#define WARPSMITH_TARGET_CUDA_MEMORY_MODEL_H_

#include "target/cuda/arch.h"
#include "target/cuda/counters.h"

namespace ws::target::cuda {

// What earlier launches of the same call left in L2: bytes by allocation, least recent first.
struct L2State {
  struct Resident {
    uint64_t base = 0;
    double bytes = 0;
  };
  std::vector<Resident> resident;
};

struct MemoryTraffic {
  double l2_read_sectors = 0;  // whole grid
  double l2_write_sectors = 0;
  double dram_read_bytes = 0;
  double dram_write_bytes = 0;
};

// Traffic of the launch; `l2` is brought up to date for the next one.
MemoryTraffic EstimateTraffic(const Arch& arch, const LaunchStats& stats, L2State& l2);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_MEMORY_MODEL_H_
