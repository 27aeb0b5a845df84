// Addresses as sums. Host only.
#ifndef WARPSMITH_PASS_AFFINE_H_
#define WARPSMITH_PASS_AFFINE_H_

#include "ir/module.h"

namespace ws::pass {

// Rewrites the addresses of loads, stores and atomics as sums of products of registers: what does
// not change in the innermost loop comes first (licm and cse then share and hoist it), constants go
// into the offset of the instruction, so that the copies of an unrolled body share one address.
// Done where there is a constant to take out, something to hoist, or another access at the same
// sum. Takes signed 32-bit arithmetic not to overflow, as C++ allows and nvcc does: for timing
// only. Leaves what becomes unused to dce. True if anything changed.
bool SplitAddresses(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_AFFINE_H_
