// Constant folding and algebraic identities that keep every bit. Host only.
//
// Pure operations whose sources are all constants become a Mov of ir::Eval's result; x+0, x*1, x*0
// and their like on integers and bits become moves; division and remainder by powers of two become
// shifts and masks; a branch on a constant becomes a jump. No floating identity is used: x*1.0
// changes the bits of a NaN.
#ifndef WARPSMITH_PASS_FOLD_H_
#define WARPSMITH_PASS_FOLD_H_

#include "ir/module.h"

namespace ws::pass {

// Folds the whole function; true if anything changed.
bool Fold(ir::Module& module, ir::FunctionId function);

// Folds one instruction in place (its operands are its own).
bool FoldInst(ir::Module& module, ir::Inst& inst);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_FOLD_H_
