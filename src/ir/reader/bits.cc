// Bits (PTX ISA, "Logic and Shift Instructions", bit-field and byte instructions). device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// and or xor not, also of predicates; brev
WS_HD void Reader::ReadBits() {
  const uint32_t sources = static_cast<uint32_t>(InfoOf(op_).srcs);
  const Type type = NeedType();
  const bool is_brev = op_ == Op::kBrev;
  if (!NeedTypes(type, is_brev ? op_types::B : op_types::B | op_types::P) ||
      !NeedArgs(1 + sources)) {
    return;
  }
  if (type == Type::kB8 || (is_brev && BytesOf(type) < 4)) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type);
  Operand s[2];
  for (uint32_t i = 0; i < sources && i < 2; ++i) {
    s[i] = type == Type::kPred ? Predicate(i + 1) : Src(i + 1, type);
  }
  if (!failed_) EmitSpans(op_, type, {&dst, 1}, {s, sources});
}

// cnot: 1 for 0, else 0
WS_HD void Reader::ReadLogicalNot() {
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::B) || !NeedArgs(2)) return;
  const Operand dst = Dst(0, type), a = Src(1, type);
  if (failed_) return;
  Emit(Op::kSelp, type, {dst}, {Imm(1), Imm(0), CompareOf(Cmp::kEq, type, a, Imm(0))});
}

WS_HD void Reader::ReadShift() {
  const Type type = NeedType();
  if (!NeedTypes(type, op_ == Op::kShr ? op_types::B | op_types::I : op_types::B) || !NeedArgs(3)) {
    return;
  }
  if (BytesOf(type) < 2) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type), a = Src(1, type), amount = Src(2, Type::kU32);
  if (!failed_) Emit(op_, type, {dst}, {a, amount});
}

WS_HD void Reader::ReadFunnelShift() {
  const bool left = Has(Mod::kL), right = Has(Mod::kR);
  const bool clamp = Has(Mod::kClamp), wrap = Has(Mod::kWrap);
  const Type type = NeedType();
  if (!NeedArgs(4)) return;
  if (type != Type::kB32 || left == right || clamp == wrap) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type), a = Src(1, type), b = Src(2, type);
  const Operand amount = Src(3, Type::kU32);
  if (failed_) return;
  Emit(left ? Op::kShfL : Op::kShfR, type, {dst}, {a, b, amount}).sub = clamp ? 1 : 0;
}

// popc and clz
WS_HD void Reader::ReadCountBits() {
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::B) || !NeedArgs(2)) return;
  if (BytesOf(type) < 4) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, Type::kU32), a = Src(1, type);
  if (!failed_) Emit(op_, type, {dst}, {a});
}

WS_HD void Reader::ReadFindBit() {
  const bool shift = Has(Mod::kShiftamt);
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::I) || !NeedArgs(2)) return;
  if (BytesOf(type) < 4) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, Type::kU32), a = Src(1, type);
  if (failed_) return;
  if (!shift) {
    Emit(Op::kBfind, type, {dst}, {a});
    return;
  }
  const Operand at = ValueOf(Op::kBfind, type, Type::kU32, {a});
  const Operand amount = Value1(Op::kSub, Type::kU32, {Imm(8 * BytesOf(type) - 1), at});
  const Operand none = CompareOf(Cmp::kEq, Type::kU32, at, Imm(0xffffffff));
  Emit(Op::kSelp, Type::kU32, {dst}, {at, amount, none});
}

// Where bits begin, or how many there are.
WS_HD Operand Reader::BitCount(uint32_t i) {
  const Arg& arg = args_[i];
  if (arg.kind == Arg::Kind::kInteger && arg.bits > 255) BadOperand(arg, "from 0 to 255");
  return Src(i, Type::kU32);
}

WS_HD void Reader::ReadExtractBits() {
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::I) || !NeedArgs(4)) return;
  if (BytesOf(type) < 4) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type), a = Src(1, type);
  const Operand at = BitCount(2), length = BitCount(3);
  if (!failed_) Emit(Op::kBfe, type, {dst}, {a, at, length});
}

WS_HD void Reader::ReadInsertBits() {
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::B) || !NeedArgs(5)) return;
  if (BytesOf(type) < 4) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type), a = Src(1, type), b = Src(2, type);
  const Operand at = BitCount(3), length = BitCount(4);
  if (!failed_) Emit(Op::kBfi, type, {dst}, {a, b, at, length});
}

WS_HD void Reader::ReadPermute() {
  const Type type = NeedType();
  const PermuteMode mode = Has(Mod::kF4e)    ? PermuteMode::kF4e
                           : Has(Mod::kB4e)  ? PermuteMode::kB4e
                           : Has(Mod::kRc8)  ? PermuteMode::kRc8
                           : Has(Mod::kEcl)  ? PermuteMode::kEcl
                           : Has(Mod::kEcr)  ? PermuteMode::kEcr
                           : Has(Mod::kRc16) ? PermuteMode::kRc16
                                             : PermuteMode::kAny;
  if (!NeedArgs(4)) return;
  if (type != Type::kB32) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type), a = Src(1, type), b = Src(2, type), c = Src(3, type);
  if (!failed_) Emit(Op::kPrmt, type, {dst}, {a, b, c}).sub = static_cast<uint8_t>(mode);
}

// lop3.b32 d, a, b, c, table;   lop3.or.b32 d|p, a, b, c, table, q;
WS_HD void Reader::ReadLop3() {
  uint8_t combine = 0;
  const bool combines = TakeClass(ModClass::kAtomic, &combine);
  const Type type = NeedType();
  if (!NeedArgs(combines ? 6 : 5)) return;
  const bool known = !combines || static_cast<Atomic>(combine) == Atomic::kAnd ||
                     static_cast<Atomic>(combine) == Atomic::kOr;
  if (type != Type::kB32 || !known) {
    BadType(type);
    return;
  }
  const Arg table = args_[4];
  if (table.kind != Arg::Kind::kInteger || table.is_address) {
    BadOperand(table, "a constant, of which the lowest 8 bits count");
    return;
  }
  if (combines != args_[0].second.valid()) {
    BadOperand(args_[0], combines ? "a register and a predicate, d|p" : "one register");
    return;
  }
  const Operand dst = Dst(0, type), a = Src(1, type), b = Src(2, type), c = Src(3, type);
  if (failed_) return;
  if (!combines) {
    Emit(Op::kLop3, type, {dst}, {a, b, c}).sub = static_cast<uint8_t>(table.bits);
    return;
  }
  const Operand q = Predicate(5);
  if (failed_) return;
  const Operand value = Operand::Reg(Temp(type));
  Emit(Op::kLop3, type, {value}, {a, b, c}).sub = static_cast<uint8_t>(table.bits);
  const Operand p =
      Combine(static_cast<Atomic>(combine), CompareOf(Cmp::kNe, type, value, Imm(0)), q);
  Move(dst, type, value);
  Move(Operand::Reg(args_[0].second), Type::kPred, p);
}

WS_HD void Reader::ReadFindNth() {
  const Type type = NeedType();
  if (!NeedArgs(4)) return;
  if (type != Type::kB32) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type), mask = Src(1, type);
  const Operand base = Src(2, Type::kB32), offset = Src(3, Type::kS32);
  if (!failed_) Emit(Op::kFns, Type::kB32, {dst}, {mask, base, offset});
}

WS_HD void Reader::ReadBitMask() {
  const bool clamp = Has(Mod::kClamp), wrap = Has(Mod::kWrap);
  const Type type = NeedType();
  if (!NeedArgs(3)) return;
  if (type != Type::kB32 || clamp == wrap) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type), a = Src(1, Type::kU32), b = Src(2, Type::kU32);
  if (!failed_) Emit(Op::kBmsk, type, {dst}, {a, b}).sub = clamp ? 1 : 0;
}

WS_HD void Reader::ReadSizeExtend() {
  const bool clamp = Has(Mod::kClamp), wrap = Has(Mod::kWrap);
  const Type type = NeedType();
  if (!NeedTypes(type, op_types::I) || !NeedArgs(3)) return;
  if (BytesOf(type) != 4 || clamp == wrap) {
    BadType(type);
    return;
  }
  const Operand dst = Dst(0, type), a = Src(1, type), b = Src(2, Type::kU32);
  if (!failed_) Emit(Op::kSzext, type, {dst}, {a, b}).sub = clamp ? 1 : 0;
}

}  // namespace ws::ir::reader
