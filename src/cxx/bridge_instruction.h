// Builtins that are one PTX instruction. Host code.
#ifndef WARPSMITH_CXX_BRIDGE_INSTRUCTION_H_
#define WARPSMITH_CXX_BRIDGE_INSTRUCTION_H_

#include <string>
#include <vector>

#include "cxx/bridge_row.h"

namespace ws::cxx {

// The definition of the row's function with inline assembly, so that findings have the place of the
// source and values can be followed; empty where the row is not one instruction.
std::string InstructionText(const front::BuiltinRow& row, const std::vector<BridgeType>& types);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_BRIDGE_INSTRUCTION_H_
