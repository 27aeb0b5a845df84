// Integer and bit operations of PTX on one lane. Device-clean.
//
// T is the operation's type: uint8_t .. uint64_t or int8_t .. int64_t. Arithmetic wraps. Division
// and remainder by zero give all ones, as the code that ptxas emits does (PTX leaves it open);
// the least integer divided by -1 gives itself, remainder 0.
#ifndef WARPSMITH_IR_INT_OPS_H_
#define WARPSMITH_IR_INT_OPS_H_

#include <cstdint>
#include <type_traits>

#include "ir/float_ops.h"

namespace ws::ir {

template <typename T>
WS_LANE constexpr T AddInt(T a, T b) {
  return static_cast<T>(static_cast<uint64_t>(a) + static_cast<uint64_t>(b));
}
template <typename T>
WS_LANE constexpr T SubInt(T a, T b) {
  return static_cast<T>(static_cast<uint64_t>(a) - static_cast<uint64_t>(b));
}
template <typename T>
WS_LANE constexpr T MulInt(T a, T b) {
  using U = std::conditional_t<sizeof(T) == 8, uint64_t, uint32_t>;
  return static_cast<T>(static_cast<U>(a) * static_cast<U>(b));
}
template <typename T>
WS_LANE constexpr T MadInt(T a, T b, T c) {
  return AddInt<T>(MulInt<T>(a, b), c);
}
// The upper half of the product.
template <typename T>
WS_LANE constexpr T MulHiInt(T a, T b) {
  if constexpr (sizeof(T) == 8) {
    using Wide = std::conditional_t<std::is_signed_v<T>, __int128, unsigned __int128>;
    return static_cast<T>((static_cast<Wide>(a) * static_cast<Wide>(b)) >> 64);
  } else {
    using Wide = std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>;
    return static_cast<T>((static_cast<Wide>(a) * static_cast<Wide>(b)) >> (8 * sizeof(T)));
  }
}
// The whole product, for T of at most 32 bits: its low 16, 32 or 64 bits are the result.
template <typename T>
WS_LANE constexpr uint64_t MulWideInt(T a, T b) {
  using Wide = std::conditional_t<std::is_signed_v<T>, int64_t, uint64_t>;
  return static_cast<uint64_t>(static_cast<Wide>(a) * static_cast<Wide>(b));
}
template <typename T>
WS_LANE constexpr T DivInt(T a, T b) {
  const bool overflow = std::is_signed_v<T> && b == static_cast<T>(-1);
  const T divisor = b == 0 || overflow ? static_cast<T>(1) : b;
  const T q = static_cast<T>(a / divisor);
  const T negated = SubInt<T>(0, a);
  return b == 0 ? static_cast<T>(-1) : (overflow ? negated : q);
}
template <typename T>
WS_LANE constexpr T RemInt(T a, T b) {
  const bool overflow = std::is_signed_v<T> && b == static_cast<T>(-1);
  const T divisor = b == 0 || overflow ? static_cast<T>(1) : b;
  const T r = static_cast<T>(a % divisor);
  return b == 0 ? static_cast<T>(-1) : r;
}
template <typename T>
WS_LANE constexpr T NegInt(T a) {
  return SubInt<T>(0, a);
}
template <typename T>
WS_LANE constexpr T AbsInt(T a) {
  return a < 0 ? SubInt<T>(0, a) : a;
}
template <typename T>
WS_LANE constexpr T MinInt(T a, T b) {
  return a < b ? a : b;
}
template <typename T>
WS_LANE constexpr T MaxInt(T a, T b) {
  return a > b ? a : b;
}
// add.sat.s32, sub.sat.s32
WS_LANE constexpr int32_t ClampS32(int64_t x) {
  return static_cast<int32_t>(x > INT32_MAX ? INT32_MAX : (x < INT32_MIN ? INT32_MIN : x));
}

// Shift amounts past the width act as the width.
template <typename T>
WS_LANE constexpr T ShlInt(T a, uint32_t amount) {
  using U = std::make_unsigned_t<T>;
  constexpr uint32_t kWidth = 8 * sizeof(T);
  const uint32_t n = amount < kWidth ? amount : 0;
  const T r = static_cast<T>(static_cast<U>(static_cast<U>(a) << n));
  return amount < kWidth ? r : static_cast<T>(0);
}
template <typename T>
WS_LANE constexpr T ShrInt(T a, uint32_t amount) {
  constexpr uint32_t kWidth = 8 * sizeof(T);
  if constexpr (std::is_signed_v<T>) {
    return static_cast<T>(a >> (amount < kWidth ? amount : kWidth - 1));
  } else {
    const T r = static_cast<T>(a >> (amount < kWidth ? amount : 0));
    return amount < kWidth ? r : static_cast<T>(0);
  }
}

WS_LANE uint32_t Popc32(uint32_t a) {
  a -= a >> 1 & 0x55555555u;
  a = (a & 0x33333333u) + (a >> 2 & 0x33333333u);
  return ((a + (a >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24;
}
WS_LANE uint32_t Popc64(uint64_t a) {
  return Popc32(static_cast<uint32_t>(a)) + Popc32(static_cast<uint32_t>(a >> 32));
}
WS_LANE uint32_t Clz32(uint32_t a) {
  a |= a >> 1;
  a |= a >> 2;
  a |= a >> 4;
  a |= a >> 8;
  a |= a >> 16;
  return 32 - Popc32(a);
}
WS_LANE uint32_t Clz64(uint64_t a) {
  const uint32_t high = static_cast<uint32_t>(a >> 32);
  return high != 0 ? Clz32(high) : 32 + Clz32(static_cast<uint32_t>(a));
}
WS_LANE uint32_t Brev32(uint32_t a) {
  a = (a >> 1 & 0x55555555u) | (a & 0x55555555u) << 1;
  a = (a >> 2 & 0x33333333u) | (a & 0x33333333u) << 2;
  a = (a >> 4 & 0x0f0f0f0fu) | (a & 0x0f0f0f0fu) << 4;
  a = (a >> 8 & 0x00ff00ffu) | (a & 0x00ff00ffu) << 8;
  return a >> 16 | a << 16;
}
WS_LANE uint64_t Brev64(uint64_t a) {
  return static_cast<uint64_t>(Brev32(static_cast<uint32_t>(a))) << 32 |
         Brev32(static_cast<uint32_t>(a >> 32));
}
// Position of the highest bit that differs from the sign; all ones if there is none. T: 32, 64
// bits.
template <typename T>
WS_LANE uint32_t BfindInt(T a) {
  using U = std::make_unsigned_t<T>;
  const U x = static_cast<U>(a < 0 ? ~a : a);
  if constexpr (sizeof(T) == 8) return 63 - Clz64(x);
  return 31 - Clz32(static_cast<uint32_t>(x));
}
// The field of `length` bits at `position` (both taken modulo 256). T: 32 or 64 bits.
template <typename T>
WS_LANE T BfeInt(T a, uint32_t position, uint32_t length) {
  constexpr uint32_t kWidth = 8 * sizeof(T);
  using U = std::make_unsigned_t<T>;
  position &= 0xff;
  length &= 0xff;
  const U shifted = static_cast<U>(ShrInt<T>(a, position));
  if (length >= kWidth) return static_cast<T>(shifted);
  const U mask = static_cast<U>((U{1} << length) - 1);
  const uint32_t end = position + length;
  const uint32_t top = end - 1 < kWidth - 1 ? end - 1 : kWidth - 1;
  const bool fill = std::is_signed_v<T> && length != 0 && (static_cast<U>(a) >> top & 1) != 0;
  return static_cast<T>((shifted & mask) | (fill ? static_cast<U>(~mask) : U{0}));
}
// `base` with `length` bits of `field` put at `position`. T: uint32_t or uint64_t.
template <typename T>
WS_LANE T BfiInt(T field, T base, uint32_t position, uint32_t length) {
  constexpr uint32_t kWidth = 8 * sizeof(T);
  position &= 0xff;
  length &= 0xff;
  const T ones = length >= kWidth ? static_cast<T>(~T{0}) : static_cast<T>((T{1} << length) - 1);
  const T mask = ShlInt<T>(ones, position);
  return static_cast<T>((base & ~mask) | (ShlInt<T>(field, position) & mask));
}
// Four bytes chosen from {b, a}; bit 3 of a selector spreads the chosen byte's sign.
WS_LANE uint32_t Prmt32(uint32_t a, uint32_t b, uint32_t selectors) {
  const uint64_t bytes = static_cast<uint64_t>(b) << 32 | a;
  uint32_t r = 0;
  for (uint32_t i = 0; i < 4; ++i) {
    const uint32_t s = selectors >> (4 * i) & 0xf;
    const uint32_t byte = static_cast<uint32_t>(bytes >> (8 * (s & 7))) & 0xff;
    const uint32_t sign = (byte & 0x80) != 0 ? 0xffu : 0u;
    r |= ((s & 8) != 0 ? sign : byte) << (8 * i);
  }
  return r;
}
// prmt's third source as selectors for Prmt32 (PTX ISA, prmt, the modes' tables).
WS_LANE uint32_t PermuteSelectors(PermuteMode mode, uint32_t c) {
  constexpr uint32_t kTable[7][4] = {
      {},
      {0x3210, 0x4321, 0x5432, 0x6543},  // f4e
      {0x5670, 0x6701, 0x7012, 0x0123},  // b4e
      {0x0000, 0x1111, 0x2222, 0x3333},  // rc8
      {0x3210, 0x3211, 0x3222, 0x3333},  // ecl
      {0x0000, 0x1110, 0x2210, 0x3210},  // ecr
      {0x1010, 0x3232, 0x1010, 0x3232},  // rc16
  };
  return mode == PermuteMode::kAny ? c : kTable[static_cast<int>(mode)][c & 3];
}
// Each bit of the result is the bit of `table` that the bits of a, b and c number, a highest.
WS_LANE uint32_t Lop3(uint32_t a, uint32_t b, uint32_t c, uint32_t table) {
  uint32_t r = 0;
  for (uint32_t i = 0; i < 8; ++i) {
    const uint32_t here =
        ((i & 4) != 0 ? a : ~a) & ((i & 2) != 0 ? b : ~b) & ((i & 1) != 0 ? c : ~c);
    r |= (table >> i & 1) != 0 ? here : 0;
  }
  return r;
}
// Position of the |offset|-th set bit of `mask`, from bit `base` on upwards, or downwards if offset
// is negative; all ones if there is none.
WS_LANE uint32_t FindNthSet(uint32_t mask, uint32_t base, int32_t offset) {
  if (base > 31) return 0xffffffffu;
  if (offset == 0) return (mask >> base & 1) != 0 ? base : 0xffffffffu;
  uint32_t left = offset > 0 ? static_cast<uint32_t>(offset) : 0u - static_cast<uint32_t>(offset);
  for (uint32_t at = base; at<32; at += offset> 0 ? 1u : ~0u) {
    if ((mask >> at & 1) != 0 && --left == 0) return at;
  }
  return 0xffffffffu;
}
// `width` ones from bit `position` on.
WS_LANE uint32_t BitMask(uint32_t position, uint32_t width, bool clamp) {
  if (clamp && position >= 32) return 0;
  const uint32_t from = position & 31,
                 count = clamp && width > 32 ? 32 : (clamp ? width : width & 31);
  const uint32_t above = from + count >= 32 ? 0 : ~0u << (from + count);
  return ~0u << from & ~above;
}
// The low `width` bits of a, extended by their sign or by zeros.
WS_LANE uint32_t SizeExtend(uint32_t a, uint32_t width, bool is_signed, bool clamp) {
  if (clamp && width >= 32) return a;
  const uint32_t n = width & 31;
  const uint32_t above = ~0u << n;
  const bool negative = is_signed && n != 0 && (a >> (n - 1) & 1) != 0;
  return (a & ~above) | (negative ? above : 0);
}
// c + the dot product of four bytes of a and b; or of the two halves of a and two bytes of b.
WS_LANE uint32_t DotBytes(uint32_t a, uint32_t b, uint32_t c, bool signed_a, bool signed_b) {
  for (uint32_t i = 0; i < 32; i += 8) {
    const uint32_t x = a >> i & 0xff, y = b >> i & 0xff;
    const int32_t p = signed_a ? static_cast<int8_t>(x) : static_cast<int32_t>(x);
    const int32_t q = signed_b ? static_cast<int8_t>(y) : static_cast<int32_t>(y);
    c += static_cast<uint32_t>(p * q);
  }
  return c;
}
WS_LANE uint32_t DotHalves(uint32_t a, uint32_t b, uint32_t c, bool signed_a, bool signed_b,
                           bool high) {
  for (uint32_t i = 0; i < 2; ++i) {
    const uint32_t x = a >> (16 * i) & 0xffff, y = b >> (8 * i + (high ? 16 : 0)) & 0xff;
    const int32_t p = signed_a ? static_cast<int16_t>(x) : static_cast<int32_t>(x);
    const int32_t q = signed_b ? static_cast<int8_t>(y) : static_cast<int32_t>(y);
    c += static_cast<uint32_t>(p * q);
  }
  return c;
}
// shf.clamp: the amount stops at 32.
WS_LANE uint32_t ShfLClamp(uint32_t a, uint32_t b, uint32_t amount) {
  const uint64_t both = static_cast<uint64_t>(b) << 32 | a;
  return static_cast<uint32_t>((both << (amount < 32 ? amount : 32)) >> 32);
}
WS_LANE uint32_t ShfRClamp(uint32_t a, uint32_t b, uint32_t amount) {
  const uint64_t both = static_cast<uint64_t>(b) << 32 | a;
  return static_cast<uint32_t>(both >> (amount < 32 ? amount : 32));
}
WS_LANE uint32_t ShfLWrap(uint32_t a, uint32_t b, uint32_t amount) {
  const uint64_t both = static_cast<uint64_t>(b) << 32 | a;
  return static_cast<uint32_t>((both << (amount & 31)) >> 32);
}
WS_LANE uint32_t ShfRWrap(uint32_t a, uint32_t b, uint32_t amount) {
  const uint64_t both = static_cast<uint64_t>(b) << 32 | a;
  return static_cast<uint32_t>(both >> (amount & 31));
}

// Comparisons. The ordered ones are false when an operand is NaN, the ..u ones true.
template <typename T>
WS_LANE bool CompareInt(Cmp cmp, T a, T b) {
  using U = std::make_unsigned_t<T>;
  const U ua = static_cast<U>(a), ub = static_cast<U>(b);
  switch (cmp) {
    case Cmp::kEq:
      return a == b;
    case Cmp::kNe:
      return a != b;
    case Cmp::kLt:
      return a < b;
    case Cmp::kLe:
      return a <= b;
    case Cmp::kGt:
      return a > b;
    case Cmp::kGe:
      return a >= b;
    case Cmp::kLo:
      return ua < ub;
    case Cmp::kLs:
      return ua <= ub;
    case Cmp::kHi:
      return ua > ub;
    case Cmp::kHs:
      return ua >= ub;
    case Cmp::kNone:
    case Cmp::kEqu:
    case Cmp::kNeu:
    case Cmp::kLtu:
    case Cmp::kLeu:
    case Cmp::kGtu:
    case Cmp::kGeu:
    case Cmp::kNum:
    case Cmp::kNan:
      break;
  }
  return false;
}
template <typename T>
WS_LANE bool CompareFloat(Cmp cmp, T a, T b) {
  switch (cmp) {
    case Cmp::kEq:
      return a == b;
    case Cmp::kNe:
      return (a < b) | (a > b);
    case Cmp::kLt:
    case Cmp::kLo:
      return a < b;
    case Cmp::kLe:
    case Cmp::kLs:
      return a <= b;
    case Cmp::kGt:
    case Cmp::kHi:
      return a > b;
    case Cmp::kGe:
    case Cmp::kHs:
      return a >= b;
    case Cmp::kEqu:
      return !((a < b) | (a > b));
    case Cmp::kNeu:
      return a != b;
    case Cmp::kLtu:
      return !(a >= b);
    case Cmp::kLeu:
      return !(a > b);
    case Cmp::kGtu:
      return !(a <= b);
    case Cmp::kGeu:
      return !(a < b);
    case Cmp::kNum:
      return (a == a) & (b == b);
    case Cmp::kNan:
      return (a != a) | (b != b);
    case Cmp::kNone:
      break;
  }
  return false;
}

}  // namespace ws::ir

#endif  // WARPSMITH_IR_INT_OPS_H_
