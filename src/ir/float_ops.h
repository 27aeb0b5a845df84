// Correctly rounded (to nearest, ties to even) floating point on bit patterns. Device-clean.
//
// Everything here takes and gives register bits: f32 in uint32_t, f64 in uint64_t, a half in the
// low 16 bits of a uint32_t. NaN results are canonical: 0x7fffffff for f32, 0x7fff for f16 and bf16
// (PTX ISA, "Floating-Point Instructions"); PTX leaves the f64 pattern open, ours is
// 0x7ff8000000000000. Functions are branch-free where it matters, so that a loop over 32 lanes
// vectorises; they have internal linkage, because files built for different vector widths include
// them. Build with -ffp-contract=off and -fno-math-errno.
#ifndef WARPSMITH_IR_FLOAT_OPS_H_
#define WARPSMITH_IR_FLOAT_OPS_H_

#include <cstdint>

#include "base/macros.h"
#include "ir/soft_float.h"

#if defined(__CUDACC__)
#define WS_LANE __host__ __device__ static __forceinline__
#else
#define WS_LANE [[gnu::always_inline]] static inline
#endif

namespace ws::ir {

inline constexpr uint32_t kNanF32 = 0x7fffffffu;
inline constexpr uint32_t kNanF16 = 0x7fffu;
inline constexpr uint64_t kNanF64 = 0x7ff8000000000000ull;

WS_LANE float AsF32(uint32_t bits) { return __builtin_bit_cast(float, bits); }
WS_LANE double AsF64(uint64_t bits) { return __builtin_bit_cast(double, bits); }
WS_LANE uint32_t BitsOf(float value) { return __builtin_bit_cast(uint32_t, value); }
WS_LANE uint64_t BitsOf(double value) { return __builtin_bit_cast(uint64_t, value); }

// The bits with NaN made canonical.
WS_LANE uint32_t Canon(float value) { return value != value ? kNanF32 : BitsOf(value); }
WS_LANE uint64_t Canon(double value) { return value != value ? kNanF64 : BitsOf(value); }

// --- primitive operations on values; never contracted
#if defined(__CUDA_ARCH__)
WS_LANE float AddRn(float a, float b) { return __fadd_rn(a, b); }
WS_LANE float SubRn(float a, float b) { return __fsub_rn(a, b); }
WS_LANE float MulRn(float a, float b) { return __fmul_rn(a, b); }
WS_LANE float DivRn(float a, float b) { return __fdiv_rn(a, b); }
WS_LANE float SqrtRn(float a) { return __fsqrt_rn(a); }
WS_LANE double AddRn(double a, double b) { return __dadd_rn(a, b); }
WS_LANE double SubRn(double a, double b) { return __dsub_rn(a, b); }
WS_LANE double MulRn(double a, double b) { return __dmul_rn(a, b); }
WS_LANE double DivRn(double a, double b) { return __ddiv_rn(a, b); }
WS_LANE double SqrtRn(double a) { return __dsqrt_rn(a); }
#else
WS_LANE float AddRn(float a, float b) { return a + b; }
WS_LANE float SubRn(float a, float b) { return a - b; }
WS_LANE float MulRn(float a, float b) { return a * b; }
WS_LANE float DivRn(float a, float b) { return a / b; }
WS_LANE float SqrtRn(float a) { return __builtin_sqrtf(a); }
WS_LANE double AddRn(double a, double b) { return a + b; }
WS_LANE double SubRn(double a, double b) { return a - b; }
WS_LANE double MulRn(double a, double b) { return a * b; }
WS_LANE double DivRn(double a, double b) { return a / b; }
WS_LANE double SqrtRn(double a) { return __builtin_sqrt(a); }
#endif

// a + b rounded to odd: the last bit is set if the sum is inexact. A second rounding to a format
// with at least two bits less then equals one rounding of the exact sum (Boldo and Melquiond).
WS_LANE double AddOdd(double a, double b) {
  const double s = AddRn(a, b);
  const double a_part = SubRn(s, b);
  const double b_part = SubRn(s, a_part);
  const double error = AddRn(SubRn(a, a_part), SubRn(b, b_part));
  const uint64_t bits = BitsOf(s);
  const bool inexact = (error > 0) | (error < 0);
  const bool grows = (error > 0) == (s > 0);
  const uint64_t even = (bits & 1) ^ 1;
  const uint64_t step = inexact ? even : 0;
  return AsF64(grows ? bits + step : bits - step);
}

// A double rounded to odd in single precision.
WS_LANE float ToF32Odd(double a) {
  const float f = static_cast<float>(a);
  const double back = static_cast<double>(f);
  const double back_abs = back < 0 ? -back : back;
  const double a_abs = a < 0 ? -a : a;
  uint32_t bits = BitsOf(f);
  bits -= back_abs > a_abs ? 1u : 0u;
  bits |= back != a ? 1u : 0u;
  return AsF32(bits);
}

WS_LANE float FmaRn(float a, float b, float c) {
#if defined(__CUDA_ARCH__)
  return __fmaf_rn(a, b, c);
#elif defined(__FMA__)
  return __builtin_fmaf(a, b, c);
#else
  // The product of two floats is exact in double.
  return static_cast<float>(
      AddOdd(static_cast<double>(a) * static_cast<double>(b), static_cast<double>(c)));
#endif
}

WS_LANE double FmaRn(double a, double b, double c) {
#if defined(__CUDA_ARCH__)
  return __fma_rn(a, b, c);
#elif defined(__FMA__)
  return __builtin_fma(a, b, c);
#else
  return AsF64(SoftFma(kFormatF64, BitsOf(a), BitsOf(b), BitsOf(c), Round::kRn));
#endif
}

// --- f32
WS_LANE uint32_t AddF32(uint32_t a, uint32_t b) { return Canon(AddRn(AsF32(a), AsF32(b))); }
WS_LANE uint32_t SubF32(uint32_t a, uint32_t b) { return Canon(SubRn(AsF32(a), AsF32(b))); }
WS_LANE uint32_t MulF32(uint32_t a, uint32_t b) { return Canon(MulRn(AsF32(a), AsF32(b))); }
WS_LANE uint32_t DivF32(uint32_t a, uint32_t b) { return Canon(DivRn(AsF32(a), AsF32(b))); }
WS_LANE uint32_t SqrtF32(uint32_t a) { return Canon(SqrtRn(AsF32(a))); }
WS_LANE uint32_t FmaF32(uint32_t a, uint32_t b, uint32_t c) {
  return Canon(FmaRn(AsF32(a), AsF32(b), AsF32(c)));
}
WS_LANE bool IsNanF32(uint32_t a) { return (a & 0x7fffffffu) > 0x7f800000u; }
WS_LANE uint32_t NegF32(uint32_t a) { return IsNanF32(a) ? kNanF32 : a ^ 0x80000000u; }
WS_LANE uint32_t AbsF32(uint32_t a) { return IsNanF32(a) ? kNanF32 : a & 0x7fffffffu; }
// Subnormals become zeros of the same sign (.ftz, on operands and result).
WS_LANE uint32_t FtzF32(uint32_t a) { return (a & 0x7f800000u) == 0 ? a & 0x80000000u : a; }
// Clamps to [+0, 1]; NaN gives +0 (.sat).
WS_LANE uint32_t SatF32(uint32_t a) {
  const float x = AsF32(a);
  const uint32_t low = x > 0.0f ? a : 0u;
  return x > 1.0f ? 0x3f800000u : low;
}
// The other operand if one is NaN; -0 < +0.
WS_LANE uint32_t MinF32(uint32_t a, uint32_t b) {
  const float x = AsF32(a), y = AsF32(b);
  uint32_t r = x < y ? a : b;
  r = x == y ? a | b : r;
  r = y != y ? a : r;
  return IsNanF32(r) ? kNanF32 : r;
}
WS_LANE uint32_t MaxF32(uint32_t a, uint32_t b) {
  const float x = AsF32(a), y = AsF32(b);
  uint32_t r = x > y ? a : b;
  r = x == y ? a & b : r;
  r = y != y ? a : r;
  return IsNanF32(r) ? kNanF32 : r;
}

// --- f64
WS_LANE uint64_t AddF64(uint64_t a, uint64_t b) { return Canon(AddRn(AsF64(a), AsF64(b))); }
WS_LANE uint64_t SubF64(uint64_t a, uint64_t b) { return Canon(SubRn(AsF64(a), AsF64(b))); }
WS_LANE uint64_t MulF64(uint64_t a, uint64_t b) { return Canon(MulRn(AsF64(a), AsF64(b))); }
WS_LANE uint64_t DivF64(uint64_t a, uint64_t b) { return Canon(DivRn(AsF64(a), AsF64(b))); }
WS_LANE uint64_t SqrtF64(uint64_t a) { return Canon(SqrtRn(AsF64(a))); }
WS_LANE uint64_t FmaF64(uint64_t a, uint64_t b, uint64_t c) {
  return Canon(FmaRn(AsF64(a), AsF64(b), AsF64(c)));
}
WS_LANE bool IsNanF64(uint64_t a) { return (a & ~(1ull << 63)) > 0x7ff0000000000000ull; }
WS_LANE uint64_t NegF64(uint64_t a) { return IsNanF64(a) ? kNanF64 : a ^ (1ull << 63); }
WS_LANE uint64_t AbsF64(uint64_t a) { return IsNanF64(a) ? kNanF64 : a & ~(1ull << 63); }
WS_LANE uint64_t SatF64(uint64_t a) {
  const double x = AsF64(a);
  const uint64_t low = x > 0.0 ? a : 0u;
  return x > 1.0 ? 0x3ff0000000000000ull : low;
}
WS_LANE uint64_t MinF64(uint64_t a, uint64_t b) {
  const double x = AsF64(a), y = AsF64(b);
  uint64_t r = x < y ? a : b;
  r = x == y ? a | b : r;
  r = y != y ? a : r;
  return IsNanF64(r) ? kNanF64 : r;
}
WS_LANE uint64_t MaxF64(uint64_t a, uint64_t b) {
  const double x = AsF64(a), y = AsF64(b);
  uint64_t r = x > y ? a : b;
  r = x == y ? a & b : r;
  r = y != y ? a : r;
  return IsNanF64(r) ? kNanF64 : r;
}

// --- conversions between floating formats
WS_LANE uint32_t F16ToF32(uint32_t half) {
  const uint32_t magnitude = (half & 0x7fffu) << 13;
  // Exponents move by 2^112 exactly; subnormal halves become normal floats.
  const uint32_t finite = BitsOf(MulRn(AsF32(magnitude), 0x1p112f));
  const uint32_t special = magnitude > 0x0f800000u ? kNanF32 : 0x7f800000u;
  const uint32_t r = magnitude >= 0x0f800000u ? special : finite;
  const uint32_t sign = magnitude > 0x0f800000u ? 0u : (half & 0x8000u) << 16;
  return r | sign;
}
WS_LANE uint32_t F32ToF16(uint32_t bits) {
  const uint32_t sign = (bits >> 16) & 0x8000u;
  const uint32_t magnitude = bits & 0x7fffffffu;
  // Normal halves: rebias, add half a unit (less one if even), truncate.
  const uint32_t odd = (magnitude >> 13) & 1u;
  const uint32_t normal = (magnitude + 0xc8000fffu + odd) >> 13;
  // Subnormal halves: adding 0.5 aligns the last bit, the addition rounds.
  const uint32_t tiny = BitsOf(AddRn(AsF32(magnitude), 0.5f)) - 0x3f000000u;
  uint32_t r = magnitude < 0x38800000u ? tiny : normal;
  r = magnitude >= 0x47800000u ? 0x7c00u : r;
  return magnitude > 0x7f800000u ? kNanF16 : (r | sign);
}
WS_LANE uint32_t BF16ToF32(uint32_t bits) { return bits << 16; }
WS_LANE uint32_t F32ToBF16(uint32_t bits) {
  const uint32_t rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
  return IsNanF32(bits) ? kNanF16 : rounded;
}
WS_LANE uint64_t F32ToF64(uint32_t bits) { return Canon(static_cast<double>(AsF32(bits))); }
WS_LANE uint32_t F64ToF32(uint64_t bits) { return Canon(static_cast<float>(AsF64(bits))); }
WS_LANE uint32_t F64ToF16(uint64_t bits) { return F32ToF16(BitsOf(ToF32Odd(AsF64(bits)))); }
WS_LANE uint32_t F64ToBF16(uint64_t bits) { return F32ToBF16(BitsOf(ToF32Odd(AsF64(bits)))); }

// --- f16: sums and products of halves rounded through float round once (24 >= 2 * 11 + 2)
WS_LANE float HalfValue(uint32_t a) { return AsF32(F16ToF32(a)); }
WS_LANE uint32_t AddF16(uint32_t a, uint32_t b) {
  return F32ToF16(BitsOf(AddRn(HalfValue(a), HalfValue(b))));
}
WS_LANE uint32_t SubF16(uint32_t a, uint32_t b) {
  return F32ToF16(BitsOf(SubRn(HalfValue(a), HalfValue(b))));
}
WS_LANE uint32_t MulF16(uint32_t a, uint32_t b) {
  return F32ToF16(BitsOf(MulRn(HalfValue(a), HalfValue(b))));
}
WS_LANE uint32_t FmaF16(uint32_t a, uint32_t b, uint32_t c) {
  const double product = static_cast<double>(HalfValue(a)) * static_cast<double>(HalfValue(b));
  return F64ToF16(BitsOf(AddOdd(product, static_cast<double>(HalfValue(c)))));
}
WS_LANE bool IsNanF16(uint32_t a) { return (a & 0x7fffu) > 0x7c00u; }
WS_LANE uint32_t NegF16(uint32_t a) { return IsNanF16(a) ? kNanF16 : (a ^ 0x8000u) & 0xffffu; }
WS_LANE uint32_t AbsF16(uint32_t a) { return IsNanF16(a) ? kNanF16 : a & 0x7fffu; }
WS_LANE uint32_t FtzF16(uint32_t a) { return (a & 0x7c00u) == 0 ? a & 0x8000u : a; }
WS_LANE uint32_t SatF16(uint32_t a) { return F32ToF16(SatF32(F16ToF32(a))); }
WS_LANE uint32_t MinF16(uint32_t a, uint32_t b) {
  return F32ToF16(MinF32(F16ToF32(a), F16ToF32(b)));
}
WS_LANE uint32_t MaxF16(uint32_t a, uint32_t b) {
  return F32ToF16(MaxF32(F16ToF32(a), F16ToF32(b)));
}

// --- bf16: through double, because its exponents reach as far as those of float
WS_LANE double BFloatValue(uint32_t a) { return static_cast<double>(AsF32(BF16ToF32(a))); }
WS_LANE uint32_t AddBF16(uint32_t a, uint32_t b) {
  return F64ToBF16(BitsOf(AddOdd(BFloatValue(a), BFloatValue(b))));
}
WS_LANE uint32_t SubBF16(uint32_t a, uint32_t b) {
  return F64ToBF16(BitsOf(AddOdd(BFloatValue(a), -BFloatValue(b))));
}
WS_LANE uint32_t MulBF16(uint32_t a, uint32_t b) {
  return F64ToBF16(BitsOf(MulRn(BFloatValue(a), BFloatValue(b))));
}
WS_LANE uint32_t FmaBF16(uint32_t a, uint32_t b, uint32_t c) {
  return F64ToBF16(BitsOf(AddOdd(MulRn(BFloatValue(a), BFloatValue(b)), BFloatValue(c))));
}
WS_LANE bool IsNanBF16(uint32_t a) { return (a & 0x7fffu) > 0x7f80u; }
WS_LANE uint32_t NegBF16(uint32_t a) { return IsNanBF16(a) ? kNanF16 : (a ^ 0x8000u) & 0xffffu; }
WS_LANE uint32_t AbsBF16(uint32_t a) { return IsNanBF16(a) ? kNanF16 : a & 0x7fffu; }
WS_LANE uint32_t SatBF16(uint32_t a) { return F32ToBF16(SatF32(BF16ToF32(a))); }
WS_LANE uint32_t MinBF16(uint32_t a, uint32_t b) {
  return F32ToBF16(MinF32(BF16ToF32(a), BF16ToF32(b)));
}
WS_LANE uint32_t MaxBF16(uint32_t a, uint32_t b) {
  return F32ToBF16(MaxF32(BF16ToF32(a), BF16ToF32(b)));
}

// --- floating point to integer and to integral values
// Nearest integral value, ties to even; |x| at least 2^23 is integral already.
WS_LANE float RoundEven(float x) {
  const uint32_t sign = BitsOf(x) & 0x80000000u;
  const float magnitude = AsF32(BitsOf(x) & 0x7fffffffu);
  const float rounded = SubRn(AddRn(magnitude, 0x1p23f), 0x1p23f);
  return magnitude < 0x1p23f ? AsF32(BitsOf(rounded) | sign) : x;
}
// cvt.{rni,rzi,rmi,rpi}.f32.f32
WS_LANE uint32_t RniF32(uint32_t a) { return Canon(RoundEven(AsF32(a))); }
WS_LANE uint32_t RmiF32(uint32_t a) {
  const float x = AsF32(a), r = RoundEven(x);
  return Canon(AsF32(BitsOf(SubRn(r, r > x ? 1.0f : 0.0f)) | (a & 0x80000000u)));
}
WS_LANE uint32_t RpiF32(uint32_t a) {
  const float x = AsF32(a), r = RoundEven(x);
  return Canon(AsF32(BitsOf(AddRn(r, r < x ? 1.0f : 0.0f)) | (a & 0x80000000u)));
}
WS_LANE uint32_t RziF32(uint32_t a) {
  const uint32_t sign = a & 0x80000000u;
  const uint32_t down = RmiF32(a & 0x7fffffffu);
  return IsNanF32(a) ? kNanF32 : down | sign;
}
// cvt.rzi.s32.f32 and its like: saturates, NaN gives 0 (PTX ISA, cvt)
WS_LANE uint32_t F32ToS32(uint32_t a) {
  const float x = AsF32(a);
  const bool fits = (x > -0x1p31f) & (x < 0x1p31f);
  const int32_t r = static_cast<int32_t>(fits ? x : 0.0f);
  const uint32_t edge = x >= 0x1p31f ? 0x7fffffffu : (x <= -0x1p31f ? 0x80000000u : 0u);
  return fits ? static_cast<uint32_t>(r) : edge;
}
WS_LANE uint32_t F32ToU32(uint32_t a) {
  const float x = AsF32(a);
  const bool fits = (x > 0.0f) & (x < 0x1p32f);
  const uint32_t r = static_cast<uint32_t>(fits ? x : 0.0f);
  return fits ? r : (x >= 0x1p32f ? 0xffffffffu : 0u);
}
WS_LANE uint32_t S32ToF32(uint32_t a) {
  return BitsOf(static_cast<float>(static_cast<int32_t>(a)));
}
WS_LANE uint32_t U32ToF32(uint32_t a) { return BitsOf(static_cast<float>(a)); }
WS_LANE uint64_t S32ToF64(uint32_t a) {
  return BitsOf(static_cast<double>(static_cast<int32_t>(a)));
}
WS_LANE uint64_t U32ToF64(uint32_t a) { return BitsOf(static_cast<double>(a)); }
WS_LANE uint32_t S64ToF32(uint64_t a) {
  return BitsOf(static_cast<float>(static_cast<int64_t>(a)));
}
WS_LANE uint32_t U64ToF32(uint64_t a) { return BitsOf(static_cast<float>(a)); }
WS_LANE uint64_t S64ToF64(uint64_t a) {
  return BitsOf(static_cast<double>(static_cast<int64_t>(a)));
}
WS_LANE uint64_t U64ToF64(uint64_t a) { return BitsOf(static_cast<double>(a)); }

}  // namespace ws::ir

#endif  // WARPSMITH_IR_FLOAT_OPS_H_
