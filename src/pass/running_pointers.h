// Addresses that a loop moves by a register's worth become pointers of their own. Host only.
#ifndef WARPSMITH_PASS_RUNNING_POINTERS_H_
#define WARPSMITH_PASS_RUNNING_POINTERS_H_

#include "ir/module.h"

namespace ws::pass {

// Strength reduction of addresses such as base + 4 * (i * n + c) in innermost loops that step i by
// a constant once on every turn: a register holds the address, and steps by 4 * n where i steps.
// Steps that are constants stay as they are (one multiply-add, or a constant offset where the loop
// is unrolled, does as well). Takes signed 32-bit arithmetic not to overflow: for timing only.
// Leaves what becomes unused to dce. True if anything changed.
bool RunPointers(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_RUNNING_POINTERS_H_
