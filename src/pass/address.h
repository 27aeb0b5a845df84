// Address arithmetic. Host only.
#ifndef WARPSMITH_PASS_ADDRESS_H_
#define WARPSMITH_PASS_ADDRESS_H_

#include "ir/module.h"

namespace ws::pass {

// Adds of constants to 64-bit addresses move into the `offset` of loads, stores and atomics; a
// multiplication of widened 32-bit values becomes mul.wide, and one followed by an addition in the
// same block mad.wide or mad. All exact. What becomes unused is left to dce. True if anything
// changed.
bool FoldAddresses(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_ADDRESS_H_
