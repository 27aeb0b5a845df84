// Types of results and folding of constants, for Program::Add. Host code.
#ifndef WARPSMITH_NEST_FOLD_H_
#define WARPSMITH_NEST_FOLD_H_

#include "nest/program.h"

namespace ws::nest {

bool IsComparison(ExprOp op);
bool IsLogical(ExprOp op);
// C's integer promotion; floating types stay.
ir::Type Promoted(ir::Type type);
// C's usual arithmetic conversions; half with half stays half, half with float is float.
ir::Type CommonType(ir::Type a, ir::Type b);
// Type of `a op b`.
ir::Type ResultType(ExprOp op, ir::Type a, ir::Type b);

// An integer wrapped to `type`; the value is kept in 64 bits, sign- or zero-extended.
int64_t WrapTo(ir::Type type, int64_t value);

// An argument that `e` is always equal to (x + 0, x * 1, select(true, x, y)), or none.
ExprId FoldToArgument(Program& program, const Expr& e);
// Makes `e` a constant if its arguments are and its value is exact in its type.
void FoldToConstant(const Program& program, Expr* e);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_FOLD_H_
