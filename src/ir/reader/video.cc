// Scalar video instructions (PTX ISA, "Scalar Video Instructions"): parts of registers, an
// operation on numbers of 34 bits, saturation, and a second operation or a merge. device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// .b0 to .b3 and .h0, .h1; of SIMD instructions several digits, that of the highest part first.
WS_HD bool Reader::TakeSelector(Arg* arg, Selector* selector) {
  if (arg->selector == 0) return true;
  const std::string_view text = TextOf(tokens_[arg->selector]);
  const char kind = text.size() > 1 ? text.data()[1] : ' ';
  const uint32_t count = static_cast<uint32_t>(text.size()) - 2;
  bool ok = (kind == 'b' || kind == 'h') && text.size() > 2 && count <= 4;
  selector->part_bits = kind == 'h' ? 16 : 8;
  selector->count = count;
  for (uint32_t i = 0; ok && i < count; ++i) {
    const char digit = text.data()[2 + i];
    ok = digit >= '0' && digit <= '7';
    selector->digits[count - 1 - i] = static_cast<uint8_t>(digit - '0');
  }
  if (!ok) BadOperand(*arg, "a register with a selector such as '.b0' or '.h1'");
  arg->selector = 0;
  return ok;
}

// A part of a word of 32 bits, extended by its sign or by zeros to the type.
WS_HD Operand Reader::PartOfWord(Operand word, uint32_t bits, uint32_t part, bool is_signed,
                                 Type to) {
  const Type from = is_signed ? Type::kS32 : Type::kU32;
  const Operand low =
      bits == 32 ? word : Value1(Op::kBfe, from, {word, Imm(uint64_t{bits} * part), Imm(bits)});
  if (BytesOf(to) == 4) return low;
  const Operand value = Operand::Reg(Temp(to));
  Emit(Op::kCvt, to, {value}, {low}).src_type = from;
  return value;
}

// The nearest number that has so many bits.
WS_HD Operand Reader::Clamped(Operand value, Type type, uint32_t bits, bool is_signed) {
  const int64_t least = is_signed ? -(int64_t{1} << (bits - 1)) : 0;
  const int64_t most = (int64_t{1} << (is_signed ? bits - 1 : bits)) - 1;
  const uint64_t mask = BytesOf(type) == 8 ? ~uint64_t{0} : 0xffffffff;
  const Operand low = Value1(Op::kMax, type, {value, Imm(static_cast<uint64_t>(least) & mask)});
  return Value1(Op::kMin, type, {low, Imm(static_cast<uint64_t>(most) & mask)});
}

// What the opcode does to two parts. `type`: signed, with room for every result.
WS_HD Operand Reader::VideoOperation(Type type, Operand a, Operand b, Cmp cmp) {
  switch (op_) {
    case Op::kSetp:
      return ValueOf(Op::kSelp, type, type, {Imm(1), Imm(0), CompareOf(cmp, type, a, b)});
    case Op::kAbs:
      return Value1(Op::kAbs, type, {Value1(Op::kSub, type, {a, b})});
    case Op::kShr: {  // the average: halves go away from zero where the sum is not negative, else
                      // down.
      const Operand sum = Value1(Op::kAdd, type, {a, b});
      const Operand one =
          ValueOf(Op::kSelp, type, type, {Imm(1), Imm(0), CompareOf(Cmp::kGe, type, sum, Imm(0))});
      return Value1(Op::kShr, type, {Value1(Op::kAdd, type, {sum, one}), Imm(1)});
    }
    default:
      break;
  }
  return Value1(op_, type, {a, b});
}

// vadd vsub vabsdiff vmin vmax .dtype.atype.btype{.sat}{.op2} d{.dsel}, a{.asel}, b{.bsel}{, c};
// vshl vshr .dtype.atype.u32{.sat}.mode{.op2}; vset.atype.btype.cmp{.op2}
WS_HD void Reader::ReadVideo() {
  const bool sets = op_ == Op::kSetp, is_mad = op_ == Op::kMad;
  const bool shifts = op_ == Op::kShl || op_ == Op::kShr;
  uint8_t value = 0;
  const Cmp cmp =
      sets && TakeClass(ModClass::kCompare, &value) ? static_cast<Cmp>(value) : Cmp::kNone;
  const bool sat = !is_mad && !sets && Has(Mod::kSat);
  const bool clamp = shifts && Has(Mod::kClamp), wrap = shifts && Has(Mod::kWrap);
  const bool combines = !is_mad && TakeClass(ModClass::kAtomic, &value);
  const Atomic second = static_cast<Atomic>(value);
  const Type d_type = sets ? Type::kU32 : NeedType();
  const Type a_type = NeedType(), b_type = NeedType();
  if (failed_) return;
  for (const Type t : {d_type, a_type, b_type}) {
    if (t != Type::kU32 && t != Type::kS32) {
      BadType(t);
      return;
    }
  }
  if (shifts && clamp == wrap) {
    Report(diag::Kind::kPtxLacks, tokens_[opcode_], OpcodeText(), "'.clamp' or '.wrap'");
    return;
  }
  if (shifts && b_type != Type::kU32) {
    BadType(b_type);
    return;
  }
  if (combines && second > Atomic::kMax) return BadCombination("this second operation");
  if (sets && (cmp == Cmp::kNone || cmp > Cmp::kGe)) return BadCombination("this comparison");
  if (!NeedArgs(combines || is_mad ? 4 : 3, 4)) return;
  Selector of[3];
  for (uint32_t i = 0; i < 3; ++i) {
    if (!TakeSelector(&args_[i], &of[i])) return;
    const uint32_t parts = 32 / of[i].part_bits;
    if (of[i].part_bits < 32 && (of[i].count != 1 || of[i].digits[0] >= parts)) {
      BadOperand(args_[i], "a register with a selector such as '.b0' or '.h1'");
      return;
    }
  }
  const Selector to = of[0];
  const bool merges = to.part_bits < 32;
  if (merges && (combines || is_mad || args_.size() < 4)) {
    BadOperand(args_[0], "a whole register, or one whose other parts the last operand gives");
    return;
  }
  bool minus[4] = {};
  for (uint32_t i = 1; i < args_.size() && is_mad; ++i) {
    minus[i] = args_[i].minus;
    args_[i].minus = false;
  }
  Operand sources[2];
  for (uint32_t i = 0; i < 2; ++i) {
    const bool is_signed = (i == 0 ? a_type : b_type) == Type::kS32;
    const Operand word = Src(i + 1, Type::kU32);
    if (failed_) return;
    sources[i] = PartOfWord(word, of[i + 1].part_bits, of[i + 1].digits[0], is_signed, Type::kS64);
  }
  if (is_mad) {
    return ReadVideoMad(a_type, b_type, sources[0], sources[1], minus[1] != minus[2], minus[3]);
  }
  const Operand dst = Dst(0, Type::kU32);
  const Operand c = args_.size() > 3 ? Src(3, Type::kU32) : Operand();
  if (failed_) return;
  Operand result;
  if (shifts) {
    Operand amount = Operand::Reg(Temp(Type::kU32));
    Emit(Op::kCvt, Type::kU32, {amount}, {sources[1]}).src_type = Type::kU64;
    amount = clamp ? Value1(Op::kMin, Type::kU32, {amount, Imm(32)})
                   : Value1(Op::kAnd, Type::kB32, {amount, Imm(31)});
    if (op_ == Op::kShr) {
      result = Value1(Op::kShr, Type::kS64, {sources[0], amount});
    } else {
      // By 32 places in two steps: 33 bits do not go further in one.
      const Operand most = Value1(Op::kMin, Type::kU32, {amount, Imm(31)});
      const Operand last = Value1(Op::kSub, Type::kU32, {amount, most});
      const Operand shifted = Value1(Op::kShl, Type::kB64, {sources[0], most});
      const Operand kept = sat ? Clamped(shifted, Type::kS64, 40, true) : shifted;
      result = Value1(Op::kShl, Type::kB64, {kept, last});
    }
  } else {
    result = VideoOperation(Type::kS64, sources[0], sources[1], cmp);
  }
  const bool is_signed = d_type == Type::kS32;
  if (sat) result = Clamped(result, Type::kS64, to.part_bits, is_signed);
  if (combines) {
    const Operand third = PartOfWord(c, 32, 0, is_signed, Type::kS64);
    const Op op = second == Atomic::kAdd ? Op::kAdd : second == Atomic::kMin ? Op::kMin : Op::kMax;
    result = Value1(op, Type::kS64, {result, third});
  }
  const Operand low = merges ? Operand::Reg(Temp(Type::kU32)) : dst;
  Emit(Op::kCvt, Type::kU32, {low}, {result}).src_type = Type::kU64;
  if (!merges) return;
  Emit(Op::kBfi, Type::kB32, {dst},
       {low, c, Imm(uint64_t{to.part_bits} * to.digits[0]), Imm(to.part_bits)});
}

// vmad.dtype.atype.btype{.sat}{.scale} d, {-}a{.asel}, {-}b{.bsel}, {-}c;   .po{.scale} d, a, b, c;
// The sum has more than 64 bits: two words, of which the upper one is needed by the scale.
WS_HD void Reader::ReadVideoMad(Type a_type, Type b_type, Operand a, Operand b, bool minus_product,
                                bool minus_c) {
  const bool sat = Has(Mod::kSat), plus_one = Has(Mod::kPo);
  const uint32_t scale = Has(Mod::kShr7) ? 7 : Has(Mod::kShr15) ? 15 : 0;
  if ((minus_product && minus_c) || (plus_one && (minus_product || minus_c))) {
    return BadCombination("these signs: one of the product and of c may have one, with '.po' none");
  }
  const bool is_signed = a_type == Type::kS32 || b_type == Type::kS32 || minus_product || minus_c;
  const Operand dst = Dst(0, Type::kU32), c = Src(3, Type::kU32);
  if (failed_) return;
  Operand low = Value1(Op::kMul, Type::kU64, {a, b});
  Operand high = Value1(Op::kMulHi, Type::kS64, {a, b});
  if (minus_product) {
    low = Value1(Op::kNot, Type::kB64, {low});
    high = Value1(Op::kNot, Type::kB64, {high});
  }
  const Operand third =
      minus_c ? Value1(Op::kNot, Type::kB64, {PartOfWord(c, 32, 0, is_signed, Type::kS64)})
              : PartOfWord(c, 32, 0, is_signed, Type::kS64);
  const auto add = [&](Operand value, Operand upper) {
    const Operand sum = Value1(Op::kAdd, Type::kU64, {low, value});
    const Operand carry = ValueOf(Op::kSelp, Type::kU64, Type::kU64,
                                  {Imm(1), Imm(0), CompareOf(Cmp::kLt, Type::kU64, sum, low)});
    const Operand part = Value1(Op::kAdd, Type::kU64, {high, upper});
    high = Value1(Op::kAdd, Type::kU64, {part, carry});
    low = sum;
  };
  add(third, Value1(Op::kShr, Type::kS64, {third, Imm(63)}));
  if (minus_product || minus_c || plus_one) add(Imm(1), Imm(0));
  Operand result = low;
  if (scale > 0) {
    const Operand upper = Value1(Op::kShl, Type::kB64, {high, Imm(64 - scale)});
    result = Value1(Op::kOr, Type::kB64, {upper, Value1(Op::kShr, Type::kU64, {low, Imm(scale)})});
  }
  if (sat && is_signed) result = Clamped(result, Type::kS64, 32, true);
  if (sat && !is_signed) result = Value1(Op::kMin, Type::kU64, {result, Imm(0xffffffff)});
  Emit(Op::kCvt, Type::kU32, {dst}, {result}).src_type = Type::kU64;
}

}  // namespace ws::ir::reader
