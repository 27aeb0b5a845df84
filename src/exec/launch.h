// Runs a kernel launch: its blocks one after another (or in seeded random order), more of them at
// once only when one cannot go on without the others.
#ifndef WARPSMITH_EXEC_LAUNCH_H_
#define WARPSMITH_EXEC_LAUNCH_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "exec/engine.h"
#include "exec/machine.h"
#include "exec/sync.h"

namespace ws::exec {

// What stays the same while one launch runs.
struct LaunchState {
  const Launch* launch = nullptr;
  const Program* program = nullptr;
  diag::Loc loc;                      // where the program launches it
  uint32_t index = 0;                 // of the call
  uint32_t current_block = 0;         // linear
  uint32_t first_epoch = 0;           // epochs of this launch are at least this
  std::vector<uint32_t> epoch_block;  // epoch - first_epoch -> linear block
  SyncTable sync;                     // releases and acquires
  uint64_t barriers = 0;
  uint64_t progress = 1;      // counts turns in which a warp did more than wait for others
  uint64_t param_memory = 0;  // address of the parameter block, if it is in memory
  uint64_t workspace = 0;     // of a cooperative launch: where its blocks count who has arrived
  // By place in shared memory: the instruction that made an mbarrier there last.
  std::unordered_map<uint64_t, uint32_t> mbarriers;
  // What each printf of the kernel printed, as executed; shown by block when the launch ends.
  struct Printed {
    uint32_t block = 0;  // linear
    std::string text;
  };
  std::vector<Printed> printed;
  uint64_t printed_bytes = 0;

  // Lanes of that warp of a block which have threads.
  uint32_t LanesOf(uint32_t warp) const {
    const Dim3& b = launch->block;
    const uint64_t threads = uint64_t{b[0]} * b[1] * b[2];
    const uint64_t left = threads - std::min<uint64_t>(threads, uint64_t{warp} * 32);
    return left >= 32 ? ~uint32_t{0} : (uint32_t{1} << left) - 1;
  }
  Dim3 BlockIndex(uint32_t linear) const {
    const Dim3& g = launch->grid;
    return {linear % g[0], linear / g[0] % g[1],
            static_cast<uint32_t>(linear / (uint64_t{g[0]} * g[1]))};
  }
};

// Validates and runs `launch`; appends it to the report. Findings and the status tell the rest.
void RunLaunch(Machine& machine, Launch launch, const Site& site);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_LAUNCH_H_
