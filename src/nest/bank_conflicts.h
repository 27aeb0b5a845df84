// Counts the passes through shared memory that a staged tile costs, from its layout alone: a warp's
// request takes one pass for every different word that one of the 32 banks must deliver. Host code.
#ifndef WARPSMITH_NEST_BANK_CONFLICTS_H_
#define WARPSMITH_NEST_BANK_CONFLICTS_H_

#include "nest/program.h"
#include "nest/schedule.h"

namespace ws::nest {

// Of the first warp of a block, for one tile: passes without conflicts, and those added by them.
struct TilePasses {
  uint32_t needed = 0;
  uint32_t added = 0;
};

// `stage` is one of nest `nest` of the kernel, or the same with another pad. Zero where the nest
// does not load the buffer.
TilePasses CountPasses(Program& program, const KernelPlan& kernel, size_t nest, const Stage& stage);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_BANK_CONFLICTS_H_
