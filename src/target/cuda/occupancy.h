// How many blocks of a kernel are resident on a multiprocessor at once, and what limits them
// (CUDA C++ Programming Guide, "Hardware Multithreading").
#ifndef WARPSMITH_TARGET_CUDA_OCCUPANCY_H_
#define WARPSMITH_TARGET_CUDA_OCCUPANCY_H_

#include <cstdint>

#include "target/cuda/arch.h"

namespace ws::target::cuda {

enum class OccupancyLimit : uint8_t { kWarps, kBlocks, kRegisters, kShared, kImpossible };

struct Occupancy {
  uint32_t blocks = 0;  // resident per multiprocessor; 0: the kernel cannot be launched
  uint32_t warps = 0;   // resident per multiprocessor
  OccupancyLimit limit = OccupancyLimit::kWarps;

  // Share of the warps the multiprocessor could hold, 0..1.
  double fraction(const Arch& arch) const { return static_cast<double>(warps) / arch.warps_per_sm; }
};

Occupancy ComputeOccupancy(const Arch& arch, uint32_t threads_per_block,
                           uint32_t registers_per_thread, uint32_t shared_bytes_per_block);

const char* Name(OccupancyLimit limit);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_OCCUPANCY_H_
