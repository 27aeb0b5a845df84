// What stands for a function where its address is a value. Device-clean.
#ifndef WARPSMITH_IR_FUNCTION_ADDRESS_H_
#define WARPSMITH_IR_FUNCTION_ADDRESS_H_

#include "ir/module.h"

namespace ws::ir {

// Apart from one another, so that what was computed from one function's address is not another's.
WS_HD constexpr uint64_t FunctionAddress(uint32_t index) {
  return kFunctionAddress | (uint64_t{index} + 1) << 8;
}

}  // namespace ws::ir

#endif  // WARPSMITH_IR_FUNCTION_ADDRESS_H_
