// One function of a module as PTX.
#ifndef WARPSMITH_IR_PTX_FUNCTION_H_
#define WARPSMITH_IR_PTX_FUNCTION_H_

#include <string>

#include "ir/ptx_names.h"

namespace ws::ir {

// ".visible .entry name(...)" of a kernel or ".func (...) name(...)" of a device function, without
// a body.
std::string PtxSignature(const Module& module, const PtxSymbols& symbols, uint32_t index);
// The whole definition.
std::string PtxFunction(const Module& module, const PtxSymbols& symbols, uint32_t index);

}  // namespace ws::ir

#endif  // WARPSMITH_IR_PTX_FUNCTION_H_
