#include "target/cuda/occupancy.h"

#include <algorithm>

namespace ws::target::cuda {
namespace {

constexpr uint32_t RoundUp(uint32_t value, uint32_t unit) {
  return (value + unit - 1) / unit * unit;
}

}  // namespace

Occupancy ComputeOccupancy(const Arch& arch, uint32_t threads_per_block,
                           uint32_t registers_per_thread, uint32_t shared_bytes_per_block) {
  constexpr uint32_t kWarpSchedulers = 4;
  constexpr uint32_t kSharedUnit = 128;
  const uint32_t warps = (threads_per_block + 31) / 32;
  if (warps == 0 || threads_per_block > 1024 || registers_per_thread > Arch::kRegistersPerThread ||
      shared_bytes_per_block > arch.shared_bytes_per_block) {
    return {.blocks = 0, .warps = 0, .limit = OccupancyLimit::kImpossible};
  }
  // Registers are handed out per warp, and each scheduler has a quarter of the file.
  const uint32_t per_warp = RoundUp(std::max(registers_per_thread, 1u) * 32, Arch::kRegisterUnit);
  const uint32_t register_warps = Arch::kRegisters / kWarpSchedulers / per_warp * kWarpSchedulers;
  const uint32_t reserved = arch.name == "sm_75" ? 0 : Arch::kSharedReserved;
  const uint32_t shared = RoundUp(shared_bytes_per_block + reserved, kSharedUnit);

  struct Bound {
    uint32_t blocks;
    OccupancyLimit limit;
  };
  const Bound bounds[] = {
      {arch.warps_per_sm / warps, OccupancyLimit::kWarps},
      {arch.blocks_per_sm, OccupancyLimit::kBlocks},
      {register_warps / warps, OccupancyLimit::kRegisters},
      {shared == 0 ? arch.blocks_per_sm : arch.shared_bytes / shared, OccupancyLimit::kShared},
  };
  const Bound least =
      *std::min_element(std::begin(bounds), std::end(bounds),
                        [](const Bound& a, const Bound& b) { return a.blocks < b.blocks; });
  if (least.blocks == 0) return {.blocks = 0, .warps = 0, .limit = least.limit};
  return {.blocks = least.blocks, .warps = least.blocks * warps, .limit = least.limit};
}

const char* Name(OccupancyLimit limit) {
  switch (limit) {
    case OccupancyLimit::kWarps:
      return "warps";
    case OccupancyLimit::kBlocks:
      return "blocks";
    case OccupancyLimit::kRegisters:
      return "registers";
    case OccupancyLimit::kShared:
      return "shared memory";
    case OccupancyLimit::kImpossible:
      return "not launchable";
  }
  return "";
}

}  // namespace ws::target::cuda
