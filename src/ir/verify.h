// Whether a module is well-formed. Host only.
#ifndef WARPSMITH_IR_VERIFY_H_
#define WARPSMITH_IR_VERIFY_H_

#include <string>
#include <vector>

#include "ir/module.h"

namespace ws::ir {

// One sentence per fault of the function, naming block and instruction; empty if there is none.
// Checked: blocks end in their only terminator and branch within the function; operand counts,
// kinds and register widths match ops.def; ids are in range; guards are predicates; calls match
// their callee.
std::vector<std::string> Verify(const Module& module, FunctionId function);

// All functions of the module.
std::vector<std::string> Verify(const Module& module);

// Widths of the values an instruction reads and writes, shared by verifier, printer and passes:
// the type of destination or source `index`, kNone where the operand is no value (block, function,
// address).
Type DstType(const Module& module, const Inst& inst, uint32_t index);
Type SrcType(const Module& module, const Inst& inst, uint32_t index);

}  // namespace ws::ir

#endif  // WARPSMITH_IR_VERIFY_H_
