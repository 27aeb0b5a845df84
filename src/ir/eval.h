// What every pure operation does to one lane. Device-clean. PTX ISA's semantics to the bit.
//
// The functions of int_ops.h, float_ops.h and approx.h are the only statement of one-lane
// semantics: the VM loops over them, and Eval, used by constant folding and for the rare forms,
// dispatches to them. A register holds its value zero-extended: a predicate is 0 or 1, an 8- or
// 16-bit value leaves the upper bits zero, and operations read only the low bits of their type.
#ifndef WARPSMITH_IR_EVAL_H_
#define WARPSMITH_IR_EVAL_H_

#include <cstdint>
#include <span>

#include "ir/approx.h"
#include "ir/eval_convert.h"
#include "ir/float_ops.h"
#include "ir/int_ops.h"
#include "ir/module.h"

namespace ws::ir {

namespace eval {

// Operations on integers of type T; `s` holds the sources as in registers.
template <typename T>
WS_HD inline bool Integers(const Inst& inst, const uint64_t* s, uint64_t& dst) {
  using U = std::make_unsigned_t<T>;
  const T a = static_cast<T>(s[0]), b = static_cast<T>(s[1]), c = static_cast<T>(s[2]);
  const auto give = [&dst](T value) {
    dst = static_cast<U>(value);
    return true;
  };
  switch (inst.op) {
    case Op::kAdd:
      if (inst.sat) return give(static_cast<T>(ClampS32(static_cast<int64_t>(a) + b)));
      return give(AddInt<T>(a, b));
    case Op::kSub:
      if (inst.sat) return give(static_cast<T>(ClampS32(static_cast<int64_t>(a) - b)));
      return give(SubInt<T>(a, b));
    case Op::kMul:
      return give(MulInt<T>(a, b));
    case Op::kMulHi:
      return give(MulHiInt<T>(a, b));
    case Op::kMad:
      return give(MadInt<T>(a, b, c));
    case Op::kMulWide:
    case Op::kMadWide:
      if constexpr (sizeof(T) == 8) return false;
      dst = MulWideInt<T>(a, b) + (inst.op == Op::kMadWide ? s[2] : 0);
      if constexpr (sizeof(T) < 4) dst &= (1ull << (16 * sizeof(T))) - 1;
      return true;
    case Op::kDiv:
      return give(DivInt<T>(a, b));
    case Op::kRem:
      return give(RemInt<T>(a, b));
    case Op::kNeg:
      return give(NegInt<T>(a));
    case Op::kAbs:
      return give(AbsInt<T>(a));
    case Op::kMin:
      return give(MinInt<T>(a, b));
    case Op::kMax:
      return give(MaxInt<T>(a, b));
    case Op::kShl:
      return give(ShlInt<T>(a, static_cast<uint32_t>(s[1])));
    case Op::kShr:
      return give(ShrInt<T>(a, static_cast<uint32_t>(s[1])));
    case Op::kPopc:
      dst = Popc64(static_cast<U>(a));
      return true;
    case Op::kSetp:
      dst = CompareInt<T>(inst.cmp, a, b) ? 1 : 0;
      return true;
    default:
      break;
  }
  if constexpr (sizeof(T) >= 4) {
    switch (inst.op) {
      case Op::kClz:
        dst = sizeof(T) == 8 ? Clz64(static_cast<uint64_t>(a)) : Clz32(static_cast<uint32_t>(a));
        return true;
      case Op::kBrev:
        dst = sizeof(T) == 8 ? Brev64(static_cast<uint64_t>(a)) : Brev32(static_cast<uint32_t>(a));
        return true;
      case Op::kBfind:
        dst = BfindInt<T>(a);
        return true;
      case Op::kBfe:
        return give(BfeInt<T>(a, static_cast<uint32_t>(s[1]), static_cast<uint32_t>(s[2])));
      case Op::kBfi:
        dst = BfiInt<U>(static_cast<U>(a), static_cast<U>(b), static_cast<uint32_t>(s[2]),
                        static_cast<uint32_t>(s[3]));
        return true;
      default:
        break;
    }
  }
  if constexpr (sizeof(T) == 4) {
    const uint32_t x = static_cast<uint32_t>(a), y = static_cast<uint32_t>(b);
    const uint32_t z = static_cast<uint32_t>(c);
    switch (inst.op) {
      case Op::kPrmt:
        dst = Prmt32(x, y, PermuteSelectors(static_cast<PermuteMode>(inst.sub), z));
        return true;
      case Op::kShfL:
        dst = inst.sub != 0 ? ShfLClamp(x, y, z) : ShfLWrap(x, y, z);
        return true;
      case Op::kShfR:
        dst = inst.sub != 0 ? ShfRClamp(x, y, z) : ShfRWrap(x, y, z);
        return true;
      case Op::kLop3:
        dst = Lop3(x, y, z, inst.sub);
        return true;
      case Op::kFns:
        dst = FindNthSet(x, y, static_cast<int32_t>(z));
        return true;
      case Op::kBmsk:
        dst = BitMask(x, y, inst.sub != 0);
        return true;
      case Op::kSzext:
        dst = SizeExtend(x, y, std::is_signed_v<T>, inst.sub != 0);
        return true;
      case Op::kDp4a:
        dst = DotBytes(x, y, z, (inst.sub & kDotSignedA) != 0, (inst.sub & kDotSignedB) != 0);
        return true;
      case Op::kDp2a:
        dst = DotHalves(x, y, z, (inst.sub & kDotSignedA) != 0, (inst.sub & kDotSignedB) != 0,
                        (inst.sub & kDotHigh) != 0);
        return true;
      default:
        break;
    }
  }
  return false;
}

WS_HD inline bool IsDirected(Round round) {
  return round == Round::kRz || round == Round::kRm || round == Round::kRp;
}

// Directed rounding of any format through integers.
WS_HD inline bool Directed(const Inst& inst, const uint64_t* s, uint64_t& dst) {
  const FloatFormat f = FormatOf(inst.type);
  const uint64_t one = static_cast<uint64_t>(1 - f.min_exp) << (f.precision - 1);
  switch (inst.op) {
    case Op::kAdd:
      dst = SoftAdd(f, s[0], s[1], inst.round);
      return true;
    case Op::kSub:
      dst = SoftAdd(f, s[0], s[1] ^ SoftSign(f, true), inst.round);
      return true;
    case Op::kMul:
      dst = SoftMul(f, s[0], s[1], inst.round);
      return true;
    case Op::kFma:
      dst = SoftFma(f, s[0], s[1], s[2], inst.round);
      return true;
    case Op::kDiv:
      dst = SoftDiv(f, s[0], s[1], inst.round);
      return true;
    case Op::kRcp:
      dst = SoftDiv(f, one, s[0], inst.round);
      return true;
    case Op::kSqrt:
      dst = SoftSqrt(f, s[0], inst.round);
      return true;
    default:
      return false;
  }
}

WS_HD inline bool F32(const Inst& inst, const uint64_t* s, uint64_t& dst) {
  uint32_t a = static_cast<uint32_t>(s[0]), b = static_cast<uint32_t>(s[1]);
  uint32_t c = static_cast<uint32_t>(s[2]);
  if (inst.ftz) {
    a = FtzF32(a);
    b = FtzF32(b);
    c = FtzF32(c);
  }
  uint32_t r = 0;
  if (IsDirected(inst.round)) {
    const uint64_t flushed[3] = {a, b, c};
    uint64_t wide = 0;
    if (!Directed(inst, flushed, wide)) return false;
    r = static_cast<uint32_t>(wide);
  } else {
    switch (inst.op) {
      case Op::kAdd:
        r = AddF32(a, b);
        break;
      case Op::kSub:
        r = SubF32(a, b);
        break;
      case Op::kMul:
        r = MulF32(a, b);
        break;
      case Op::kFma:
        r = FmaF32(a, b, c);
        break;
      case Op::kDiv:
        r = inst.round == Round::kApprox ? DivApproxF32(a, b) : DivF32(a, b);
        break;
      case Op::kNeg:
        r = NegF32(a);
        break;
      case Op::kAbs:
        r = AbsF32(a);
        break;
      case Op::kMin:
        r = MinF32(a, b);
        break;
      case Op::kMax:
        r = MaxF32(a, b);
        break;
      case Op::kRcp:
        r = RcpF32(a);
        break;
      case Op::kSqrt:
        r = SqrtF32(a);
        break;
      case Op::kRsqrt:
        r = RsqrtF32(a);
        break;
      case Op::kEx2:
        r = Ex2F32(a);
        break;
      case Op::kLg2:
        r = Lg2F32(a);
        break;
      case Op::kSin:
        r = SinF32(a);
        break;
      case Op::kCos:
        r = CosF32(a);
        break;
      case Op::kTanh:
        r = TanhF32(a);
        break;
      case Op::kSetp:
        dst = CompareFloat<float>(inst.cmp, AsF32(a), AsF32(b)) ? 1 : 0;
        return true;
      default:
        return false;
    }
  }
  if (inst.ftz) r = FtzF32(r);
  dst = inst.sat ? SatF32(r) : r;
  return true;
}

WS_HD inline bool F64(const Inst& inst, const uint64_t* s, uint64_t& dst) {
  const uint64_t a = s[0], b = s[1];
  if (IsDirected(inst.round)) {
    if (!Directed(inst, s, dst)) return false;
  } else {
    switch (inst.op) {
      case Op::kAdd:
        dst = AddF64(a, b);
        break;
      case Op::kSub:
        dst = SubF64(a, b);
        break;
      case Op::kMul:
        dst = MulF64(a, b);
        break;
      case Op::kFma:
        dst = FmaF64(a, b, s[2]);
        break;
      case Op::kDiv:
        dst = DivF64(a, b);
        break;
      case Op::kNeg:
        dst = NegF64(a);
        break;
      case Op::kAbs:
        dst = AbsF64(a);
        break;
      case Op::kMin:
        dst = MinF64(a, b);
        break;
      case Op::kMax:
        dst = MaxF64(a, b);
        break;
      case Op::kRcp:
        dst = inst.ftz ? CoarseF64(RcpF64(FtzF64(a))) : RcpF64(a);
        break;
      case Op::kSqrt:
        dst = SqrtF64(a);
        break;
      case Op::kRsqrt:
        dst = inst.ftz ? CoarseF64(RsqrtF64(FtzF64(a))) : RsqrtF64(a);
        break;
      case Op::kSetp:
        dst = CompareFloat<double>(inst.cmp, AsF64(a), AsF64(b)) ? 1 : 0;
        return true;
      default:
        return false;
    }
  }
  if (inst.sat) dst = SatF64(dst);
  return true;
}

WS_HD inline bool F16(const Inst& inst, const uint64_t* s, uint64_t& dst) {
  uint32_t a = static_cast<uint32_t>(s[0]) & 0xffff, b = static_cast<uint32_t>(s[1]) & 0xffff;
  uint32_t c = static_cast<uint32_t>(s[2]) & 0xffff;
  if (inst.ftz) {
    a = FtzF16(a);
    b = FtzF16(b);
    c = FtzF16(c);
  }
  uint32_t r = 0;
  switch (inst.op) {
    case Op::kAdd:
      r = AddF16(a, b);
      break;
    case Op::kSub:
      r = SubF16(a, b);
      break;
    case Op::kMul:
      r = MulF16(a, b);
      break;
    case Op::kFma:
      r = FmaF16(a, b, c);
      break;
    case Op::kNeg:
      r = NegF16(a);
      break;
    case Op::kAbs:
      r = AbsF16(a);
      break;
    case Op::kMin:
      r = MinF16(a, b);
      break;
    case Op::kMax:
      r = MaxF16(a, b);
      break;
    case Op::kEx2:
      r = Ex2F16(a);
      break;
    case Op::kTanh:
      r = TanhF16(a);
      break;
    case Op::kSetp:
      dst = CompareFloat<float>(inst.cmp, HalfValue(a), HalfValue(b)) ? 1 : 0;
      return true;
    default:
      return false;
  }
  if (inst.ftz) r = FtzF16(r);
  dst = inst.sat ? SatF16(r) : r;
  return true;
}

WS_HD inline bool BF16(const Inst& inst, const uint64_t* s, uint64_t& dst) {
  const uint32_t a = static_cast<uint32_t>(s[0]) & 0xffff, b = static_cast<uint32_t>(s[1]) & 0xffff;
  const uint32_t c = static_cast<uint32_t>(s[2]) & 0xffff;
  switch (inst.op) {
    case Op::kAdd:
      dst = AddBF16(a, b);
      break;
    case Op::kSub:
      dst = SubBF16(a, b);
      break;
    case Op::kMul:
      dst = MulBF16(a, b);
      break;
    case Op::kFma:
      dst = FmaBF16(a, b, c);
      break;
    case Op::kNeg:
      dst = NegBF16(a);
      break;
    case Op::kAbs:
      dst = AbsBF16(a);
      break;
    case Op::kMin:
      dst = MinBF16(a, b);
      break;
    case Op::kMax:
      dst = MaxBF16(a, b);
      break;
    case Op::kEx2:
      dst = Ex2BF16(a);
      break;
    case Op::kTanh:
      dst = TanhBF16(a);
      break;
    case Op::kSetp:
      dst = CompareFloat<double>(inst.cmp, BFloatValue(a), BFloatValue(b)) ? 1 : 0;
      return true;
    default:
      return false;
  }
  if (inst.sat) dst = SatBF16(static_cast<uint32_t>(dst));
  return true;
}

// One lane of a floating operation whose `sub` asks for more than IEEE arithmetic does.
WS_HD inline bool FloatModes(const Inst& inst, const uint64_t* s, uint64_t& dst) {
  const FloatFormat f = FormatOf(inst.type);
  const uint64_t sign = SoftSign(f, true);
  const bool xorsign = (inst.sub & kFloatXorsign) != 0;
  uint64_t from[4] = {s[0], s[1], s[2], s[3]};
  if (xorsign) {
    from[0] &= ~sign;
    from[1] &= ~sign;
  }
  Inst plain = inst;
  plain.sub = 0;
  const bool ok = inst.type == Type::kF32   ? F32(plain, from, dst)
                  : inst.type == Type::kF16 ? F16(plain, from, dst)
                                            : BF16(plain, from, dst);
  const uint64_t infinity = SoftInf(f, false);
  const auto is_nan = [&](uint64_t bits) { return (bits & (sign - 1)) > infinity; };
  if ((inst.sub & kFloatNaN) != 0 && (is_nan(s[0]) || is_nan(s[1]))) dst = f.nan;
  if (xorsign && !is_nan(dst)) dst = (dst & ~sign) | ((s[0] ^ s[1]) & sign);
  if ((inst.sub & kFloatRelu) != 0) dst = is_nan(dst) ? f.nan : (dst & sign) != 0 ? 0 : dst;
  return ok;
}

}  // namespace eval

// Evaluates a pure operation with one destination on one lane: `dst` gets its bits, zero-extended.
// False if the operation is not pure, has several destinations (Unpack), or does not exist for the
// type. `srcs` holds at most four sources; `inst` gives op, type, modifiers and operand counts.
WS_HD inline bool Eval(const Inst& inst, std::span<const uint64_t> srcs, uint64_t& dst) {
  uint64_t s[4] = {0, 0, 0, 0};
  for (size_t i = 0; i < srcs.size() && i < 4; ++i) s[i] = srcs[i];
  const uint64_t mask = MaskOf(inst.type);
  switch (inst.op) {
    case Op::kMov:
      dst = s[0] & mask;
      return true;
    case Op::kSelp:
      dst = (s[2] & 1 ? s[0] : s[1]) & mask;
      return true;
    case Op::kAnd:
      dst = s[0] & s[1] & mask;
      return true;
    case Op::kOr:
      dst = (s[0] | s[1]) & mask;
      return true;
    case Op::kXor:
      dst = (s[0] ^ s[1]) & mask;
      return true;
    case Op::kNot:
      dst = ~s[0] & mask;
      return true;
    case Op::kCvt:
      dst = EvalCvt(inst, s[0]);
      return true;
    case Op::kPack: {
      const uint32_t bits =
          srcs.empty() ? 0 : static_cast<uint32_t>(8 * BytesOf(inst.type) / srcs.size());
      if (bits < 8 || bits > 32) return false;
      dst = 0;
      for (size_t i = 0; i < srcs.size() && i < 4; ++i) {
        dst |= (s[i] & ((1ull << bits) - 1)) << (bits * i);
      }
      return true;
    }
    default:
      break;
  }
  switch (inst.type) {
    case Type::kB8:
    case Type::kU8:
      return eval::Integers<uint8_t>(inst, s, dst);
    case Type::kB16:
    case Type::kU16:
      return eval::Integers<uint16_t>(inst, s, dst);
    case Type::kB32:
    case Type::kU32:
      return eval::Integers<uint32_t>(inst, s, dst);
    case Type::kB64:
    case Type::kU64:
      return eval::Integers<uint64_t>(inst, s, dst);
    case Type::kS8:
      return eval::Integers<int8_t>(inst, s, dst);
    case Type::kS16:
      return eval::Integers<int16_t>(inst, s, dst);
    case Type::kS32:
      return eval::Integers<int32_t>(inst, s, dst);
    case Type::kS64:
      return eval::Integers<int64_t>(inst, s, dst);
    case Type::kF32:
      return inst.sub != 0 ? eval::FloatModes(inst, s, dst) : eval::F32(inst, s, dst);
    case Type::kF64:
      return inst.sub == 0 && eval::F64(inst, s, dst);
    case Type::kF16:
      return inst.sub != 0 ? eval::FloatModes(inst, s, dst) : eval::F16(inst, s, dst);
    case Type::kBF16:
      return inst.sub != 0 ? eval::FloatModes(inst, s, dst) : eval::BF16(inst, s, dst);
    case Type::kF16x2:
    case Type::kBF16x2: {
      if (inst.op == Op::kSetp) return false;
      const uint64_t high_s[4] = {s[0] >> 16, s[1] >> 16, s[2] >> 16, s[3] >> 16};
      uint64_t low = 0, high = 0;
      Inst half = inst;
      half.type = inst.type == Type::kF16x2 ? Type::kF16 : Type::kBF16;
      bool ok = false;
      if (inst.sub != 0) {
        const uint64_t low_s[4] = {s[0] & 0xffff, s[1] & 0xffff, s[2] & 0xffff, s[3] & 0xffff};
        const uint64_t top_s[4] = {high_s[0] & 0xffff, high_s[1] & 0xffff, high_s[2] & 0xffff, 0};
        ok = eval::FloatModes(half, low_s, low) && eval::FloatModes(half, top_s, high);
      } else {
        ok = inst.type == Type::kF16x2 ? eval::F16(inst, s, low) && eval::F16(inst, high_s, high)
                                       : eval::BF16(inst, s, low) && eval::BF16(inst, high_s, high);
      }
      dst = low | high << 16;
      return ok;
    }
    case Type::kNone:
    case Type::kPred:
    case Type::kE4M3:  // converted and multiplied in matrices only
    case Type::kE5M2:
    case Type::kTF32:
    case Type::kB1:
    case Type::kU4:
    case Type::kS4:
    case Type::kCount:
      break;
  }
  return false;
}

}  // namespace ws::ir

#endif  // WARPSMITH_IR_EVAL_H_
