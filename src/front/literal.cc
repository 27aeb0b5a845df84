// device-clean
#include "front/literal.h"

namespace ws::front {
namespace {

WS_HD int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'z') return c - 'a' + 10;
  if (c >= 'A' && c <= 'Z') return c - 'A' + 10;
  return 99;
}

}  // namespace

WS_HD IntegerValue ParseInteger(std::string_view text) {
  IntegerValue result;
  const char* p = text.data();
  const char* const end = p + text.size();
  int base = 10;
  if (text.size() > 1 && p[0] == '0') {
    base = p[1] == 'x' || p[1] == 'X' ? 16 : p[1] == 'b' || p[1] == 'B' ? 2 : 8;
    p += base == 8 ? 1 : 2;
    result.decimal = false;
  }
  const char* const digits = p;
  for (; p < end; ++p) {
    if (*p == '\'') continue;
    const int digit = DigitValue(*p);
    if (digit >= base) break;
    const uint64_t limit = ~uint64_t{0};
    if (result.value > (limit - digit) / base) result.overflow = true;
    result.value = result.value * base + digit;
  }
  if (p == digits && base != 8) return result;
  for (; p < end; ++p) {
    if ((*p == 'u' || *p == 'U') && !result.is_unsigned) {
      result.is_unsigned = true;
    } else if ((*p == 'l' || *p == 'L') && result.longs == 0) {
      result.longs = p + 1 < end && p[1] == *p ? 2 : 1;
      p += result.longs - 1;
    } else {
      return result;
    }
  }
  result.ok = true;
  return result;
}

WS_HD int32_t ParseCharacter(std::string_view text, uint32_t& at) {
  const char* const data = text.data();
  const auto size = static_cast<uint32_t>(text.size());
  if (at >= size) return -1;
  const char c = data[at++];
  if (c != '\\') return static_cast<unsigned char>(c);
  if (at >= size) return -1;
  const char e = data[at++];
  switch (e) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'a':
      return 7;
    case 'b':
      return 8;
    case 'f':
      return 12;
    case 'v':
      return 11;
    case '\\':
    case '\'':
    case '"':
    case '?':
      return e;
    case 'x': {
      int32_t value = 0;
      const uint32_t begin = at;
      while (at < size && DigitValue(data[at]) < 16)
        value = (value << 4 | DigitValue(data[at++])) & 0xff;
      return at > begin ? value : -1;
    }
    default:
      break;
  }
  if (e < '0' || e > '7') return -1;
  int32_t value = e - '0';
  for (int i = 0; i < 2 && at < size && data[at] >= '0' && data[at] <= '7'; ++i) {
    value = value * 8 + (data[at++] - '0');
  }
  return value & 0xff;
}

}  // namespace ws::front
