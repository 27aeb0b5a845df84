// Decimal fractions to binary ones, rounded once, to nearest even. Device-clean.
#ifndef WARPSMITH_BASE_DECIMAL_H_
#define WARPSMITH_BASE_DECIMAL_H_

#include <cstdint>
#include <string_view>

#include "base/macros.h"

namespace ws {

class Decimal {
 public:
  // Digits with at most one point and ' between them, and an exponent behind e, from text[*at] on;
  // *at moves behind them. Null, or why they are no number.
  WS_HD const char* Read(std::string_view text, size_t* at);

  // Whether all its digits are 0.
  WS_HD bool IsZero() const { return count_ == 0; }

  // The nearest float or double; infinity beyond the largest.
  WS_HD double Round(bool to_float) const;

 private:
  static constexpr uint32_t kMostDigits = 780;  // what decides the rounding of any double

  char digits_[kMostDigits];
  uint32_t count_ = 0;
  bool more_ = false;  // digits other than 0 follow
  int exponent_ = 0;   // of ten, behind the last digit
};

// The signed exponent at text[*at]; *at moves behind it. Null, or why there is none.
WS_HD const char* ReadExponent(std::string_view text, size_t* at, int* exponent);

// (top / 2^63) * 2^exponent with 2^63 <= top, and something below if `sticky`, rounded to nearest
// even in float or double.
WS_HD double RoundBinary(uint64_t top, int exponent, bool sticky, bool to_float);

}  // namespace ws

#endif  // WARPSMITH_BASE_DECIMAL_H_
