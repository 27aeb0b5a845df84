// Conversions between types, of one lane. Device-clean. PTX ISA, cvt, to the bit.
#ifndef WARPSMITH_IR_EVAL_CONVERT_H_
#define WARPSMITH_IR_EVAL_CONVERT_H_

#include <cstdint>

#include "ir/float_ops.h"
#include "ir/module.h"

namespace ws::ir {

// The bits of a type's width; predicates have one.
WS_HD constexpr uint64_t MaskOf(Type type) {
  if (type == Type::kPred) return 1;
  const uint32_t bytes = BytesOf(type);
  return bytes >= 8 ? ~0ull : (1ull << (8 * bytes)) - 1;
}

namespace eval {

// .sat: clamped to [0, 1], NaN to 0.
WS_HD inline uint64_t Saturated(Type type, uint64_t bits) {
  switch (type) {
    case Type::kF16:
      return SatF16(static_cast<uint32_t>(bits));
    case Type::kBF16:
      return SatBF16(static_cast<uint32_t>(bits));
    case Type::kF64:
      return SatF64(bits);
    default:
      return SatF32(static_cast<uint32_t>(bits));
  }
}

}  // namespace eval

// cvt: `type` from `src_type` with round, ftz and sat of `inst`; handles every combination.
WS_HD inline uint64_t EvalCvt(const Inst& inst, uint64_t bits) {
  const Type to = inst.type, from = inst.src_type;
  const uint64_t mask = MaskOf(to);
  bits &= MaskOf(from);
  const int to_width = static_cast<int>(8 * BytesOf(to));
  if (IsFloat(from)) {
    if (inst.ftz && from == Type::kF32) bits = FtzF32(static_cast<uint32_t>(bits));
    if (!IsFloat(to)) return SoftToInt(FormatOf(from), bits, to_width, IsSigned(to), inst.round);
    uint64_t r;
    const bool integral = inst.round >= Round::kRni && inst.round <= Round::kRpi;
    if (to == from) {
      r = integral ? SoftIntegral(FormatOf(to), bits, inst.round)
                   : SoftConvert(FormatOf(to), FormatOf(from), bits, inst.round);
    } else if (integral && BytesOf(to) < BytesOf(from)) {
      r = SoftConvert(FormatOf(to), FormatOf(from), SoftIntegral(FormatOf(from), bits, inst.round),
                      Round::kRn);
    } else {
      r = SoftConvert(FormatOf(to), FormatOf(from), bits, inst.round);
      if (integral) r = SoftIntegral(FormatOf(to), r, inst.round);
    }
    if (inst.sat) r = eval::Saturated(to, r);
    if (inst.ftz && to == Type::kF32) r = FtzF32(static_cast<uint32_t>(r));
    if (inst.sub != 0) {
      const FloatFormat f = FormatOf(to);
      const uint64_t sign = SoftSign(f, true), infinity = SoftInf(f, false);
      const bool is_nan = (r & (sign - 1)) > infinity;
      const bool is_infinite = !f.finite && (r & (sign - 1)) == infinity;
      if ((inst.sub & kFloatSatfinite) != 0 && is_infinite) --r;
      if ((inst.sub & kFloatRelu) != 0) r = is_nan ? f.nan : (r & sign) != 0 ? 0 : r;
    }
    if (to == Type::kTF32) r = r << 13;
    return r;
  }
  // Integer source: sign, magnitude.
  const int from_width = static_cast<int>(8 * BytesOf(from));
  const bool negative = IsSigned(from) && (bits >> (from_width - 1) & 1) != 0;
  const uint64_t extended = negative ? bits | ~MaskOf(from) : bits;
  if (IsFloat(to)) {
    const uint64_t r =
        SoftFromInt(FormatOf(to), negative, negative ? 0 - extended : extended, inst.round);
    return inst.sat ? eval::Saturated(to, r) : r;
  }
  if (inst.sat) {
    if (IsSigned(to)) {
      const uint64_t top = mask >> 1;
      if (negative) return (0 - extended) > top + 1 ? top + 1 : extended & mask;
      return extended > top ? top : extended;
    }
    if (negative) return 0;
    return extended > mask ? mask : extended;
  }
  return extended & mask;
}

}  // namespace ws::ir

#endif  // WARPSMITH_IR_EVAL_CONVERT_H_
