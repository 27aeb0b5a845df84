// List scheduling. Host only.
#ifndef WARPSMITH_PASS_SCHEDULE_H_
#define WARPSMITH_PASS_SCHEDULE_H_

#include "ir/module.h"

namespace ws::pass {

// Reorders each block by critical path: what a long chain waits for, loads above all, goes first;
// ties keep the order of the source. Registers, memory (stores and atomics against all memory
// operations, loads freely among loads), barriers, shuffles and calls keep their dependences. True
// if anything changed.
bool Schedule(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_SCHEDULE_H_
