// Values of integer and character literals. Device-clean.
#ifndef WARPSMITH_FRONT_LITERAL_H_
#define WARPSMITH_FRONT_LITERAL_H_

#include <cstdint>
#include <string_view>

#include "base/macros.h"

namespace ws::front {

struct IntegerValue {
  uint64_t value = 0;
  bool is_unsigned = false;  // suffix u
  uint8_t longs = 0;         // suffix l: 1, ll: 2
  bool decimal = true;       // else hexadecimal, octal or binary, which may become unsigned unasked
  bool ok = false;           // digits and suffix are right
  bool overflow = false;     // more than 64 bits
};
WS_HD IntegerValue ParseInteger(std::string_view text);

// The value of a character at `at` inside a literal (escapes understood), and `at` moved past it.
// Negative for a malformed escape.
WS_HD int32_t ParseCharacter(std::string_view text, uint32_t& at);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_LITERAL_H_
