// The IR as text. Host only.
#ifndef WARPSMITH_IR_PRINT_H_
#define WARPSMITH_IR_PRINT_H_

#include <string>

#include "ir/module.h"

namespace ws::ir {

// A function in readable form, for `--emit ir` and goldens: one instruction a line, registers with
// their type where they are written, blocks numbered within the function.
std::string Dump(const Module& module, FunctionId function);

// The variables and all functions of the module.
std::string Dump(const Module& module);

}  // namespace ws::ir

#endif  // WARPSMITH_IR_PRINT_H_
