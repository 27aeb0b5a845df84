// The external function of one row of builtins.def. Host code.
#ifndef WARPSMITH_CXX_BRIDGE_ROW_H_
#define WARPSMITH_CXX_BRIDGE_ROW_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "front/builtins.h"

namespace ws::cxx {

// What one letter of a signature is called.
struct BridgeType {
  std::string name;  // in CUDA C++
  // As it goes through the call, for the compiler that calls and for the native front end: no
  // integer narrower than a register, no struct; a half as its bits.
  std::string external, native;
  char code = 0;  // the letter; for pointers that of what they point to
  bool is_pointer = false;
};

// Result first. Nothing where a letter has no type of its own, or the row is none for device code.
std::optional<std::vector<BridgeType>> BridgeSignature(const front::BuiltinRow& row);

// `__ws_12_expf`.
std::string BridgeName(uint16_t builtin);
// The row of such a name.
std::optional<uint16_t> BridgeRowOf(std::string_view name);

}  // namespace ws::cxx

#endif  // WARPSMITH_CXX_BRIDGE_ROW_H_
