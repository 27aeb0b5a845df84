// Loops tested at their end. Host only.
#ifndef WARPSMITH_PASS_ROTATE_H_
#define WARPSMITH_PASS_ROTATE_H_

#include "ir/module.h"

namespace ws::pass {

// Copies the short test at the head of a loop to the jumps back to it, so that a turn takes one
// branch and not two: what every compiler does. True if anything changed.
bool RotateLoops(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_ROTATE_H_
