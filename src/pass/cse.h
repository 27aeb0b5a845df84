// Common subexpressions. Host only.
#ifndef WARPSMITH_PASS_CSE_H_
#define WARPSMITH_PASS_CSE_H_

#include "ir/module.h"

namespace ws::pass {

// Turns a pure operation (or a load of a kernel parameter) into a move of an earlier register that
// holds the same value: across blocks along the dominator tree where all registers involved are
// written once, within a block otherwise. Clocks are never merged. True if anything changed.
bool Cse(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_CSE_H_
