// The approximate special functions of PTX (ex2.approx and its like). Device-clean.
//
// PTX bounds their error and leaves the bits open; ours are polynomials evaluated with plain
// rounded additions and multiplications, so the bits are the same on every machine. Errors stay
// within those of ops.def (approx_test.cc measures them). No branches: loops over lanes vectorise.
// Polynomials are Chebyshev fits over the reduced interval.
#ifndef WARPSMITH_IR_APPROX_H_
#define WARPSMITH_IR_APPROX_H_

#include "ir/float_ops.h"

namespace ws::ir {

WS_LANE float MulAdd(float a, float b, float c) { return AddRn(MulRn(a, b), c); }

// 2^x
WS_LANE uint32_t Ex2F32(uint32_t a) {
  float x = AsF32(a);
  x = x > 130.0f ? 130.0f : x;
  x = x > -160.0f ? x : -160.0f;  // also replaces NaN
  const float shifted = AddRn(x, 0x1.8p23f);
  const int n = static_cast<int>(BitsOf(shifted) - 0x4b400000u);
  const float f = SubRn(x, SubRn(shifted, 0x1.8p23f));
  float p = 0x1.44401ep-13f;
  p = MulAdd(p, f, 0x1.5f48eep-10f);
  p = MulAdd(p, f, 0x1.3b2a1cp-7f);
  p = MulAdd(p, f, 0x1.c6aeccp-5f);
  p = MulAdd(p, f, 0x1.ebfbe0p-3f);
  p = MulAdd(p, f, 0x1.62e430p-1f);
  p = MulAdd(p, f, 1.0f);
  const int n_low = n >> 1, n_high = n - n_low;  // two steps, so that subnormal results round once
  p = MulRn(p, AsF32(static_cast<uint32_t>(n_low + 127) << 23));
  p = MulRn(p, AsF32(static_cast<uint32_t>(n_high + 127) << 23));
  return IsNanF32(a) ? kNanF32 : BitsOf(p);
}

// log2(x)
WS_LANE uint32_t Lg2F32(uint32_t a) {
  const bool tiny = a < 0x00800000u;
  const uint32_t normal = tiny ? BitsOf(MulRn(AsF32(a), 0x1p23f)) : a;
  const uint32_t offset = normal - 0x3f3504f3u;  // sqrt(1/2)
  const int e = (static_cast<int>(offset) >> 23) - (tiny ? 23 : 0);
  const float f = SubRn(AsF32((offset & 0x007fffffu) + 0x3f3504f3u), 1.0f);
  float p = 0x1.846084p-4f;
  p = MulAdd(p, f, -0x1.575926p-3f);
  p = MulAdd(p, f, 0x1.60f528p-3f);
  p = MulAdd(p, f, -0x1.6efd90p-3f);
  p = MulAdd(p, f, 0x1.a3ec06p-3f);
  p = MulAdd(p, f, -0x1.ec6fc6p-3f);
  p = MulAdd(p, f, 0x1.27805cp-2f);
  p = MulAdd(p, f, -0x1.7154b2p-2f);
  p = MulAdd(p, f, 0x1.ec7080p-2f);
  p = MulAdd(p, f, -0x1.715476p-1f);
  p = MulAdd(p, f, 0x1.715476p+0f);
  const float r = MulAdd(p, f, static_cast<float>(e));
  const bool is_zero = (a & 0x7fffffffu) == 0;
  uint32_t bits = BitsOf(r);
  bits = a >= 0x7f800000u ? kNanF32 : bits;  // negative or NaN
  bits = a == 0x7f800000u ? 0x7f800000u : bits;
  return is_zero ? 0xff800000u : bits;
}

// sin(pi/2 * t) for |t| <= 1/2, and cos.
WS_LANE float SinQuarter(float t) {
  const float z = MulRn(t, t);
  float p = -0x1.2d9ab8p-8f;
  p = MulAdd(p, z, 0x1.465ec0p-4f);
  p = MulAdd(p, z, -0x1.4abbbap-1f);
  p = MulAdd(p, z, 0x1.921fb6p+0f);
  return MulRn(p, t);
}
WS_LANE float CosQuarter(float t) {
  const float z = MulRn(t, t);
  float p = 0x1.d9c212p-11f;
  p = MulAdd(p, z, -0x1.55c576p-6f);
  p = MulAdd(p, z, 0x1.03c1dcp-2f);
  p = MulAdd(p, z, -0x1.3bd3ccp+0f);
  return MulAdd(p, z, 1.0f);
}

// sin(x + quarter_turns * pi/2); the argument is reduced in double. Beyond 2^50 the result is some
// number in [-1, 1].
WS_LANE uint32_t SinTurned(uint32_t a, uint32_t quarter_turns) {
  const bool infinite = (a & 0x7fffffffu) >= 0x7f800000u;
  const double x = static_cast<double>(AsF32(infinite ? 0u : a));
  const double turns = MulRn(x, 0x1.45f306dc9c883p-1);  // 2 / pi
  const double shifted = AddRn(turns, 0x1.8p52);
  const uint32_t k = static_cast<uint32_t>(BitsOf(shifted)) + quarter_turns;
  float t = static_cast<float>(SubRn(turns, SubRn(shifted, 0x1.8p52)));
  t = t > 0.5f ? 0.5f : t;
  t = t < -0.5f ? -0.5f : t;
  const float r = (k & 1) != 0 ? CosQuarter(t) : SinQuarter(t);
  const uint32_t bits = BitsOf(r) ^ (k & 2) << 30;
  // Near zero sin keeps x's own sign and magnitude.
  const bool is_zero = (a & 0x7fffffffu) == 0 && quarter_turns == 0;
  return infinite ? kNanF32 : (is_zero ? a : bits);
}
WS_LANE uint32_t SinF32(uint32_t a) { return SinTurned(a, 0); }
WS_LANE uint32_t CosF32(uint32_t a) { return SinTurned(a, 1); }

// tanh(x)
WS_LANE uint32_t TanhF32(uint32_t a) {
  const float x = AsF32(a & 0x7fffffffu);
  const float z = MulRn(x, x);
  float p = -0x1.5e4ec8p-5f;
  p = MulAdd(p, z, 0x1.0cfa14p-3f);
  p = MulAdd(p, z, -0x1.55368ep-2f);
  p = MulAdd(p, z, 0x1.ffffdap-1f);
  const float small = MulRn(p, x);
  const float e = AsF32(Ex2F32(BitsOf(MulRn(x, 0x1.715476p+1f))));  // e^(2x)
  const float large = SubRn(1.0f, DivRn(2.0f, AddRn(e, 1.0f)));
  const uint32_t bits = BitsOf(x < 0.5f ? small : large) | (a & 0x80000000u);
  const bool subnormal = (a & 0x7f800000u) == 0;  // as it is
  return IsNanF32(a) ? kNanF32 : subnormal ? a : bits;
}

// 1/x and 1/sqrt(x): the first correctly rounded, the second but for double rounding
WS_LANE uint32_t RcpF32(uint32_t a) { return Canon(DivRn(1.0f, AsF32(a))); }
WS_LANE uint32_t RsqrtF32(uint32_t a) {
  return Canon(static_cast<float>(DivRn(1.0, SqrtRn(static_cast<double>(AsF32(a))))));
}
WS_LANE uint64_t RcpF64(uint64_t a) { return Canon(DivRn(1.0, AsF64(a))); }
// rcp.approx.ftz.f64 and rsqrt.approx.ftz.f64 take subnormals for zeros, and give the upper half.
WS_LANE uint64_t FtzF64(uint64_t a) {
  return (a & 0x7ff0000000000000u) == 0 ? a & 0x8000000000000000u : a;
}
WS_LANE uint64_t CoarseF64(uint64_t r) {
  const bool is_nan = (r & 0x7fffffffffffffffu) > 0x7ff0000000000000u;
  return is_nan ? 0x7fffffff00000000u : FtzF64(r) & 0xffffffff00000000u;
}
WS_LANE uint64_t RsqrtF64(uint64_t a) { return Canon(DivRn(1.0, SqrtRn(AsF64(a)))); }

// div.approx.f32: a divisor between 2^126 and 2^128 gives 0, or NaN under an infinite dividend
// (PTX ISA, div). div.full is DivF32.
WS_LANE uint32_t DivApproxF32(uint32_t a, uint32_t b) {
  const uint32_t divisor = b & 0x7fffffffu;
  const bool huge = divisor > 0x7e800000u && divisor < 0x7f800000u;
  const uint32_t at_huge = (a & 0x7fffffffu) >= 0x7f800000u ? kNanF32 : (a ^ b) & 0x80000000u;
  const uint32_t r = DivF32(a, b);
  return huge ? at_huge : r;
}

WS_LANE uint32_t Ex2F16(uint32_t a) { return F32ToF16(Ex2F32(F16ToF32(a))); }
WS_LANE uint32_t Ex2BF16(uint32_t a) { return F32ToBF16(Ex2F32(BF16ToF32(a))); }
WS_LANE uint32_t TanhF16(uint32_t a) { return F32ToF16(TanhF32(F16ToF32(a))); }
WS_LANE uint32_t TanhBF16(uint32_t a) { return F32ToBF16(TanhF32(BF16ToF32(a))); }

}  // namespace ws::ir

#endif  // WARPSMITH_IR_APPROX_H_
