#include "target/cuda/memory_model.h"

#include <algorithm>
#include <cmath>

namespace ws::target::cuda {
namespace {

constexpr double kSectorBytes = 32;

// Distinct sectors of an allocation that nx * ny blocks of the grid touch together, when each
// touches `per_block` and neighbours share as in `use`.
double DistinctSectors(const AllocationUse& use, double per_block, double nx, double ny) {
  const double grown = per_block * (1 + (nx - 1) * (1 - use.shared_with_x)) *
                       (1 + (ny - 1) * (1 - use.shared_with_y));
  return std::min(grown, std::ceil(static_cast<double>(use.bytes) / kSectorBytes));
}

double ResidentBytes(const L2State& l2, uint64_t base) {
  for (const L2State::Resident& r : l2.resident) {
    if (r.base == base) return r.bytes;
  }
  return 0;
}

// Puts `bytes` of an allocation into L2 as the most recent, dropping the least recent beyond its
// capacity.
void Touch(const Arch& arch, L2State& l2, uint64_t base, double bytes) {
  std::erase_if(l2.resident, [&](const L2State::Resident& r) { return r.base == base; });
  l2.resident.push_back({base, std::min(bytes, static_cast<double>(arch.l2_bytes))});
  double total = 0;
  for (const L2State::Resident& r : l2.resident) total += r.bytes;
  for (L2State::Resident& r : l2.resident) {
    const double excess = total - static_cast<double>(arch.l2_bytes);
    if (excess <= 0) break;
    const double dropped = std::min(excess, r.bytes);
    r.bytes -= dropped;
    total -= dropped;
  }
  std::erase_if(l2.resident, [](const L2State::Resident& r) { return r.bytes <= 0; });
}

}  // namespace

MemoryTraffic EstimateTraffic(const Arch& arch, const LaunchStats& stats, L2State& l2) {
  MemoryTraffic traffic;
  const double blocks = static_cast<double>(stats.blocks);
  const double capacity = static_cast<double>(arch.l2_bytes);
  const double gx = stats.launch.grid[0];
  const double gy = static_cast<double>(stats.launch.grid[1]) * stats.launch.grid[2];
  const double at_once = std::min(blocks, static_cast<double>(stats.resident_blocks) * arch.sms);
  const double nx = std::min(gx, at_once);
  const double ny = std::min(gy, std::ceil(at_once / nx));
  const double waves = std::ceil(blocks / (nx * ny));

  double wave_bytes = 0, grid_bytes = 0;
  for (const AllocationUse& use : stats.allocations) {
    wave_bytes += kSectorBytes * DistinctSectors(use, use.touched_sectors, nx, ny);
    grid_bytes += kSectorBytes * DistinctSectors(use, use.touched_sectors, gx, gy);
  }
  const double lost_in_wave = wave_bytes > capacity ? 1 - capacity / wave_bytes : 0;
  const double lost_between_waves = grid_bytes > capacity ? 1 - capacity / grid_bytes : 0;

  for (const AllocationUse& use : stats.allocations) {
    const double once = DistinctSectors(use, use.read_sectors, gx, gy);
    const double by_wave = waves * DistinctSectors(use, use.read_sectors, nx, ny);
    const double again_in_block = blocks * std::max(0.0, use.read_requests - use.read_sectors);
    double first_reads = once;
    if (once > 0) {
      const double kept = std::min(1.0, ResidentBytes(l2, use.base) / (once * kSectorBytes));
      first_reads = once * (1 - kept);
    }
    const double sectors = first_reads + std::max(0.0, by_wave - once) * lost_between_waves +
                           again_in_block * lost_in_wave;
    traffic.l2_read_sectors += blocks * use.read_requests;
    traffic.dram_read_bytes += kSectorBytes * std::min(sectors, blocks * use.read_requests);
    // L2 keeps what was written of a sector under a byte mask and fetches nothing; a sector that is
    // evicted before another wave writes the rest goes to memory once more.
    const double written = DistinctSectors(use, use.written_sectors, gx, gy);
    const double written_by_wave = waves * DistinctSectors(use, use.written_sectors, nx, ny);
    traffic.dram_write_bytes +=
        kSectorBytes * (written + std::max(0.0, written_by_wave - written) * lost_between_waves);
    Touch(arch, l2, use.base, kSectorBytes * DistinctSectors(use, use.touched_sectors, gx, gy));
  }
  return traffic;
}

}  // namespace ws::target::cuda
