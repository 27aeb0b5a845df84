// Arithmetic on integers and floats (PTX ISA, "Integer", "Extended-Precision", "Floating-Point",
// "Half Precision" and "Mixed Precision Arithmetic Instructions"). device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {
namespace {

WS_HD Type Unsigned(Type type) {
  switch (BytesOf(type)) {
    case 8:
      return Type::kU64;
    case 4:
      return Type::kU32;
    default:
      return Type::kU16;
  }
}

WS_HD Type Doubled(Type type) {
  switch (type) {
    case Type::kU16:
      return Type::kU32;
    case Type::kS16:
      return Type::kS32;
    case Type::kU32:
      return Type::kU64;
    case Type::kS32:
      return Type::kS64;
    default:
      return Type::kNone;
  }
}

WS_HD bool TakesRounding(Op op) {
  return op == Op::kAdd || op == Op::kSub || op == Op::kMul || op == Op::kFma || op == Op::kDiv ||
         op == Op::kRcp || op == Op::kSqrt;
}

}  // namespace

// add sub div rem min max neg abs fma and the special functions, of all types.
WS_HD void Reader::ReadArithmetic() {
  const OpInfo info = InfoOf(op_);
  const uint32_t sources = static_cast<uint32_t>(info.srcs);
  if (Has(Mod::kU16x2)) return ReadPackedIntegers(false);
  if (Has(Mod::kS16x2)) return ReadPackedIntegers(true);
  const Round round = TakeRound();
  const bool ftz = Has(Mod::kFtz), sat = Has(Mod::kSat), relu = Has(Mod::kRelu);
  const bool nan = Has(Mod::kNaN), xorsign = Has(Mod::kXorsign);
  if (xorsign) Has(Mod::kAbs);
  const bool carry = Has(Mod::kCc);
  const Type type = NeedType();
  if (!NeedTypes(type, info.types & ~op_types::B & ~op_types::P) || !NeedArgs(1 + sources)) return;
  const Operand dst = Dst(0, type);
  Operand s[3];
  for (uint32_t i = 0; i < sources && i < 3; ++i) s[i] = Src(i + 1, type);
  if (failed_) return;
  const bool is_float = IsFloat(type);
  const bool fits = is_float ? !carry
                             : !ftz && round == Round::kNone && !nan && !xorsign &&
                                   (!sat || type == Type::kS32) && (!relu || type == Type::kS32);
  const bool rounds =
      round == Round::kNone || (round <= Round::kRp ? TakesRounding(op_) : round >= Round::kApprox);
  if (!fits || !rounds || ((nan || xorsign) && op_ != Op::kMin && op_ != Op::kMax)) {
    BadType(type);
    return;
  }
  if (carry) {
    if (op_ == Op::kAdd) return AddWithCarry(dst, type, s[0], s[1], false, true);
    if (op_ == Op::kSub) return SubtractWithCarry(dst, type, s[0], s[1], false, true);
    BadType(type);
    return;
  }
  const bool clamps = relu && !is_float;  // min.relu.s32
  const Operand to = clamps ? Operand::Reg(Temp(type)) : dst;
  Inst& inst = EmitSpans(op_, type, {&to, 1}, {s, sources});
  inst.ftz = ftz;
  inst.sat = sat;
  if (is_float && TakesRounding(op_)) inst.round = round;
  if (is_float) {
    inst.sub = static_cast<uint8_t>((nan ? kFloatNaN : 0) | (xorsign ? kFloatXorsign : 0) |
                                    (relu ? kFloatRelu : 0));
  }
  if (clamps) Emit(Op::kMax, type, {dst}, {to, Imm(0)});
}

// add, min and max of two 16-bit integers in a register.
WS_HD void Reader::ReadPackedIntegers(bool is_signed) {
  const bool relu = Has(Mod::kRelu);
  const Type type = is_signed ? Type::kS16 : Type::kU16;
  if (!NeedArgs(3)) return;
  for (uint32_t i = 0; i < 3; ++i) {
    const bool bits =
        args_[i].kind == Arg::Kind::kRegister && builder_->RegType(args_[i].reg) == Type::kB32;
    if (!bits) BadOperand(args_[i], "a register of type .b32");
  }
  const Operand dst = Dst(0, Type::kB32);
  const Operand a = Src(1, Type::kB32), b = Src(2, Type::kB32);
  if (failed_) return;
  const Operand from[2] = {ValueOf(Op::kMov, Type::kB32, Type::kB32, {a}),
                           ValueOf(Op::kMov, Type::kB32, Type::kB32, {b})};
  Operand halves[2][2], results[2];
  for (uint32_t k = 0; k < 2; ++k) {
    halves[k][0] = Operand::Reg(Temp(type));
    halves[k][1] = Operand::Reg(Temp(type));
    Emit(Op::kUnpack, Type::kB32, {halves[k][0], halves[k][1]}, {from[k]});
  }
  for (uint32_t i = 0; i < 2; ++i) {
    results[i] = Value1(op_, type, {halves[0][i], halves[1][i]});
    if (relu) results[i] = Value1(Op::kMax, type, {results[i], Imm(0)});
  }
  Emit(Op::kPack, Type::kB32, {dst}, {results[0], results[1]});
}

// mul and mad: .lo .hi .wide of integers, or of floats.
WS_HD void Reader::ReadMultiply() {
  const bool is_mad = op_ == Op::kMad;
  const bool wide = Has(Mod::kWide), low = Has(Mod::kLo), high = Has(Mod::kHi);
  if (!wide && !low && !high) {
    // mad of floats is fma; mul is like add.
    if (is_mad) op_ = Op::kFma;
    return ReadArithmetic();
  }
  const bool sat = Has(Mod::kSat), carry = Has(Mod::kCc);
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::I) || !NeedArgs(is_mad ? 4 : 3)) return;
  const Type result = wide ? Doubled(type) : type;
  if (result == Type::kNone || BytesOf(type) < 2 ||
      (sat && (!is_mad || !high || type != Type::kS32)) || (carry && (!is_mad || wide))) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, result);
  const Operand a = Src(1, type), b = Src(2, type);
  const Operand c = is_mad ? Src(3, result) : Operand();
  if (failed_) return;
  if (!is_mad) {
    Emit(wide ? Op::kMulWide : (high ? Op::kMulHi : Op::kMul), type, {dst}, {a, b});
  } else if (carry) {
    AddWithCarry(dst, type, Value1(high ? Op::kMulHi : Op::kMul, type, {a, b}), c, false, true);
  } else if (high) {
    Emit(Op::kAdd, type, {dst}, {Value1(Op::kMulHi, type, {a, b}), c}).sat = sat;
  } else {
    Emit(wide ? Op::kMadWide : Op::kMad, type, {dst}, {a, b, c});
  }
}

WS_HD RegId Reader::Carry() {
  if (!carry_.valid()) carry_ = Temp(Type::kPred);
  return carry_;
}

// dst = a + b (+ carry), and the carry out of it.
WS_HD void Reader::AddWithCarry(Operand dst, Type type, Operand a, Operand b, bool carry_in,
                                bool carry_out) {
  const Type u = Unsigned(type);
  const Operand sum = Value1(Op::kAdd, u, {a, b});
  Operand out = carry_out ? CompareOf(Cmp::kLt, u, sum, a) : Operand();
  Operand total = sum;
  if (carry_in) {
    if (is_inline() && !carry_.valid()) {
      return RefuseInline("a carry from outside of the function in inline assembly");
    }
    const Operand in = ValueOf(Op::kSelp, u, u, {Imm(1), Imm(0), Operand::Reg(Carry())});
    total = Value1(Op::kAdd, u, {sum, in});
    if (carry_out) {
      out = Value1(Op::kOr, Type::kPred, {out, CompareOf(Cmp::kLt, u, total, sum)});
    }
  }
  if (carry_out) Move(Operand::Reg(Carry()), Type::kPred, out);
  Move(dst, u, total);
}

// dst = a - b (- borrow). The flag is the carry of a + ~b + 1, which is 1 where nothing is borrowed:
// ptxas has it so, and NVIDIA's own division of 128 bits reads it by addc behind subc.cc.
WS_HD void Reader::SubtractWithCarry(Operand dst, Type type, Operand a, Operand b, bool carry_in,
                                     bool carry_out) {
  const Type u = Unsigned(type);
  const Operand difference = Value1(Op::kSub, u, {a, b});
  Operand out = carry_out ? CompareOf(Cmp::kGe, u, a, b) : Operand();
  Operand total = difference;
  if (carry_in) {
    if (is_inline() && !carry_.valid()) {
      return RefuseInline("a carry from outside of the function in inline assembly");
    }
    const Operand in = ValueOf(Op::kSelp, u, u, {Imm(0), Imm(1), Operand::Reg(Carry())});
    total = Value1(Op::kSub, u, {difference, in});
    if (carry_out) {
      out = Value1(Op::kAnd, Type::kPred, {out, CompareOf(Cmp::kGe, u, difference, in)});
    }
  }
  if (carry_out) Move(Operand::Reg(Carry()), Type::kPred, out);
  Move(dst, u, total);
}

// addc subc madc
WS_HD void Reader::ReadCarry() {
  const bool carry_out = Has(Mod::kCc);
  const bool low = Has(Mod::kLo), high = Has(Mod::kHi);
  const Type type = NeedType();
  const bool is_mad = op_ == Op::kMad;
  if (!NeedTypes(type, op_types::I) || !NeedArgs(is_mad ? 4 : 3)) return;
  if (BytesOf(type) < 4 || is_mad != (low || high)) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type);
  const Operand a = Src(1, type), b = Src(2, type);
  if (failed_) return;
  if (op_ == Op::kSub) return SubtractWithCarry(dst, type, a, b, true, carry_out);
  if (op_ == Op::kAdd) return AddWithCarry(dst, type, a, b, true, carry_out);
  const Operand c = Src(3, type);
  if (failed_) return;
  AddWithCarry(dst, type, Value1(high ? Op::kMulHi : Op::kMul, type, {a, b}), c, true, carry_out);
}

// mul24 and mad24: the low or high 32 bits of the 48-bit product of the low 24 bits.
WS_HD void Reader::ReadMultiply24() {
  const bool is_mad = op_ == Op::kMad;
  const bool low = Has(Mod::kLo), high = Has(Mod::kHi), sat = Has(Mod::kSat);
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::I) || !NeedArgs(is_mad ? 4 : 3)) return;
  if (BytesOf(type) != 4 || low == high || (sat && (!is_mad || !high || type != Type::kS32))) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type);
  Operand factors[2];
  for (uint32_t i = 0; i < 2; ++i) {
    const Operand shifted = Value1(Op::kShl, type, {Src(i + 1, type), Imm(8)});
    factors[i] = Value1(Op::kShr, type, {shifted, Imm(8)});
  }
  const Operand c = is_mad ? Src(3, type) : Operand();
  if (failed_) return;
  Operand product;
  if (low) {
    product = Value1(Op::kMul, type, {factors[0], factors[1]});
  } else {
    const Type wide = Doubled(type);
    const Operand whole = ValueOf(Op::kMulWide, type, wide, {factors[0], factors[1]});
    const Operand top = Value1(Op::kShr, wide, {whole, Imm(16)});
    product = Operand::Reg(Temp(type));
    Emit(Op::kCvt, type, {product}, {top}).src_type = wide;
  }
  if (is_mad) {
    Emit(Op::kAdd, type, {dst}, {product, c}).sat = sat;
  } else {
    Move(dst, type, product);
  }
}

// sad: c + |a - b|
WS_HD void Reader::ReadAbsoluteDifference() {
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::I) || !NeedArgs(4)) return;
  const Operand dst = Dst(0, type);
  const Operand a = Src(1, type), b = Src(2, type), c = Src(3, type);
  if (failed_) return;
  const Operand most = Value1(Op::kMax, type, {a, b}), least = Value1(Op::kMin, type, {a, b});
  Emit(Op::kAdd, type, {dst}, {Value1(Op::kSub, type, {most, least}), c});
}

// copysign: b with the sign of a
WS_HD void Reader::ReadCopySign() {
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::F) || !NeedArgs(3)) return;
  const Type bits = type == Type::kF64 ? Type::kB64 : Type::kB32;
  const uint64_t sign = uint64_t{1} << (8 * BytesOf(type) - 1);
  const Operand dst = Dst(0, type), a = Src(1, type), b = Src(2, type);
  if (failed_) return;
  const Operand of_a = Value1(Op::kAnd, bits, {a, Imm(sign)});
  Emit(Op::kOr, bits, {dst}, {of_a, Value1(Op::kAnd, bits, {b, Imm(sign - 1)})});
}

// testp: by the bits without the sign
WS_HD void Reader::ReadTestProperty() {
  enum Test : uint8_t { kNoTest, kFinite, kInfinite, kNumber, kNotANumber, kNormal, kSubnormal };
  const Test test = Has(Mod::kFinite)       ? kFinite
                    : Has(Mod::kInfinite)   ? kInfinite
                    : Has(Mod::kNumber)     ? kNumber
                    : Has(Mod::kNotANumber) ? kNotANumber
                    : Has(Mod::kNormal)     ? kNormal
                    : Has(Mod::kSubnormal)  ? kSubnormal
                                            : kNoTest;
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::F) || !NeedArgs(2)) return;
  const bool wide = type == Type::kF64;
  const Type u = wide ? Type::kU64 : Type::kU32;
  const uint64_t infinity = wide ? 0x7ff0000000000000 : 0x7f800000;
  const uint64_t least_normal = wide ? 0x0010000000000000 : 0x00800000;
  const Operand dst = Dst(0, Type::kPred), a = Src(1, type);
  if (failed_) return;
  const Operand bits = Value1(Op::kAnd, u, {a, Imm(wide ? ~uint64_t{0} >> 1 : 0x7fffffff)});
  // One comparison of an unsigned difference tells whether it lies in a range.
  const auto below = [&](Cmp cmp, uint64_t limit) {
    Emit(Op::kSetp, u, {dst}, {bits, Imm(limit)}).cmp = cmp;
  };
  const auto between = [&](uint64_t first, uint64_t end) {
    const Operand from = Value1(Op::kSub, u, {bits, Imm(first)});
    Emit(Op::kSetp, u, {dst}, {from, Imm(end - first)}).cmp = Cmp::kLt;
  };
  switch (test) {
    case kFinite:
      return below(Cmp::kLt, infinity);
    case kInfinite:
      return below(Cmp::kEq, infinity);
    case kNumber:
      return below(Cmp::kLe, infinity);
    case kNotANumber:
      return below(Cmp::kGt, infinity);
    case kNormal: {  // zeros are
      const Operand from_one = Value1(Op::kSub, u, {bits, Imm(1)});
      const Operand not_subnormal = CompareOf(Cmp::kGe, u, from_one, Imm(least_normal - 1));
      const Operand finite = CompareOf(Cmp::kLt, u, bits, Imm(infinity));
      Emit(Op::kAnd, Type::kPred, {dst}, {not_subnormal, finite});
      return;
    }
    default:
      return between(1, least_normal);
  }
}

// dp4a and dp2a: a dot product of bytes, or of 16-bit values with two bytes of b, and c.
WS_HD void Reader::ReadDotProduct() {
  const bool is_dp2a = op_ == Op::kDp2a;
  const bool low = Has(Mod::kLo), high = Has(Mod::kHi);
  const Type a_type = NeedType(), b_type = NeedType();
  const auto fits = [](Type t) { return t == Type::kU32 || t == Type::kS32; };
  if (failed_ || !NeedArgs(4)) return;
  if (!fits(a_type) || !fits(b_type) || is_dp2a != (low || high)) {
    BadType(fits(a_type) ? b_type : a_type);
    return;
  }
  const bool is_signed = a_type == Type::kS32 || b_type == Type::kS32;
  const Type type = is_signed ? Type::kS32 : Type::kU32;
  const Operand dst = Dst(0, type);
  const Operand a = Src(1, a_type), b = Src(2, b_type), c = Src(3, type);
  if (failed_) return;
  Emit(op_, type, {dst}, {a, b, c}).sub =
      static_cast<uint8_t>((a_type == Type::kS32 ? kDotSignedA : 0) |
                           (b_type == Type::kS32 ? kDotSignedB : 0) | (high ? kDotHigh : 0));
}

}  // namespace ws::ir::reader
