// The price of what a launcher does beside launching: allocations, sets, copies (host_cost.def).
#ifndef WARPSMITH_TARGET_CUDA_HOST_COST_H_
#define WARPSMITH_TARGET_CUDA_HOST_COST_H_

#include <span>
#include <string_view>
#include <vector>

#include "exec/engine.h"
#include "target/cuda/arch.h"
#include "target/cuda/model.h"

namespace ws::target::cuda {

// All calls of one runtime function in one call of a launcher.
struct HostCallProfile {
  std::string_view name;  // cudaMalloc
  uint32_t calls = 0;
  uint64_t bytes = 0;
  TimeRange time;  // of all calls
};

// In the order of ir/rt.def; functions that cost nothing are left out.
std::vector<HostCallProfile> PriceHostWork(const Arch& arch, std::span<const exec::HostWork> work);

// Whether the work leaves more allocations behind than it frees: a workspace kept for later calls.
bool KeepsMemory(std::span<const exec::HostWork> work);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_HOST_COST_H_
