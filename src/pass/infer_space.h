// State spaces of generic addresses. Host only.
#ifndef WARPSMITH_PASS_INFER_SPACE_H_
#define WARPSMITH_PASS_INFER_SPACE_H_

#include "ir/module.h"

namespace ws::pass {

// Gives generic loads, stores and atomics the space their address is known to lie in. Pointer
// parameters of kernels, and pointers loaded from global memory, are global. Where every use of the
// addresses made from a shared, local or constant variable is a memory operation or arithmetic on
// them, they are computed in that space and the conversion to generic vanishes (what
// InferAddressSpaces does in nvcc); otherwise they stay generic. True if anything changed.
bool InferSpace(ir::Module& module, ir::FunctionId function);

}  // namespace ws::pass

#endif  // WARPSMITH_PASS_INFER_SPACE_H_
