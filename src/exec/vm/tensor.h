// mma: a warp multiplies matrices whose elements lie in the registers of its lanes.
#ifndef WARPSMITH_EXEC_VM_TENSOR_H_
#define WARPSMITH_EXEC_VM_TENSOR_H_

#include "exec/program.h"
#include "exec/vm/vm.h"

namespace ws::exec {

// The mathematics, rounded once: products and sums of halves, bfloat16 and tf32 are made in double,
// those of f64 by fma in the order of k, integers wrap or saturate. The order in which a chip adds
// is its own. An undefined operand of any lane makes the result undefined.
void MultiplyMatrices(Vm* vm, const ir::Inst& inst, const GenericInfo& info);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_VM_TENSOR_H_
