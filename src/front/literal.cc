// device-clean
#include "front/literal.h"

#include <bit>

#include "base/decimal.h"

namespace ws::front {
namespace {

WS_HD int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

WS_HD char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

constexpr const char* kBadSuffix = "its suffix is unknown";

// The suffix of a floating literal ends the text.
WS_HD bool ReadSuffix(std::string_view text, size_t at, bool* is_float) {
  if (at < text.size() && Lower(text.data()[at]) == 'f') {
    *is_float = true;
    ++at;
  } else if (at < text.size() && Lower(text.data()[at]) == 'l') {
    ++at;
  }
  return at == text.size();
}

WS_HD FloatValue ParseHexFloat(std::string_view text) {
  FloatValue result;
  uint64_t top = 0;
  bool sticky = false;
  int exponent = 0;
  bool point = false;
  size_t at = 2;
  for (; at < text.size(); ++at) {
    const char c = text.data()[at];
    if (c == '\'') continue;
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    const int digit = DigitValue(c);
    if (digit > 15) break;
    if (top >> 60 != 0) {
      sticky |= digit != 0;
      if (!point) exponent += 4;
    } else {
      top = top << 4 | static_cast<uint64_t>(digit);
      if (point) exponent -= 4;
    }
  }
  if (at >= text.size() || Lower(text.data()[at]) != 'p') {
    result.problem = "a hexadecimal fraction needs an exponent, as in 0x1.8p3";
    return result;
  }
  ++at;
  int written = 0;
  bool is_float = false;
  result.problem = ReadExponent(text, &at, &written);
  if (result.problem != nullptr) return result;
  if (!ReadSuffix(text, at, &is_float)) {
    result.problem = kBadSuffix;
    return result;
  }
  if (is_float) result.type = TypeKind::kFloat;
  if (top == 0) return result;
  const int shift = std::countl_zero(top);
  result.value = RoundBinary(top << shift, exponent + written + 63 - shift, sticky, is_float);
  return result;
}

}  // namespace

WS_HD IntegerValue ParseIntegerLiteral(std::string_view text) {
  IntegerValue result;
  uint32_t base = 10;
  size_t at = 0;
  if (text.size() > 1 && text.data()[0] == '0') {
    const char second = Lower(text.data()[1]);
    base = second == 'x' ? 16 : second == 'b' ? 2 : 8;
    at = base == 8 ? 1 : 2;
  }
  bool any = base == 8;
  for (; at < text.size(); ++at) {
    const char c = text.data()[at];
    if (c == '\'') continue;
    const int digit = DigitValue(c);
    if (digit >= static_cast<int>(base)) break;
    any = true;
    const unsigned __int128 wide =
        static_cast<unsigned __int128>(result.value) * base + static_cast<unsigned>(digit);
    if (static_cast<uint64_t>(wide >> 64) != 0) {
      result.problem = "it is larger than 64 bits";
      return result;
    }
    result.value = static_cast<uint64_t>(wide);
  }
  if (!any) {
    result.problem = "it has no digits";
    return result;
  }
  bool is_unsigned = false;
  uint32_t longs = 0;
  for (; at < text.size(); ++at) {
    const char c = Lower(text.data()[at]);
    if (c == 'u' && !is_unsigned) {
      is_unsigned = true;
    } else if ((c == 'l' && longs < 2) || (c == 'z' && longs == 0)) {
      ++longs;
    } else {
      result.problem = DigitValue(c) > 9 ? kBadSuffix
                       : base == 8       ? "it is octal, and has a digit above 7"
                                         : "it is binary, and has a digit above 1";
      return result;
    }
  }
  result.suffix_u = is_unsigned;
  const uint64_t v = result.value;
  const bool hex = base != 10;  // these may become unsigned without a suffix
  if (longs == 0 && !is_unsigned && v <= 0x7fffffff) {
    result.type = TypeKind::kInt;
  } else if (longs == 0 && (is_unsigned || hex) && v <= 0xffffffff) {
    result.type = TypeKind::kUInt;
  } else if (!is_unsigned && v <= 0x7fffffffffffffff) {
    result.type = longs == 2 ? TypeKind::kLongLong : TypeKind::kLong;
  } else {
    result.type = longs == 2 ? TypeKind::kULongLong : TypeKind::kULong;
  }
  return result;
}

WS_HD FloatValue ParseFloatingLiteral(std::string_view text) {
  if (text.size() > 2 && text.data()[0] == '0' && Lower(text.data()[1]) == 'x') {
    return ParseHexFloat(text);
  }
  FloatValue result;
  Decimal decimal;
  size_t at = 0;
  result.problem = decimal.Read(text, &at);
  if (result.problem != nullptr) return result;
  bool is_float = false;
  if (!ReadSuffix(text, at, &is_float)) {
    result.problem = kBadSuffix;
    return result;
  }
  if (is_float) result.type = TypeKind::kFloat;
  result.value = decimal.Round(is_float);
  return result;
}

WS_HD bool ReadCharacter(std::string_view text, size_t* at, int64_t* value) {
  if (*at >= text.size()) return false;
  char c = text.data()[(*at)++];
  if (c != '\\') {
    *value = static_cast<signed char>(c);
    return true;
  }
  if (*at >= text.size()) return false;
  c = text.data()[(*at)++];
  switch (c) {
    case 'n':
      *value = '\n';
      return true;
    case 't':
      *value = '\t';
      return true;
    case 'r':
      *value = '\r';
      return true;
    case 'a':
      *value = '\a';
      return true;
    case 'b':
      *value = '\b';
      return true;
    case 'f':
      *value = '\f';
      return true;
    case 'v':
      *value = '\v';
      return true;
    case '\\':
    case '\'':
    case '"':
    case '?':
      *value = c;
      return true;
    default:
      break;
  }
  const bool hex = c == 'x';
  if (!hex && (c < '0' || c > '7')) return false;
  uint32_t code = hex ? 0 : static_cast<uint32_t>(c - '0');
  uint32_t digits = hex ? 0 : 1;
  while (*at < text.size() && DigitValue(text.data()[*at]) < (hex ? 16 : 8) &&
         (hex || digits < 3)) {
    code = code * (hex ? 16 : 8) + static_cast<uint32_t>(DigitValue(text.data()[(*at)++]));
    ++digits;
  }
  *value = static_cast<signed char>(code);
  return digits > 0 && code < 256;
}

WS_HD const char* ParseCharacter(std::string_view text, int64_t* value) {
  if (text.size() < 3) return "it is empty";
  const std::string_view inside(text.data() + 1, text.size() - 2);
  size_t at = 0;
  if (!ReadCharacter(inside, &at, value)) return "it has an unknown escape sequence";
  return at == inside.size() ? nullptr : "it has several characters";
}

}  // namespace ws::front
