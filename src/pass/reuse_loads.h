// Loads of what a register holds already. Host only.
#ifndef WARPSMITH_PASS_REUSE_LOADS_H_
#define WARPSMITH_PASS_REUSE_LOADS_H_

#include "ir/module.h"

namespace ws::pass {

// Within a block, a plain load from an address that was loaded or stored before becomes a copy of
// that value, unless something between may have written there: what nvcc does. Loads disappear that
// the checks of an execution would have to see: for timing only. True if anything changed.
bool ReuseLoads(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_REUSE_LOADS_H_
