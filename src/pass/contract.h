// Fused multiply-add. Host only.
#ifndef WARPSMITH_PASS_CONTRACT_H_
#define WARPSMITH_PASS_CONTRACT_H_

#include "ir/module.h"

namespace ws::pass {

// Turns a floating multiplication used only by an addition or subtraction in the same block into
// fma, where both left their rounding to the compiler (Round::kNone): what ptxas does by default.
// Of a difference one operand is negated by an instruction of its own, which on the machine is a
// modifier and costs nothing. Changes results; for counting and timing only. True if anything
// changed.
bool Contract(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_CONTRACT_H_
