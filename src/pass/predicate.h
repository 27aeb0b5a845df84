// Short branches without branching. Host only.
#ifndef WARPSMITH_PASS_PREDICATE_H_
#define WARPSMITH_PASS_PREDICATE_H_

#include "ir/module.h"

namespace ws::pass {

// Puts the few instructions of a branch into the block before it, as ptxas does: what has no effect
// runs in any case and a select keeps the right value; loads and stores run under the condition.
// The limit of seven instructions is the one the CUDA C++ Programming Guide (version 5, "Branch
// Predication") gives for branches that may diverge. Divisions and calls stay in branches. True if
// anything changed.
bool Predicate(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_PREDICATE_H_
