// Collects what a run of a launcher does, block by block, into LaunchStats.
//
// Of each launch, blocks at the corners, along the edges and inside of the grid are run (all of
// them if there are few), each standing for the blocks of its class; where these differ from each
// other the caller asks for more, and what the sample leaves uncertain is estimated. A block's
// global accesses are replayed through its share of L1 with its warps interleaved request by
// request, as they would run on the chip; what misses goes to L2.
#ifndef WARPSMITH_TARGET_CUDA_COLLECT_H_
#define WARPSMITH_TARGET_CUDA_COLLECT_H_

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include "exec/engine.h"
#include "target/cuda/arch.h"
#include "target/cuda/cache.h"
#include "target/cuda/counters.h"

namespace ws::target::cuda {

// A block to run and how many blocks of the grid it stands for.
struct BlockSample {
  uint32_t block = 0;
  uint32_t category = 0;  // blocks of one class lie alike: at one corner, along one edge, inside
  double weight = 1;
};

// The sample of a grid: everything up to kRunAllBelow blocks, else corners, edges, interior and the
// interior's neighbours; at least some `spread` blocks evenly over each class, or the whole grid
// where that has no more. Sorted by block.
inline constexpr uint64_t kRunAllBelow = 8;
std::vector<BlockSample> SampleGrid(const exec::Dim3& grid, uint32_t spread = 0);

// Which blocks of a launcher's launches to run.
struct Sampling {
  bool all = false;              // every block (results of one launch steer a later one)
  std::vector<uint32_t> spread;  // by launch: SampleGrid's; missing ones are 0
};

// 32-byte sectors that an access touches, sorted and distinct; returns their number. `sectors`
// holds at least 32 * 5 entries. Lanes outside of `active` do not count.
uint32_t CoalesceSectors(const uint64_t* addresses, uint32_t active, uint32_t bytes_per_lane,
                         uint64_t* sectors);

// Passes that a shared memory access takes: 32 banks of 4 bytes; lanes reading the same word share
// it; 8- and 16-byte accesses go by half and quarter warps (CUDA C++ Programming Guide).
uint32_t SharedWavefronts(const uint64_t* addresses, uint32_t active, uint32_t bytes_per_lane);

// 32-bit registers per thread of a kernel.
using RegistersOf = std::function<uint32_t(ir::FunctionId)>;
// Static shared memory of a kernel in bytes.
uint32_t StaticSharedBytes(const ir::Module& module, ir::FunctionId kernel);

class Collector {
 public:
  Collector(const ir::Module& module, const Arch& arch, RegistersOf registers, Sampling sampling);

  exec::Tracer tracer();
  std::vector<LaunchStats> Take() { return std::move(launches_); }
  std::vector<exec::HostWork> TakeHostWork() { return std::move(host_work_); }

 private:
  enum class Kind : uint8_t { kLoad, kStore, kAtomic };
  struct Request {
    uint32_t inst;
    uint32_t first_sector;  // into sectors_
    uint16_t num_sectors;
    Kind kind;
    uint32_t allocation;  // into stats().allocations
  };
  // What one block of the sample did.
  struct BlockWork {
    double executed = 0, lanes = 0, sectors = 0;
  };
  // Distinct sectors of one block and allocation.
  struct Footprint {
    std::vector<uint64_t> read, written;
    double read_requests = 0;
  };

  // Blocks whose footprints are kept, to see what blocks share: one inside the grid, its neighbours
  // in x and y, and those far away in x and y. What only neighbours share (a sector that straddles
  // their border) is not shared by all; what far ones share too is.
  enum Role : uint8_t { kOrigin, kNearX, kNearY, kFarX, kFarY, kRoles };

  void ChooseBlocks(const exec::Launch& launch, std::vector<uint32_t>& blocks);
  void OnAccess(const exec::Access& access);
  void OnBlockEnd(uint32_t block, std::span<const uint64_t> executed,
                  std::span<const uint64_t> lanes);
  void OnLaunchEnd(const exec::Launch& launch, uint32_t blocks_run);
  void OnGlobal(const exec::Access& access, double weight, InstStats& inst);
  void Replay(double weight);
  void FinishFootprints(uint32_t block, double weight);
  double SharedShare(uint32_t allocation, Role near, Role far) const;
  void JudgeSample();
  uint32_t AllocationIndex(uint64_t base, uint64_t bytes);
  LaunchStats& stats() { return launches_.back(); }

  const ir::Module& module_;
  const Arch& arch_;
  RegistersOf registers_;
  Sampling sampling_;
  std::vector<LaunchStats> launches_;
  std::vector<exec::HostWork> host_work_;
  // State of the launch being run.
  std::vector<BlockSample> sample_;
  size_t next_sample_ = 0;
  std::vector<BlockWork> work_;  // of each sampled block
  std::vector<uint64_t> executed_before_, lanes_before_;
  std::vector<std::vector<Request>> warps_;  // requests of the block being run, by warp
  std::vector<uint64_t> sectors_;
  SectorCache l1_{0};
  std::vector<Footprint> footprints_;            // by allocation, of the block being run
  std::array<int64_t, kRoles> role_block_ = {};  // -1: there is none
  std::array<std::vector<std::vector<uint64_t>>, kRoles> role_sectors_;  // by allocation, sorted
};

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_COLLECT_H_
