// device-clean
#include "base/decimal.h"

#include <bit>

namespace ws {
namespace {

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

// digits[0, count) * 10^exponent exactly, then rounded.
WS_HD double RoundDigits(const char* digits, uint32_t count, bool more, int exponent,
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
  return RoundBinary(top, scale, more || !numerator.zero(), to_float);
}

WS_HD double ExactPowerOfTen(int exponent) {
  double result = 1;
  for (int i = 0; i < exponent; ++i) result *= 10;
  return result;
}

}  // namespace

WS_HD double RoundBinary(uint64_t top, int exponent, bool sticky, bool to_float) {
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

WS_HD const char* ReadExponent(std::string_view text, size_t* at, int* exponent) {
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
  return *at > begin ? nullptr : "its exponent has no digits";
}

WS_HD const char* Decimal::Read(std::string_view text, size_t* at) {
  bool any = false;
  bool point = false;
  for (; *at < text.size(); ++*at) {
    const char c = text.data()[*at];
    if (c == '\'') continue;
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any = true;
    if (count_ == 0 && c == '0') {
      exponent_ -= point ? 1 : 0;
    } else if (count_ < kMostDigits) {
      digits_[count_++] = c;
      exponent_ -= point ? 1 : 0;
    } else {
      more_ |= c != '0';
      exponent_ += point ? 0 : 1;
    }
  }
  if (!any) return "it has no digits";
  if (*at < text.size() && (text.data()[*at] == 'e' || text.data()[*at] == 'E')) {
    ++*at;
    int written = 0;
    const char* const problem = ReadExponent(text, at, &written);
    if (problem != nullptr) return problem;
    exponent_ += written;
  }
  while (count_ > 0 && digits_[count_ - 1] == '0') {
    --count_;
    ++exponent_;
  }
  return nullptr;
}

WS_HD double Decimal::Round(bool to_float) const {
  if (count_ == 0) return 0;
  if (count_ <= 15 && exponent_ >= -22 && exponent_ <= 22) {
    // Both the digits and the power of ten are exact, so one operation rounds once.
    uint64_t mantissa = 0;
    for (uint32_t i = 0; i < count_; ++i) {
      mantissa = mantissa * 10 + static_cast<uint64_t>(digits_[i] - '0');
    }
    double value = static_cast<double>(mantissa);
    value =
        exponent_ < 0 ? value / ExactPowerOfTen(-exponent_) : value * ExactPowerOfTen(exponent_);
    if (!to_float) return value;
    // A second rounding is harmless unless the first one led to a tie.
    const uint64_t below_float = std::bit_cast<uint64_t>(value) & 0x1fffffff;
    const bool is_normal_float = value >= 0x1p-126 && value < 0x1p+127;
    if (is_normal_float && below_float != 0x10000000) {
      return static_cast<double>(static_cast<float>(value));
    }
  }
  return RoundDigits(digits_, count_, more_, exponent_, to_float);
}

}  // namespace ws
