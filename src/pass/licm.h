// Loop-invariant code motion. Host only.
#ifndef WARPSMITH_PASS_LICM_H_
#define WARPSMITH_PASS_LICM_H_

#include "ir/module.h"

namespace ws::pass {

// Moves pure operations and parameter and constant loads whose sources do not change in a loop to
// the block before it, innermost loops first. Only registers written once move. Loops whose header
// has several predecessors outside are left alone. True if anything changed.
bool Licm(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_LICM_H_
