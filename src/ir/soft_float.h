// Floating point by integer arithmetic, for every format and rounding direction. Device-clean.
//
// The slow, exact way: used for directed rounding, for conversions between formats, and for fma
// where the machine has none. The operations to nearest of float_ops.h are tested against it.
#ifndef WARPSMITH_IR_SOFT_FLOAT_H_
#define WARPSMITH_IR_SOFT_FLOAT_H_

#include <cstdint>

#include "base/macros.h"
#include "ir/types.h"

namespace ws::ir {

struct FloatFormat {
  int precision;  // bits of the significand, the hidden one included
  int min_exp;    // exponent of the smallest normal number
  int width;      // bits
  uint64_t nan;   // canonical
  // There are no infinities, and of the largest exponent only the last number is NaN: the largest
  // finite value stands in for what is too large.
  bool finite = false;
};
inline constexpr FloatFormat kFormatF16 = {11, -14, 16, 0x7fff};
inline constexpr FloatFormat kFormatBF16 = {8, -126, 16, 0x7fff};
inline constexpr FloatFormat kFormatF32 = {24, -126, 32, 0x7fffffff};
inline constexpr FloatFormat kFormatF64 = {53, -1022, 64, 0x7ff8000000000000ull};

WS_HD constexpr FloatFormat FormatOf(Type type) {
  switch (type) {
    case Type::kE4M3:
      return {4, -6, 8, 0x7f, true};
    case Type::kE5M2:
      return {3, -14, 8, 0x7f};
    case Type::kTF32:  // the upper 19 bits of a register
      return {11, -126, 19, 0x3ffff};
    case Type::kF16:
    case Type::kF16x2:
      return {11, -14, 16, 0x7fff};
    case Type::kBF16:
    case Type::kBF16x2:
      return {8, -126, 16, 0x7fff};
    case Type::kF64:
      return {53, -1022, 64, 0x7ff8000000000000ull};
    default:
      return {24, -126, 32, 0x7fffffff};
  }
}

using Uint128 = unsigned __int128;

enum class FloatClass : uint8_t { kZero, kFinite, kInf, kNan };

// (-1)^sign * significand * 2^exp
struct SoftFloat {
  FloatClass kind = FloatClass::kZero;
  bool sign = false;
  int exp = 0;
  uint64_t significand = 0;
};

WS_HD constexpr int BitLength(Uint128 x) {
  const uint64_t high = static_cast<uint64_t>(x >> 64), low = static_cast<uint64_t>(x);
  uint64_t word = high != 0 ? high : low;
  int n = high != 0 ? 64 : 0;
  for (int step = 32; step > 0; step /= 2) {
    if (word >> step != 0) {
      word >>= step;
      n += step;
    }
  }
  return n + (word != 0 ? 1 : 0);
}

WS_HD constexpr uint64_t SoftSign(FloatFormat f, bool sign) {
  return sign ? 1ull << (f.width - 1) : 0;
}
WS_HD constexpr uint64_t SoftInf(FloatFormat f, bool sign) {
  const uint64_t exponents = (1ull << (f.width - f.precision)) - 1;
  if (f.finite) return SoftSign(f, sign) | (f.nan - 1);
  return SoftSign(f, sign) | exponents << (f.precision - 1);
}

WS_HD constexpr SoftFloat SoftUnpack(FloatFormat f, uint64_t bits) {
  const uint64_t fraction_mask = (1ull << (f.precision - 1)) - 1;
  const int max_biased = (1 << (f.width - f.precision)) - 1;
  const uint64_t fraction = bits & fraction_mask;
  const int biased = static_cast<int>(bits >> (f.precision - 1)) & max_biased;
  SoftFloat x;
  x.sign = (bits >> (f.width - 1) & 1) != 0;
  if (f.finite && biased == max_biased) {
    x.kind = fraction == fraction_mask ? FloatClass::kNan : FloatClass::kFinite;
    x.significand = fraction | (fraction_mask + 1);
    x.exp = biased - 1 + f.min_exp - (f.precision - 1);
  } else if (biased == max_biased) {
    x.kind = fraction != 0 ? FloatClass::kNan : FloatClass::kInf;
  } else if (biased == 0) {
    x.kind = fraction != 0 ? FloatClass::kFinite : FloatClass::kZero;
    x.significand = fraction;
    x.exp = f.min_exp - (f.precision - 1);
  } else {
    x.kind = FloatClass::kFinite;
    x.significand = fraction | (fraction_mask + 1);
    x.exp = biased - 1 + f.min_exp - (f.precision - 1);
  }
  return x;
}

// Whether a magnitude with this remainder is rounded away from zero.
WS_HD constexpr bool RoundsUp(Round mode, bool sign, bool odd, bool above_half, bool half,
                              bool inexact) {
  switch (mode) {
    case Round::kRz:
    case Round::kRzi:
      return false;
    case Round::kRm:
    case Round::kRmi:
      return sign && inexact;
    case Round::kRp:
    case Round::kRpi:
      return !sign && inexact;
    case Round::kRna:
      return above_half || half;
    default:
      return above_half || (half && odd);
  }
}

// (significand + sticky fraction) * 2^exp rounded to an integer, in units of 2^unit_exp.
WS_HD constexpr Uint128 SoftRound(bool sign, Uint128 m, int exp, bool sticky, int unit_exp,
                                  Round mode) {
  const int shift = unit_exp - exp;
  if (shift <= 0) return m << -shift;
  const Uint128 kept = shift >= 128 ? 0 : m >> shift;
  bool above_half = false, half = false, inexact = sticky || m != 0;
  if (shift <= 128) {
    const Uint128 half_bit = Uint128{1} << (shift - 1);
    const Uint128 rest = m & (half_bit - 1);
    const bool at_half = (m & half_bit) != 0;
    above_half = at_half && (rest != 0 || sticky);
    half = at_half && !above_half;
    inexact = at_half || rest != 0 || sticky;
  }
  return kept + (RoundsUp(mode, sign, (kept & 1) != 0, above_half, half, inexact) ? 1 : 0);
}

// Packs m * 2^exp (m not zero; with `sticky`, m must have at least two bits more than the format).
WS_HD constexpr uint64_t SoftPack(FloatFormat f, bool sign, Uint128 m, int exp, bool sticky,
                                  Round mode) {
  const int top = BitLength(m) - 1 + exp;
  int unit = (top < f.min_exp ? f.min_exp : top) - (f.precision - 1);
  Uint128 kept = SoftRound(sign, m, exp, sticky, unit, mode);
  if (kept >> f.precision != 0) {
    kept >>= 1;
    ++unit;
  }
  const uint64_t hidden = 1ull << (f.precision - 1);
  const uint64_t significand = static_cast<uint64_t>(kept);
  if (significand < hidden) return SoftSign(f, sign) | significand;
  const int biased = unit + (f.precision - 1) - f.min_exp + 1;
  const int top_biased = (1 << (f.width - f.precision)) - 1;
  if (f.finite) {
    const bool fits = biased < top_biased || (biased == top_biased && significand < 2 * hidden - 1);
    if (!fits) return SoftInf(f, sign);
  } else if (biased >= top_biased) {
    const bool to_inf = RoundsUp(mode, sign, true, true, false, true);
    return SoftInf(f, sign) - (to_inf ? 0 : 1);
  }
  return SoftSign(f, sign) | static_cast<uint64_t>(biased) << (f.precision - 1) |
         (significand & (hidden - 1));
}

// a * b + c
WS_HD constexpr uint64_t SoftFma(FloatFormat f, uint64_t a_bits, uint64_t b_bits, uint64_t c_bits,
                                 Round mode) {
  const SoftFloat a = SoftUnpack(f, a_bits), b = SoftUnpack(f, b_bits), c = SoftUnpack(f, c_bits);
  if (a.kind == FloatClass::kNan || b.kind == FloatClass::kNan || c.kind == FloatClass::kNan) {
    return f.nan;
  }
  const bool sign = a.sign != b.sign;
  if (a.kind == FloatClass::kInf || b.kind == FloatClass::kInf) {
    if (a.kind == FloatClass::kZero || b.kind == FloatClass::kZero) return f.nan;
    if (c.kind == FloatClass::kInf && c.sign != sign) return f.nan;
    return SoftInf(f, sign);
  }
  if (c.kind == FloatClass::kInf) return SoftInf(f, c.sign);
  const bool zero_sign = sign == c.sign ? sign : mode == Round::kRm;
  Uint128 p = Uint128{a.significand} * b.significand;
  Uint128 q = c.significand;
  if (p == 0) return q == 0 ? SoftSign(f, zero_sign) : c_bits;
  int p_exp = a.exp + b.exp, q_exp = c.exp;
  if (q == 0) return SoftPack(f, sign, p, p_exp, false, mode);
  const int p_shift = 126 - BitLength(p), q_shift = 126 - BitLength(q);
  p <<= p_shift;
  p_exp -= p_shift;
  q <<= q_shift;
  q_exp -= q_shift;
  bool p_sign = sign, q_sign = c.sign;
  if (p_exp < q_exp || (p_exp == q_exp && p < q)) {  // p is the greater magnitude
    const Uint128 m = p;
    p = q;
    q = m;
    const int e = p_exp;
    p_exp = q_exp;
    q_exp = e;
    p_sign = c.sign;
    q_sign = sign;
  }
  const int distance = p_exp - q_exp;
  const Uint128 shifted = distance >= 128 ? 0 : q >> distance;
  const bool sticky = distance >= 128 || (shifted << distance) != q;
  if (p_sign == q_sign) return SoftPack(f, p_sign, p + shifted, p_exp, sticky, mode);
  const Uint128 difference = p - shifted - (sticky ? 1 : 0);
  if (difference == 0) return SoftSign(f, mode == Round::kRm);
  return SoftPack(f, p_sign, difference, p_exp, sticky, mode);
}

WS_HD constexpr uint64_t SoftAdd(FloatFormat f, uint64_t a, uint64_t b, Round mode) {
  const uint64_t one = static_cast<uint64_t>(-f.min_exp + 1) << (f.precision - 1);
  return SoftFma(f, a, one, b, mode);
}

WS_HD constexpr uint64_t SoftMul(FloatFormat f, uint64_t a_bits, uint64_t b_bits, Round mode) {
  const SoftFloat a = SoftUnpack(f, a_bits), b = SoftUnpack(f, b_bits);
  if (a.kind == FloatClass::kNan || b.kind == FloatClass::kNan) return f.nan;
  const bool sign = a.sign != b.sign;
  const bool zero = a.kind == FloatClass::kZero || b.kind == FloatClass::kZero;
  if (a.kind == FloatClass::kInf || b.kind == FloatClass::kInf) {
    return zero ? f.nan : SoftInf(f, sign);
  }
  if (zero) return SoftSign(f, sign);
  return SoftPack(f, sign, Uint128{a.significand} * b.significand, a.exp + b.exp, false, mode);
}

WS_HD constexpr uint64_t SoftDiv(FloatFormat f, uint64_t a_bits, uint64_t b_bits, Round mode) {
  const SoftFloat a = SoftUnpack(f, a_bits), b = SoftUnpack(f, b_bits);
  if (a.kind == FloatClass::kNan || b.kind == FloatClass::kNan) return f.nan;
  const bool sign = a.sign != b.sign;
  const bool a_inf = a.kind == FloatClass::kInf, b_inf = b.kind == FloatClass::kInf;
  const bool a_zero = a.kind == FloatClass::kZero, b_zero = b.kind == FloatClass::kZero;
  if ((a_inf && b_inf) || (a_zero && b_zero)) return f.nan;
  if (a_inf || b_zero) return SoftInf(f, sign);
  if (a_zero || b_inf) return SoftSign(f, sign);
  const int shift = 126 - BitLength(a.significand);
  const Uint128 numerator = Uint128{a.significand} << shift;
  const Uint128 quotient = numerator / b.significand;
  const bool sticky = quotient * b.significand != numerator;
  return SoftPack(f, sign, quotient, a.exp - shift - b.exp, sticky, mode);
}

WS_HD constexpr uint64_t SoftSqrt(FloatFormat f, uint64_t bits, Round mode) {
  const SoftFloat a = SoftUnpack(f, bits);
  if (a.kind == FloatClass::kNan) return f.nan;
  if (a.kind == FloatClass::kZero) return bits;
  if (a.sign) return f.nan;
  if (a.kind == FloatClass::kInf) return bits;
  int shift = 125 - BitLength(a.significand);
  if (((a.exp - shift) & 1) != 0) ++shift;
  const Uint128 m = Uint128{a.significand} << shift;
  Uint128 root = 0, rest = 0;
  for (int i = 126; i >= 0; i -= 2) {  // two digits at a time, as by hand
    rest = rest << 2 | (m >> i & 3);
    const Uint128 trial = root << 2 | 1;
    root <<= 1;
    if (rest >= trial) {
      rest -= trial;
      root |= 1;
    }
  }
  return SoftPack(f, false, root, (a.exp - shift) / 2, rest != 0, mode);
}

WS_HD constexpr uint64_t SoftConvert(FloatFormat to, FloatFormat from, uint64_t bits, Round mode) {
  const SoftFloat a = SoftUnpack(from, bits);
  switch (a.kind) {
    case FloatClass::kNan:
      return to.nan;
    case FloatClass::kInf:
      return SoftInf(to, a.sign);
    case FloatClass::kZero:
      return SoftSign(to, a.sign);
    case FloatClass::kFinite:
      break;
  }
  return SoftPack(to, a.sign, a.significand, a.exp, false, mode);
}

WS_HD constexpr uint64_t SoftFromInt(FloatFormat to, bool sign, uint64_t magnitude, Round mode) {
  if (magnitude == 0) return 0;
  return SoftPack(to, sign, magnitude, 0, false, mode);
}

// Rounds to an integral value in the same format; the sign of zero is kept.
WS_HD constexpr uint64_t SoftIntegral(FloatFormat f, uint64_t bits, Round mode) {
  const SoftFloat a = SoftUnpack(f, bits);
  if (a.kind == FloatClass::kNan) return f.nan;
  if (a.kind != FloatClass::kFinite || a.exp >= 0) return bits;
  const Uint128 m = SoftRound(a.sign, a.significand, a.exp, false, 0, mode);
  if (m == 0) return SoftSign(f, a.sign);
  return SoftPack(f, a.sign, m, 0, false, mode);
}

// Rounds to an integer of `width` bits; out of range saturates. PTX ISA, cvt: NaN gives 0 if
// neither side has 64 bits, else only the top bit set. The result is zero-extended.
WS_HD constexpr uint64_t SoftToInt(FloatFormat f, uint64_t bits, int width, bool is_signed,
                                   Round mode) {
  const SoftFloat a = SoftUnpack(f, bits);
  const uint64_t top = 1ull << (width - 1);
  const uint64_t mask = top | (top - 1);
  if (a.kind == FloatClass::kNan) return f.width == 64 || width == 64 ? top : 0;
  if (a.kind == FloatClass::kZero) return 0;
  const bool huge = a.kind == FloatClass::kInf || BitLength(a.significand) + a.exp > 66;
  const Uint128 m =
      huge ? Uint128{1} << 66 : SoftRound(a.sign, a.significand, a.exp, false, 0, mode);
  if (!is_signed) {
    if (a.sign) return 0;
    return m > mask ? mask : static_cast<uint64_t>(m);
  }
  if (a.sign) return m >= top ? top : (0 - static_cast<uint64_t>(m)) & mask;
  return m >= top ? top - 1 : static_cast<uint64_t>(m);
}

}  // namespace ws::ir

#endif  // WARPSMITH_IR_SOFT_FLOAT_H_
