// Quotients and remainders of one pair. Host only.
#ifndef WARPSMITH_PASS_DIV_REM_H_
#define WARPSMITH_PASS_DIV_REM_H_

#include "ir/module.h"

namespace ws::pass {

// Where 32-bit a / b and a % b are both computed, the remainder becomes a - (a / b) * b, as in
// ptxas. Exact for b != 0; division by zero, whose remainder the machine leaves unspecified, may
// differ. For timing. True if anything changed.
bool PairDivisions(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_DIV_REM_H_
