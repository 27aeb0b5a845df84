// Inlining. Host only.
#ifndef WARPSMITH_PASS_INLINE_H_
#define WARPSMITH_PASS_INLINE_H_

#include "ir/module.h"

namespace ws::pass {

// Replaces calls of device functions by their bodies, innermost callers last. Calls stay where the
// callee is recursive, not defined, guarded at the call, or a function of the math library (value
// domains intercept those by name), and once the function has grown past 65,536 instructions. True
// if anything changed.
bool Inline(ir::Module& module, ir::FunctionId function);

// The same, the math library included: what a compiler does before it assembles.
bool InlineAll(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_INLINE_H_
