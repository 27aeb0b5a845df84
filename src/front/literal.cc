// device-clean
#include "front/literal.h"

#include <bit>

namespace ws::front {
namespace {

WS_HD int DigitValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

WS_HD char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// An unsigned integer large enough for the exact values of decimal literals: 780 digits times a
// power of ten up to 10^1200.
class BigInteger {
 public:
  WS_HD explicit BigInteger(uint32_t value) : size_(value != 0 ? 1 : 0) { words_[0] = value; }

  WS_HD void MultiplyAdd(uint32_t factor, uint32_t term) {
    uint64_t carry = term;
    for (uint32_t i = 0; i < size_; ++i) {
      carry += uint64_t{words_[i]} * factor;
      words_[i] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    if (carry != 0 && size_ < kWords) words_[size_++] = static_cast<uint32_t>(carry);
  }
  WS_HD void MultiplyPowerOfTen(uint32_t exponent) {
    for (; exponent >= 9; exponent -= 9) MultiplyAdd(1000000000u, 0);
    for (; exponent > 0; --exponent) MultiplyAdd(10, 0);
  }
  WS_HD bool zero() const { return size_ == 0; }
  WS_HD int bits() const {
    return size_ == 0 ? 0 : static_cast<int>(size_ * 32) - std::countl_zero(words_[size_ - 1]);
  }
  WS_HD void ShiftLeft(uint32_t amount) {
    const uint32_t whole = amount / 32;
    const uint32_t part = amount % 32;
    if (size_ == 0 || amount == 0) return;
    uint32_t top = size_ + whole + 1;
    if (top > kWords) top = kWords;
    for (uint32_t i = top; i > 0; --i) {
      const uint32_t to = i - 1;
      uint64_t pair = 0;
      if (to >= whole && to - whole < size_) pair = uint64_t{words_[to - whole]} << part;
      if (to >= whole + 1 && to - whole - 1 < size_) {
        pair |= (uint64_t{words_[to - whole - 1]} << part) >> 32;
      }
      words_[to] = static_cast<uint32_t>(pair);
    }
    size_ = top;
    while (size_ > 0 && words_[size_ - 1] == 0) --size_;
  }
  WS_HD bool AtLeast(const BigInteger& other) const {
    if (size_ != other.size_) return size_ > other.size_;
    for (uint32_t i = size_; i > 0; --i) {
      if (words_[i - 1] != other.words_[i - 1]) return words_[i - 1] > other.words_[i - 1];
    }
    return true;
  }
  WS_HD void Subtract(const BigInteger& other) {
    int64_t borrow = 0;
    for (uint32_t i = 0; i < size_; ++i) {
      borrow += int64_t{words_[i]} - (i < other.size_ ? int64_t{other.words_[i]} : 0);
      words_[i] = static_cast<uint32_t>(borrow);
      borrow >>= 32;
    }
    while (size_ > 0 && words_[size_ - 1] == 0) --size_;
  }

 private:
  static constexpr uint32_t kWords = 232;
  uint32_t size_;
  uint32_t words_[kWords];
};

// m * 2^exponent, where the result is representable or overflows.
WS_HD double Scale(uint64_t m, int exponent) {
  double value = static_cast<double>(m);
  while (exponent > 0) {
    const int step = exponent > 1000 ? 1000 : exponent;
    value *= std::bit_cast<double>(static_cast<uint64_t>(1023 + step) << 52);
    exponent -= step;
  }
  while (exponent < 0) {
    const int step = exponent < -1000 ? -1000 : exponent;
    value *= std::bit_cast<double>(static_cast<uint64_t>(1023 + step) << 52);
    exponent -= step;
  }
  return value;
}

// (top / 2^63) * 2^exponent with 2^63 <= top, and something below if `sticky`, rounded to nearest
// even in float or double.
WS_HD double RoundTo(uint64_t top, int exponent, bool sticky, bool to_float) {
  const int least = to_float ? -126 : -1022;
  int precision = to_float ? 24 : 53;
  if (exponent < least) precision -= least - exponent;
  if (precision < 0) return 0;
  const int dropped = 64 - precision;
  uint64_t kept = dropped == 64 ? 0 : top >> dropped;
  const uint64_t rest = dropped == 64 ? top : top & ((uint64_t{1} << dropped) - 1);
  const uint64_t half = uint64_t{1} << (dropped - 1);
  if (rest > half || (rest == half && (sticky || (kept & 1) != 0))) ++kept;
  const double value = Scale(kept, exponent - precision + 1);
  const double limit = to_float ? 0x1.fffffep+127 : 0x1.fffffffffffffp+1023;
  return value > limit ? std::bit_cast<double>(uint64_t{0x7ff0000000000000}) : value;
}

// digits[0, count) * 10^exponent exactly, then rounded.
WS_HD double RoundDecimal(const char* digits, uint32_t count, bool more, int exponent,
                          bool to_float) {
  if (exponent + static_cast<int>(count) > 400) {
    return std::bit_cast<double>(uint64_t{0x7ff0000000000000});
  }
  if (exponent + static_cast<int>(count) < -400) return 0;
  BigInteger numerator(0);
  for (uint32_t i = 0; i < count; ++i) {
    if (numerator.zero()) {
      numerator = BigInteger(static_cast<uint32_t>(digits[i] - '0'));
    } else {
      numerator.MultiplyAdd(10, static_cast<uint32_t>(digits[i] - '0'));
    }
  }
  if (numerator.zero()) return 0;
  BigInteger denominator(1);
  if (exponent > 0) numerator.MultiplyPowerOfTen(static_cast<uint32_t>(exponent));
  if (exponent < 0) denominator.MultiplyPowerOfTen(static_cast<uint32_t>(-exponent));
  int scale = numerator.bits() - denominator.bits();
  if (scale > 0) denominator.ShiftLeft(static_cast<uint32_t>(scale));
  if (scale < 0) numerator.ShiftLeft(static_cast<uint32_t>(-scale));
  if (!numerator.AtLeast(denominator)) {
    numerator.ShiftLeft(1);
    --scale;
  }
  uint64_t top = 0;
  for (int bit = 0; bit < 64; ++bit) {
    top <<= 1;
    if (numerator.AtLeast(denominator)) {
      numerator.Subtract(denominator);
      top |= 1;
    }
    numerator.ShiftLeft(1);
  }
  return RoundTo(top, scale, more || !numerator.zero(), to_float);
}

WS_HD double ExactPowerOfTen(int exponent) {
  double result = 1;
  for (int i = 0; i < exponent; ++i) result *= 10;
  return result;
}

// The exponent behind e or p; *at moves behind it.
WS_HD bool ReadExponent(std::string_view text, size_t* at, int* exponent) {
  bool negative = false;
  if (*at < text.size() && (text.data()[*at] == '+' || text.data()[*at] == '-')) {
    negative = text.data()[(*at)++] == '-';
  }
  const size_t begin = *at;
  int value = 0;
  while (*at < text.size() && text.data()[*at] >= '0' && text.data()[*at] <= '9') {
    if (value < 1000000) value = value * 10 + (text.data()[*at] - '0');
    ++*at;
  }
  *exponent = negative ? -value : value;
  return *at > begin;
}

constexpr const char* kBadSuffix = "its suffix is unknown";
constexpr const char* kNoExponent = "its exponent has no digits";

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
  if (!ReadExponent(text, &at, &written)) {
    result.problem = kNoExponent;
    return result;
  }
  if (!ReadSuffix(text, at, &is_float)) {
    result.problem = kBadSuffix;
    return result;
  }
  if (is_float) result.type = TypeKind::kFloat;
  if (top == 0) return result;
  const int shift = std::countl_zero(top);
  result.value = RoundTo(top << shift, exponent + written + 63 - shift, sticky, is_float);
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
  constexpr uint32_t kMostDigits = 780;  // what decides the rounding of any double
  char digits[kMostDigits];
  uint32_t count = 0;
  bool more = false;
  bool any = false;
  bool point = false;
  int exponent = 0;
  size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text.data()[at];
    if (c == '\'') continue;
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any = true;
    if (count == 0 && c == '0') {
      exponent -= point ? 1 : 0;
    } else if (count < kMostDigits) {
      digits[count++] = c;
      exponent -= point ? 1 : 0;
    } else {
      more |= c != '0';
      exponent += point ? 0 : 1;
    }
  }
  FloatValue result;
  if (!any) {
    result.problem = "it has no digits";
    return result;
  }
  if (at < text.size() && Lower(text.data()[at]) == 'e') {
    ++at;
    int written = 0;
    if (!ReadExponent(text, &at, &written)) {
      result.problem = kNoExponent;
      return result;
    }
    exponent += written;
  }
  bool is_float = false;
  if (!ReadSuffix(text, at, &is_float)) {
    result.problem = kBadSuffix;
    return result;
  }
  if (is_float) result.type = TypeKind::kFloat;
  while (count > 0 && digits[count - 1] == '0') {
    --count;
    ++exponent;
  }
  if (count == 0) return result;
  if (count <= 15 && exponent >= -22 && exponent <= 22) {
    // Both the digits and the power of ten are exact, so one operation rounds once.
    uint64_t mantissa = 0;
    for (uint32_t i = 0; i < count; ++i) {
      mantissa = mantissa * 10 + static_cast<uint64_t>(digits[i] - '0');
    }
    double value = static_cast<double>(mantissa);
    value = exponent < 0 ? value / ExactPowerOfTen(-exponent) : value * ExactPowerOfTen(exponent);
    const uint64_t below_float = std::bit_cast<uint64_t>(value) & 0x1fffffff;
    const bool is_normal_float = value >= 0x1p-126 && value < 0x1p+127;
    if (!is_float) {
      result.value = value;
      return result;
    }
    // A second rounding is harmless unless the first one led to a tie.
    if (is_normal_float && below_float != 0x10000000) {
      result.value = static_cast<double>(static_cast<float>(value));
      return result;
    }
  }
  result.value = RoundDecimal(digits, count, more, exponent, is_float);
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
