// Copy and constant propagation. Host only.
#ifndef WARPSMITH_PASS_COPY_H_
#define WARPSMITH_PASS_COPY_H_

#include "ir/module.h"

namespace ws::pass {

// Replaces uses of moved registers by what was moved (a register or a constant), folding as it
// goes, so that chains resolve in one sweep: across blocks for registers written once, within a
// block for all. Guards known to be true vanish, instructions whose guard is known to be false too.
// Moves themselves stay for dce. True if anything changed.
bool PropagateCopies(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_COPY_H_
