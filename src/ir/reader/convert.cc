// Moves, conversions and comparisons (PTX ISA, "Comparison and Selection", "Data Movement and
// Conversion Instructions"). device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// --- mov

// Of what type the elements are that make up a value of the type.
WS_HD Type Reader::PartOf(const Arg& vector, Type type) {
  const uint32_t count = vector.count;
  const uint32_t bytes = count == 0 ? 0 : BytesOf(type) / count;
  const bool untyped = type >= Type::kB8 && type <= Type::kB64;
  if ((count != 2 && count != 4) || bytes == 0 || !untyped || vector.is_wide) {
    BadOperand(vector, "2 or 4 registers that make up the type");
  }
  return bytes == 4 ? Type::kB32 : bytes == 2 ? Type::kB16 : Type::kB8;
}

// {a, b, ...} = value
WS_HD void Reader::UnpackTo(const Arg& vector, Type type) {
  const std::span<const Arg> elements = ElementsOf(vector);
  const uint32_t count = static_cast<uint32_t>(elements.size());
  const Type part = PartOf(vector, type);
  if (failed_) return;
  const Operand from = Src(1, type);
  Operand dsts[4];
  for (uint32_t i = 0; i < count; ++i) dsts[i] = DstOf(elements[i], part);
  if (!failed_) EmitSpans(Op::kUnpack, type, {dsts, count}, {&from, 1});
}

WS_HD Operand Reader::PackFrom(const Arg& vector, Type type) {
  const std::span<const Arg> elements = ElementsOf(vector);
  const uint32_t count = static_cast<uint32_t>(elements.size());
  const Type part = PartOf(vector, type);
  if (failed_) return {};
  Operand srcs[4];
  for (uint32_t i = 0; i < count; ++i) {
    const bool fraction = elements[i].kind == Arg::Kind::kFloat64 && part == Type::kB32;
    srcs[i] = SrcOf(elements[i], fraction ? Type::kF32 : part);
  }
  const Operand value = Operand::Reg(Temp(type));
  if (!failed_) EmitSpans(Op::kPack, type, {&value, 1}, {srcs, count});
  return value;
}

// mov.v4.u32 {a, b, c, d}, %tid;
WS_HD void Reader::MoveVectorSpecial(uint32_t count) {
  const Type type = NeedType();
  if (failed_ || !NeedArgs(2)) return;
  const std::span<const Arg> dsts = ElementsOf(args_[0]);
  const uint32_t bytes = BytesOf(type);
  if (count != 4 || bytes < 2 || bytes == 8 || IsFloat(type)) {
    BadType(type);
    return;
  }
  if (dsts.size() != count) {
    BadOperand(args_[0], "as many registers as the vector has elements");
    return;
  }
  Operand values[4];
  for (uint32_t i = 0; i < count; ++i) {
    values[i] = ValueOf(Op::kMov, Type::kB32, Type::kB32, {SpecialElement(args_[1], i)});
  }
  for (uint32_t i = 0; i < count; ++i) {
    const Operand dst = DstOf(dsts[i], type);
    if (failed_) return;
    if (bytes == 2) {
      Emit(Op::kCvt, Type::kU16, {dst}, {values[i]}).src_type = Type::kU32;
    } else {
      Move(dst, type, values[i]);
    }
  }
}

// mov.v2.u32 {a, b}, c;   also of vectors as registers
WS_HD void Reader::MoveVector(uint32_t count) {
  if (args_[1].kind == Arg::Kind::kVectorSpecial) return MoveVectorSpecial(count);
  const Type written = NeedType();
  if (!NeedArgs(2)) return;
  // Integers and floats move as their bits.
  const Type type = BytesOf(written) == 8   ? Type::kB64
                    : BytesOf(written) == 4 ? Type::kB32
                                            : Type::kB16;
  const Arg to = args_[0], from = args_[1];
  for (const Arg& arg : {to, from}) {
    if (arg.kind != Arg::Kind::kVector || arg.count != count || arg.is_wide) {
      BadOperand(arg, "as many elements as the vector has");
      return;
    }
  }
  Operand values[4];
  for (uint32_t i = 0; i < count; ++i) {
    const Operand value = SrcOf(ElementsOf(from)[i], type);
    if (failed_) return;
    values[i] = ValueOf(Op::kMov, type, type, {value});
  }
  for (uint32_t i = 0; i < count; ++i) {
    const Operand dst = DstOf(ElementsOf(to)[i], type);
    if (failed_) return;
    if (ElementsOf(to)[i].kind != Arg::Kind::kSink) Move(dst, type, values[i]);
  }
}

// mov.b128: of registers of 128 bits, and of 2 or 4 registers that make up one.
WS_HD void Reader::MoveWide() {
  if (!NeedArgs(2)) return;
  const Arg to = args_[0], from = args_[1];
  const auto fits = [](const Arg& arg) {
    return arg.kind == Arg::Kind::kVector && (arg.is_wide || (arg.is_list && arg.count != 3));
  };
  const bool is_constant = from.kind == Arg::Kind::kInteger && !from.is_address;
  if (!fits(to) || !(fits(from) || is_constant) || to.count > 4 || from.count > 4 ||
      !(to.is_wide || from.is_wide)) {
    BadOperand(fits(to) ? from : to, "a register of 128 bits, or 2 or 4 that make up one");
    return;
  }
  Operand halves[2] = {Imm(from.bits), Imm(0)};
  const std::span<const Arg> srcs = ElementsOf(from), dsts = ElementsOf(to);
  for (uint32_t i = 0; i < 2 && !is_constant; ++i) {
    if (srcs.size() == 2) {
      const Operand half = SrcOf(srcs[i], Type::kB64);
      if (!failed_) halves[i] = ValueOf(Op::kMov, Type::kB64, Type::kB64, {half});
    } else {
      const Operand low = SrcOf(srcs[2 * i], Type::kB32), high = SrcOf(srcs[2 * i + 1], Type::kB32);
      if (!failed_) halves[i] = ValueOf(Op::kPack, Type::kB64, Type::kB64, {low, high});
    }
  }
  for (uint32_t i = 0; i < 2 && !failed_; ++i) {
    if (dsts.size() == 2) {
      const Operand dst = DstOf(dsts[i], Type::kB64);
      if (!failed_) Move(dst, Type::kB64, halves[i]);
    } else {
      const Operand low = DstOf(dsts[2 * i], Type::kB32), high = DstOf(dsts[2 * i + 1], Type::kB32);
      if (!failed_) Emit(Op::kUnpack, Type::kB64, {low, high}, {halves[i]});
    }
  }
}

WS_HD void Reader::ReadMove() {
  uint8_t count = 0;
  if (TakeClass(ModClass::kVector, &count)) return MoveVector(count);
  if (Has(Mod::kB128)) return MoveWide();
  const Type type = NeedType();
  if (!NeedArgs(2)) return;
  if (args_[0].kind == Arg::Kind::kVector && !args_[0].is_address) return UnpackTo(args_[0], type);
  const Operand dst = Dst(0, type);
  if (failed_) return;
  if (args_[1].kind == Arg::Kind::kVector) {
    const Operand value = PackFrom(args_[1], type);
    if (!failed_) Move(dst, type, value);
    return;
  }
  Operand src;
  if (args_[1].kind == Arg::Kind::kSpecial && IsSpecialOf(args_[1], type)) {
    src = Operand::SpecialReg(static_cast<Special>(args_[1].index));
  } else {
    src = type == Type::kPred ? Predicate(1) : Src(1, type);
  }
  if (failed_) return;
  const bool is_bits = BytesOf(type) == 8 || BytesOf(type) == 4 || type == Type::kPred;
  Move(dst, is_bits || IsFloat(type) ? type : Type::kB16, src);
}

// --- cvt

// cvt.f16x2.f32 d, a, b: the first source goes to the upper half.
WS_HD void Reader::ConvertPacked(Type type, Inst modifiers) {
  const Type half = type == Type::kF16x2 ? Type::kF16 : Type::kBF16;
  const Operand dst = Dst(0, type);
  Operand parts[2];
  for (uint32_t i = 0; i < 2; ++i) {
    const Operand a = Src(2 - i, Type::kF32);
    if (failed_) return;
    parts[i] = Operand::Reg(Temp(half));
    Inst& inst = Emit(Op::kCvt, half, {parts[i]}, {a});
    inst.src_type = Type::kF32;
    inst.round = modifiers.round;
    inst.sub = modifiers.sub;
  }
  Emit(Op::kPack, Type::kB32, {dst}, {parts[0], parts[1]});
}

WS_HD void Reader::ReadConvert() {
  Inst m;
  m.round = TakeRound();
  m.ftz = Has(Mod::kFtz);
  m.sat = Has(Mod::kSat);
  const bool relu = Has(Mod::kRelu), satfinite = Has(Mod::kSatfinite);
  m.sub = static_cast<uint8_t>((relu ? kFloatRelu : 0) | (satfinite ? kFloatSatfinite : 0));
  for (const Mod other : {Mod::kE2m1x2, Mod::kE2m3x2, Mod::kE3m2x2, Mod::kUe8m0x2, Mod::kRs}) {
    if (Has(other)) return Refuse();
  }
  if (ConvertNarrow(m)) return;
  const Type to = NeedType(), from = NeedType();
  if (failed_ || to == Type::kPred || from == Type::kPred) {
    if (!failed_) BadType(Type::kPred);
    return;
  }
  if (to == Type::kF16x2 || to == Type::kBF16x2) {
    if (from != Type::kF32) {
      BadType(from);
      return;
    }
    if (NeedArgs(3)) ConvertPacked(to, m);
    return;
  }
  if (!NeedArgs(2)) return;
  if (from == Type::kF16x2 || from == Type::kBF16x2 || (m.sub != 0 && !IsFloat(to))) {
    BadType(from);
    return;
  }
  // A rounding is to be said where digits may be lost.
  const bool to_float = IsFloat(to), from_float = IsFloat(from);
  const bool integral = m.round >= Round::kRni && m.round <= Round::kRpi;
  const bool loses = BytesOf(to) < BytesOf(from) || (BytesOf(to) == 2 && to != from);
  const bool rounds = to_float ? !from_float || loses : from_float;
  if (rounds && m.round == Round::kNone) return Refuse();  // between f16 and bf16
  if (!rounds && !integral) m.round = Round::kNone;        // that of an exact conversion
  const bool special = args_[1].kind == Arg::Kind::kSpecial || args_[1].is_fixed;
  if (special && (to_float || from_float)) {
    BadOperand(args_[1], "a register: special ones are converted to integers alone");
    return;
  }
  const bool exact = to == Type::kBF16 || from == Type::kBF16;  // no wider registers
  if (exact && BytesOf(to) > 1 && BytesOf(from) > 1 &&
      (IsWider(args_[0], to) || IsWider(args_[1], from))) {
    BadOperand(args_[IsWider(args_[0], to) ? 0 : 1], "a register of the type's own size");
    return;
  }
  Operand src;
  if (IsWider(args_[1], from)) {
    src = NarrowFrom(args_[1], from);
  } else if (args_[1].kind == Arg::Kind::kSpecial && BytesOf(from) < 4) {
    src = Src(1, Type::kU32);  // %tid.x as 16 bits, as old PTX reads it
  } else {
    src = Src(1, from);
  }
  const bool widens = IsWider(args_[0], to);
  const Operand dst = widens ? Operand::Reg(Temp(to)) : Dst(0, to);
  if (failed_) return;
  Inst& inst = Emit(Op::kCvt, to, {dst}, {src});
  inst.src_type = from;
  inst.round = m.round;
  inst.ftz = m.ftz;
  inst.sat = m.sat;
  inst.sub = m.sub;
  if (widens) WidenTo(args_[0], to, dst.reg());
}

WS_HD void Reader::ReadConvertAddress() {
  const bool to = Has(Mod::kTo);
  uint8_t value = 0;
  TakeClass(ModClass::kSpace, &value);
  const Space space = static_cast<Space>(value);
  const Type type = NeedType();
  if (!NeedArgs(2)) return;
  if (BytesOf(type) != 8) {
    BadType(type);
    return;
  }
  if (args_[1].kind == Arg::Kind::kSymbol && !args_[1].is_address) {
    const Binding b = args_[1].binding;
    const Space own = b.meaning == Meaning::kGlobal  ? module_->globals[b.index].space
                      : b.meaning == Meaning::kFrame ? Space::kLocal
                                                     : Space::kParam;
    if (to || (own != space && b.meaning != Meaning::kFrame)) {
      BadOperand(args_[1], to ? "a register" : "a variable of this state space");
      return;
    }
  }
  const Operand dst = Dst(0, Type::kU64), src = Src(1, Type::kU64);
  if (failed_) return;
  if (space == Space::kParam) {
    Move(dst, Type::kU64, src);
    return;
  }
  const Operand from = src.IsReg() ? src : ValueOf(Op::kMov, Type::kU64, Type::kU64, {src});
  Emit(to ? Op::kCvtaTo : Op::kCvta, Type::kU64, {dst}, {from}).space = space;
}

// --- setp, set, selp, slct

// The words of setp and set: comparison, what to combine its result with, and the type compared.
WS_HD Cmp Reader::ReadComparison(Type* type, bool* ftz, Atomic* combine, bool* combines) {
  uint8_t value = 0;
  Cmp cmp = Cmp::kNone;
  if (TakeClass(ModClass::kCompare, &value)) cmp = static_cast<Cmp>(value);
  *combines = TakeClass(ModClass::kAtomic, &value);
  *combine = static_cast<Atomic>(value);
  *ftz = Has(Mod::kFtz);
  *type = NeedType();
  return cmp;
}

WS_HD Operand Reader::Combine(Atomic combine, Operand p, Operand c) {
  const Op op = combine == Atomic::kAnd ? Op::kAnd : combine == Atomic::kOr ? Op::kOr : Op::kXor;
  return Value1(op, Type::kPred, {p, c});
}

WS_HD void Reader::ReadCompare() {
  Type type;
  bool ftz = false, combines = false;
  Atomic combine = Atomic::kAnd;
  const Cmp cmp = ReadComparison(&type, &ftz, &combine, &combines);
  if (!NeedTypes(type, op_types::I | op_types::B | op_types::F | op_types::H) ||
      !NeedArgs(combines ? 4 : 3)) {
    return;
  }
  const bool unsigned_only =
      cmp == Cmp::kLo || cmp == Cmp::kLs || cmp == Cmp::kHi || cmp == Cmp::kHs;
  const bool unordered = cmp >= Cmp::kEqu;
  const bool untyped = type >= Type::kB8 && type <= Type::kB64;
  if ((IsFloat(type) ? unsigned_only : unordered) ||
      (untyped && cmp != Cmp::kEq && cmp != Cmp::kNe) || BytesOf(type) < 2 ||
      (ftz && !IsFloat(type))) {
    BadType(type);
    return;
  }
  const Operand a = Src(1, type), b = Src(2, type);
  const Operand c = combines ? Predicate(3) : Operand();
  const Operand dst = Dst(0, Type::kPred);
  const bool has_second = args_[0].second.valid();
  if (has_second && (type == Type::kF16 || type == Type::kBF16)) {
    BadOperand(args_[0], "one predicate: two are of packed halves");
  }
  if (failed_) return;
  Operand p, q;
  if (type == Type::kF16x2 || type == Type::kBF16x2) {  // p of the lower halves, q of the upper
    const Type half = type == Type::kF16x2 ? Type::kF16 : Type::kBF16;
    Operand halves[2][2];
    const Operand from[2] = {a, b};
    for (uint32_t k = 0; k < 2; ++k) {
      halves[k][0] = Operand::Reg(Temp(half));
      halves[k][1] = Operand::Reg(Temp(half));
      Emit(Op::kUnpack, Type::kB32, {halves[k][0], halves[k][1]}, {from[k]});
    }
    Operand* const results[2] = {&p, &q};
    for (uint32_t i = 0; i < 2; ++i) {
      *results[i] = Operand::Reg(Temp(Type::kPred));
      Inst& inst = Emit(Op::kSetp, half, {*results[i]}, {halves[0][i], halves[1][i]});
      inst.cmp = cmp;
      inst.ftz = ftz;
    }
  } else if (!combines && !has_second) {
    Inst& inst = Emit(Op::kSetp, type, {dst}, {a, b});
    inst.cmp = cmp;
    inst.ftz = ftz;
    return;
  } else {
    p = Operand::Reg(Temp(Type::kPred));
    Inst& inst = Emit(Op::kSetp, type, {p}, {a, b});
    inst.cmp = cmp;
    inst.ftz = ftz;
    q = Value1(Op::kNot, Type::kPred, {p});
  }
  if (combines) {
    p = Combine(combine, p, c);
    if (has_second) q = Combine(combine, q, c);
  }
  // The guard's register is written last.
  const bool guard_first = guard_.valid() && dst.reg() == guard_;
  if (has_second && guard_first) Move(Operand::Reg(args_[0].second), Type::kPred, q);
  Move(dst, Type::kPred, p);
  if (has_second && !guard_first) Move(Operand::Reg(args_[0].second), Type::kPred, q);
}

// set: all ones or 1.0 where the comparison holds, else 0.
WS_HD void Reader::ReadCompareToValue() {
  Type to;
  bool ftz = false, combines = false;
  Atomic combine = Atomic::kAnd;
  const Cmp cmp = ReadComparison(&to, &ftz, &combine, &combines);
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::I | op_types::B | op_types::F | op_types::H) ||
      !NeedArgs(combines ? 4 : 3)) {
    return;
  }
  const bool packed = type == Type::kF16x2 || type == Type::kBF16x2;
  const bool halves = to == Type::kF16 || to == Type::kBF16 || to == Type::kU16 || to == Type::kS16;
  const bool known = to == Type::kU32 || to == Type::kS32 || to == Type::kF32 ||
                     to == Type::kF16x2 || to == Type::kBF16x2 || halves;
  const bool to_packed = to == Type::kF16x2 || to == Type::kBF16x2;
  if (!known || (to_packed && !packed)) {
    BadType(to);
    return;
  }
  const Operand dst = Dst(0, to), a = Src(1, type), b = Src(2, type);
  const Operand c = combines ? Predicate(3) : Operand();
  if (failed_) return;
  const uint64_t one = to == Type::kF32                           ? 0x3f800000
                       : to == Type::kF16 || to == Type::kF16x2   ? 0x3c00
                       : to == Type::kBF16 || to == Type::kBF16x2 ? 0x3f80
                       : halves || packed                         ? 0xffff
                                                                  : 0xffffffff;
  const auto compare = [&](Type t, Operand x, Operand y) {
    Operand p = Operand::Reg(Temp(Type::kPred));
    Inst& inst = Emit(Op::kSetp, t, {p}, {x, y});
    inst.cmp = cmp;
    inst.ftz = ftz;
    return combines ? Combine(combine, p, c) : p;
  };
  if (!packed) {
    Emit(Op::kSelp, to, {dst}, {Imm(one), Imm(0), compare(type, a, b)});
    return;
  }
  const Type half = type == Type::kF16x2 ? Type::kF16 : Type::kBF16;
  const Operand from[2] = {a, b};
  Operand parts[2][2], results[2];
  for (uint32_t k = 0; k < 2; ++k) {
    parts[k][0] = Operand::Reg(Temp(half));
    parts[k][1] = Operand::Reg(Temp(half));
    Emit(Op::kUnpack, Type::kB32, {parts[k][0], parts[k][1]}, {from[k]});
  }
  for (uint32_t i = 0; i < 2; ++i) {
    results[i] =
        Value1(Op::kSelp, Type::kB16, {Imm(one), Imm(0), compare(half, parts[0][i], parts[1][i])});
  }
  Emit(Op::kPack, Type::kB32, {dst}, {results[0], results[1]});
}

WS_HD void Reader::ReadSelect() {
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::I | op_types::B | op_types::F | op_types::H) || !NeedArgs(4))
    return;
  const Operand dst = Dst(0, type), a = Src(1, type), b = Src(2, type), c = Predicate(3);
  if (!failed_) Emit(Op::kSelp, type, {dst}, {a, b, c});
}

// slct: a where c >= 0, else b; also where c is NaN.
WS_HD void Reader::ReadSelectBySign() {
  const bool ftz = Has(Mod::kFtz);
  const Type type = NeedType(), by = NeedType();
  if (!NeedTypes(type, op_types::I | op_types::B | op_types::F) || !NeedArgs(4)) return;
  if ((by != Type::kS32 && by != Type::kF32) || (ftz && by != Type::kF32)) {
    BadType(by);
    return;
  }
  const Operand dst = Dst(0, type), a = Src(1, type), b = Src(2, type), c = Src(3, by);
  if (failed_) return;
  const Operand p = Operand::Reg(Temp(Type::kPred));
  Inst& inst = Emit(Op::kSetp, by, {p}, {c, Imm(0)});
  inst.cmp = Cmp::kGe;
  inst.ftz = ftz;
  Emit(Op::kSelp, type, {dst}, {a, b, p});
}

}  // namespace ws::ir::reader
