// device-clean
#include "front/constants.h"

#include <bit>

namespace ws::front {
namespace {

WS_HD double AsDouble(uint64_t bits) { return std::bit_cast<double>(bits); }
WS_HD uint64_t AsBits(double value) { return std::bit_cast<uint64_t>(value); }

WS_HD uint32_t BitsOf(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBool:
      return 1;
    case TypeKind::kChar:
    case TypeKind::kSChar:
    case TypeKind::kUChar:
      return 8;
    case TypeKind::kShort:
    case TypeKind::kUShort:
      return 16;
    case TypeKind::kInt:
    case TypeKind::kUInt:
    case TypeKind::kCudaError:
      return 32;
    default:
      return 64;
  }
}

// Rounds to `precision` significant bits with exponents from `least`, to nearest even. Overflow is
// the caller's business.
WS_HD double RoundBits(double value, int precision, int least) {
  const uint64_t bits = AsBits(value);
  const int exponent = static_cast<int>(bits >> 52 & 0x7ff) - 1023;
  if (exponent == 1024 || value == 0) return value;
  int dropped = 53 - precision;
  if (exponent < least) dropped += least - exponent;
  if (dropped > 53) return AsDouble(bits & 0x8000000000000000);
  const uint64_t sign = bits & 0x8000000000000000;
  if (dropped == 53) {
    // Between zero and the least subnormal: a tie goes to zero.
    const bool above_half = (bits & 0xfffffffffffff) != 0;
    return above_half ? AsDouble(sign | static_cast<uint64_t>(exponent + 1 + 1023) << 52)
                      : AsDouble(sign);
  }
  const uint64_t unit = uint64_t{1} << dropped;
  const uint64_t rest = bits & (unit - 1);
  uint64_t kept = bits & ~(unit - 1);
  const bool odd = dropped == 52 ? true : (bits & unit) != 0;  // at 52 the implicit one is kept
  if (rest > unit / 2 || (rest == unit / 2 && odd)) kept += unit;
  return AsDouble(kept);
}

}  // namespace

WS_HD uint64_t ExtendInteger(TypeKind kind, uint64_t bits) {
  if (kind == TypeKind::kBool) return bits != 0 ? 1 : 0;
  const uint32_t width = BitsOf(kind);
  if (width == 64) return bits;
  const uint64_t mask = (uint64_t{1} << width) - 1;
  bits &= mask;
  if (IsSignedKind(kind) && (bits >> (width - 1)) != 0) bits |= ~mask;
  return bits;
}

WS_HD uint64_t RoundConstant(TypeKind kind, double value) {
  switch (kind) {
    case TypeKind::kFloat:
      return AsBits(static_cast<double>(static_cast<float>(value)));
    case TypeKind::kHalf: {
      const double rounded = RoundBits(value, 11, -14);
      const double infinity = std::bit_cast<double>(uint64_t{0x7ff0000000000000});
      if (rounded > 65504.0) return AsBits(infinity);
      if (rounded < -65504.0) return AsBits(-infinity);
      return AsBits(rounded);
    }
    case TypeKind::kBFloat16:
      return AsBits(RoundBits(value, 8, -126));
    default:
      return AsBits(value);
  }
}

WS_HD uint16_t HalfBits(double value) {
  const uint64_t bits = AsBits(value);
  const uint16_t sign = static_cast<uint16_t>(bits >> 48 & 0x8000);
  if (value != value) return 0x7fff;
  const int exponent = static_cast<int>(bits >> 52 & 0x7ff) - 1023;
  if (exponent > 15) return static_cast<uint16_t>(sign | 0x7c00);
  if (exponent >= -14) {
    return static_cast<uint16_t>(sign | (exponent + 15) << 10 | (bits >> 42 & 0x3ff));
  }
  if (exponent < -24) return sign;
  const uint64_t mantissa = (bits & 0xfffffffffffff) | uint64_t{1} << 52;
  return static_cast<uint16_t>(sign | mantissa >> (42 + (-14 - exponent)));
}

WS_HD double HalfValue(uint16_t bits) {
  const uint64_t sign = static_cast<uint64_t>(bits & 0x8000) << 48;
  const int exponent = bits >> 10 & 31;
  const uint64_t mantissa = bits & 0x3ff;
  if (exponent == 31) {
    return AsDouble(sign |
                    (mantissa != 0 ? uint64_t{0x7fffffffe0000000} : uint64_t{0x7ff0000000000000}));
  }
  if (exponent == 0) {
    const double value = static_cast<double>(mantissa) * 0x1p-24;
    return sign != 0 ? -value : value;
  }
  return AsDouble(sign | static_cast<uint64_t>(exponent - 15 + 1023) << 52 | mantissa << 42);
}

WS_HD uint16_t BFloat16Bits(double value) {
  if (value != value) return 0x7fff;
  return static_cast<uint16_t>(std::bit_cast<uint32_t>(static_cast<float>(value)) >> 16);
}

WS_HD bool ConvertConstant(TypeKind from, TypeKind to, uint64_t bits, uint64_t* result) {
  const bool from_float = IsFloatKind(from) || IsHalfKind(from);
  const bool to_float = IsFloatKind(to) || IsHalfKind(to);
  const bool from_integer = IsIntegerKind(from) || IsEnumKind(from);
  const bool to_integer = IsIntegerKind(to) || IsEnumKind(to);
  if (to == TypeKind::kBool && (from_float || from_integer)) {
    *result = IsTrue(from, bits) ? 1 : 0;
    return true;
  }
  if (from_integer && to_integer) {
    *result = ExtendInteger(to, bits);
    return true;
  }
  if (from_float && to_float) {
    *result = RoundConstant(to, AsDouble(bits));
    return true;
  }
  if (from_integer && to_float) {
    if (to == TypeKind::kFloat) {  // one rounding, not two
      const float value = IsSignedKind(from) ? static_cast<float>(static_cast<int64_t>(bits))
                                             : static_cast<float>(bits);
      *result = AsBits(static_cast<double>(value));
      return true;
    }
    const bool negative = IsSignedKind(from) && static_cast<int64_t>(bits) < 0;
    uint64_t size = negative ? 0 - bits : bits;
    // Rounded once: of what a double does not hold, a half is told whether it is there.
    if (IsHalfKind(to) && size >> 53 != 0 && (size & 0x7ff) != 0) size = (size | 0x800) & ~0x7ffull;
    const double value = static_cast<double>(size);
    *result = RoundConstant(to, negative ? -value : value);
    return true;
  }
  if (from_float && to_integer) {
    const double value = AsDouble(bits);
    if (!(value > -9.2e18 && value < 9.2e18)) return false;
    const int64_t whole = static_cast<int64_t>(value);
    *result = ExtendInteger(to, static_cast<uint64_t>(whole));
    return static_cast<int64_t>(*result) == whole;
  }
  return false;
}

WS_HD bool IsTrue(TypeKind kind, uint64_t bits) {
  if (IsFloatKind(kind) || IsHalfKind(kind)) return AsDouble(bits) != 0;
  return bits != 0;
}

WS_HD bool FoldUnary(UnaryOp op, TypeKind kind, uint64_t a, uint64_t* result) {
  const bool is_float = IsFloatKind(kind) || IsHalfKind(kind);
  switch (op) {
    case UnaryOp::kPlus:
      *result = a;
      return true;
    case UnaryOp::kMinus:
      *result = is_float ? a ^ 0x8000000000000000 : ExtendInteger(kind, 0 - a);
      return true;
    case UnaryOp::kNot:
      *result = IsTrue(kind, a) ? 0 : 1;
      return true;
    case UnaryOp::kBitNot:
      if (is_float) return false;
      *result = ExtendInteger(kind, ~a);
      return true;
    default:
      return false;
  }
}

namespace {

WS_HD bool FoldFloat(BinaryOp op, TypeKind kind, double x, double y, uint64_t* result) {
  double value = 0;
  switch (op) {
    case BinaryOp::kLt:
      *result = x < y;
      return true;
    case BinaryOp::kGt:
      *result = x > y;
      return true;
    case BinaryOp::kLe:
      *result = x <= y;
      return true;
    case BinaryOp::kGe:
      *result = x >= y;
      return true;
    case BinaryOp::kEq:
      *result = x == y;
      return true;
    case BinaryOp::kNe:
      *result = x != y;
      return true;
    // In double these are exact enough that the second rounding, to float or half, is right.
    case BinaryOp::kMul:
      value = x * y;
      break;
    case BinaryOp::kAdd:
      value = x + y;
      break;
    case BinaryOp::kSub:
      value = x - y;
      break;
    case BinaryOp::kDiv:
      if (y == 0) return false;
      value = x / y;
      break;
    default:
      return false;
  }
  *result = RoundConstant(kind, value);
  const double rounded = AsDouble(*result);
  return rounded - rounded == 0;  // infinities and NaN are left to run time
}

}  // namespace

WS_HD bool FoldBinary(BinaryOp op, TypeKind kind, uint64_t a, uint64_t b, uint64_t* result) {
  if (IsFloatKind(kind) || IsHalfKind(kind)) {
    return FoldFloat(op, kind, AsDouble(a), AsDouble(b), result);
  }
  const bool is_signed = IsSignedKind(kind);
  const int64_t x = static_cast<int64_t>(a);
  const int64_t y = static_cast<int64_t>(b);
  const uint32_t width = BitsOf(kind);
  uint64_t value = 0;
  switch (op) {
    case BinaryOp::kLt:
      *result = is_signed ? x < y : a < b;
      return true;
    case BinaryOp::kGt:
      *result = is_signed ? x > y : a > b;
      return true;
    case BinaryOp::kLe:
      *result = is_signed ? x <= y : a <= b;
      return true;
    case BinaryOp::kGe:
      *result = is_signed ? x >= y : a >= b;
      return true;
    case BinaryOp::kEq:
      *result = a == b;
      return true;
    case BinaryOp::kNe:
      *result = a != b;
      return true;
    case BinaryOp::kAdd:
      value = a + b;
      if (is_signed && width == 64 && ((a ^ value) & (b ^ value)) >> 63 != 0) return false;
      break;
    case BinaryOp::kSub:
      value = a - b;
      if (is_signed && width == 64 && ((a ^ b) & (a ^ value)) >> 63 != 0) return false;
      break;
    case BinaryOp::kMul:
      value = a * b;
      if (is_signed && width == 64) {
        const __int128 wide = static_cast<__int128>(x) * y;
        if (wide != static_cast<int64_t>(wide)) return false;
      }
      break;
    case BinaryOp::kDiv:
    case BinaryOp::kRem:
      if (b == 0 || (is_signed && y == -1 && x == INT64_MIN)) return false;
      if (op == BinaryOp::kDiv) {
        value = is_signed ? static_cast<uint64_t>(x / y) : a / b;
      } else {
        value = is_signed ? static_cast<uint64_t>(x % y) : a % b;
      }
      break;
    case BinaryOp::kShl:
    case BinaryOp::kShr:
      if (b >= width) return false;
      if (op == BinaryOp::kShl) {
        *result = ExtendInteger(kind, a << b);
      } else {
        *result = ExtendInteger(kind, is_signed ? static_cast<uint64_t>(x >> b) : a >> b);
      }
      return true;
    case BinaryOp::kBitAnd:
      value = a & b;
      break;
    case BinaryOp::kBitXor:
      value = a ^ b;
      break;
    case BinaryOp::kBitOr:
      value = a | b;
      break;
    case BinaryOp::kNoOp:
    case BinaryOp::kComma:
      return false;
  }
  *result = ExtendInteger(kind, value);
  return !is_signed || *result == value;
}

WS_HD uint64_t MachineBits(TypeKind kind, uint64_t bits) {
  switch (kind) {
    case TypeKind::kHalf:
      return HalfBits(AsDouble(bits));
    case TypeKind::kBFloat16:
      return BFloat16Bits(AsDouble(bits));
    case TypeKind::kFloat:
      return std::bit_cast<uint32_t>(static_cast<float>(AsDouble(bits)));
    case TypeKind::kBool:
      return bits != 0 ? 1 : 0;
    default: {
      const uint32_t width = BitsOf(kind);
      return width == 64 ? bits : bits & ((uint64_t{1} << width) - 1);
    }
  }
}

}  // namespace ws::front
