// Rows that a team of threads reduces together: what the techniques for warps and for blocks share.
// Host code, internal to techniques.
#ifndef WARPSMITH_TARGET_CUDA_ROW_TEAMS_H_
#define WARPSMITH_TARGET_CUDA_ROW_TEAMS_H_

#include <vector>

#include "target/cuda/schedule_tools.h"

namespace ws::target::cuda {

// Where a row stays between its uses.
enum KeepChoice : int64_t { kKeepNothing = 0, kKeepRegisters = 1, kKeepShared = 2 };
inline constexpr ParameterMeaning kKeepParameter = {
    "keep", "where the row stays between its uses: 0 nowhere, 1 registers, 2 shared memory"};

// Whether the kernel reduces along contiguous data that threads could share.
bool ReducesRows(const KernelEdit& edit);

// Buffers that several nests of the kernel use inside their loops.
std::vector<nest::BufferId> SharedRows(const KernelEdit& edit);

// The longest loop of the kernel's nests at the bench sizes; 0 if unknown.
int64_t LongestRow(const KernelEdit& edit);

// Teams of `threads` along x, `rows` of them in a block; rows that several nests use stay where
// `keep` says, as far as they fit.
Result<nest::Schedule> ApplyTeams(const Situation& situation, KernelEdit& edit, uint32_t threads,
                                  uint32_t rows, int64_t keep);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_ROW_TEAMS_H_
