// Literals to values: integers with their C++ type, correctly rounded floating point. Device-clean.
#ifndef WARPSMITH_FRONT_LITERAL_H_
#define WARPSMITH_FRONT_LITERAL_H_

#include <cstdint>
#include <string_view>

#include "base/macros.h"
#include "front/types.h"

namespace ws::front {

struct IntegerValue {
  uint64_t value = 0;
  TypeKind type = TypeKind::kInt;  // by the suffix and the size of the value (C++ [lex.icon])
  bool suffix_u = false;           // it is unsigned because it says so
  const char* problem = nullptr;   // why it is no literal; null if it is one
};
// Decimal, 0x, 0b and octal literals with ' separators and the suffixes u, l, ll, z.
WS_HD IntegerValue ParseIntegerLiteral(std::string_view text);

struct FloatValue {
  double value = 0;
  TypeKind type = TypeKind::kDouble;  // kFloat with the suffix f; the value is then a float
  const char* problem = nullptr;      // why it is no literal; null if it is one
};
// Decimal and hexadecimal literals with the suffixes f and l, rounded once, to nearest even.
WS_HD FloatValue ParseFloatingLiteral(std::string_view text);

// The value of a character literal with its quotes. Null, or why it is none.
WS_HD const char* ParseCharacter(std::string_view text, int64_t* value);
// Reads one character or escape at *at of the inside of a literal; false if malformed.
WS_HD bool ReadCharacter(std::string_view text, size_t* at, int64_t* value);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_LITERAL_H_
