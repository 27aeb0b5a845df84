// List scheduling. Host only.
#ifndef WARPSMITH_PASS_SCHEDULE_H_
#define WARPSMITH_PASS_SCHEDULE_H_

#include "ir/module.h"

namespace ws::pass {

// Reorders each block: what can start first by its operands' latencies and its unit, of these what
// the longest chain waits for, then the order of the source. Once as many registers are in use as
// the block needs for its occupancy (what lives through it and a dozen more, rounded up to where
// fewer warps would fit), what takes further registers waits. Registers, memory (stores and atomics
// against all memory operations, loads freely among loads), barriers, shuffles and calls keep their
// dependences. True if anything changed.
bool Schedule(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_SCHEDULE_H_
