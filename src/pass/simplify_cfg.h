// The control-flow graph made smaller. Host only.
#ifndef WARPSMITH_PASS_SIMPLIFY_CFG_H_
#define WARPSMITH_PASS_SIMPLIFY_CFG_H_

#include "ir/module.h"

namespace ws::pass {

// Removes unreachable blocks, leads jumps past blocks that only jump, and joins a block with its
// only successor where that has no other predecessor. Blocks that carry a loop pragma stay. True if
// anything changed.
bool SimplifyCfg(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_SIMPLIFY_CFG_H_
