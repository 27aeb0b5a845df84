// The opcode of an operation on values, with its modifiers and types. Host only.
#ifndef WARPSMITH_IR_PTX_OPCODE_H_
#define WARPSMITH_IR_PTX_OPCODE_H_

#include <string>

#include "ir/module.h"

namespace ws::ir {

// `add.rn.ftz.f32`; empty for what is not "opcode d, a, b, ..." of its operands alone.
std::string PtxOpcode(const Inst& inst);

}  // namespace ws::ir

#endif  // WARPSMITH_IR_PTX_OPCODE_H_
