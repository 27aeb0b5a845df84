// The IR as PTX that ptxas accepts. Host only.
//
// Arithmetic that must keep its bits is printed with its rounding (add.rn.f32), so that ptxas does
// not contract it. Kernels become .visible .entry, device functions .func; host functions are not
// printed. Symbols are the IR's names with characters PTX does not know replaced; where two would
// collide, or a name is a device function's, the row's number is appended.
#ifndef WARPSMITH_IR_PTX_H_
#define WARPSMITH_IR_PTX_H_

#include <string>

#include "ir/module.h"

namespace ws::ir {

struct PtxOptions {
  int sm = 90;       // .target sm_<sm>
  int version = 78;  // .version 7.8 at least; sm_90 needs 78 or more
};

std::string ToPtx(const Module& module, const PtxOptions& options = {});

// The symbol under which ToPtx prints a kernel.
std::string PtxSymbol(const Module& module, FunctionId function);

}  // namespace ws::ir

#endif  // WARPSMITH_IR_PTX_H_
