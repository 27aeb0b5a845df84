// cvt of types that only it and matrices have: tf32, two floats of 8 bits, packed integers (PTX
// ISA, cvt and cvt.pack). device-clean
#include "ir/reader/reader.h"

namespace ws::ir::reader {

// False if the instruction has none of these types; it is read otherwise.
WS_HD bool Reader::ConvertNarrow(Inst modifiers) {
  for (uint32_t i = 0; i < num_mods_; ++i) {
    switch (mods_[i].mod) {
      case Mod::kTf32:
        ConvertToTf32(modifiers);
        return true;
      case Mod::kE4m3x2:
      case Mod::kE5m2x2:
        ConvertFloat8(modifiers);
        return true;
      case Mod::kPack:
        ConvertPack(modifiers);
        return true;
      default:
        break;
    }
  }
  return false;
}

// cvt.rna{.satfinite}.tf32.f32 d, a;   cvt.rn{.relu}.tf32.f32 d, a;   and .rz
WS_HD void Reader::ConvertToTf32(Inst modifiers) {
  const bool away = Has(Mod::kRna);
  const bool known = Has(Mod::kTf32) && TakeType() == Type::kF32;
  const bool relu = (modifiers.sub & kFloatRelu) != 0;
  const bool satfinite = (modifiers.sub & kFloatSatfinite) != 0;
  const bool rounds = modifiers.round == Round::kRn || modifiers.round == Round::kRz;
  if (!known || modifiers.ftz || modifiers.sat || (away ? relu : satfinite) ||
      (away ? modifiers.round != Round::kNone : !rounds)) {
    return BadCombination("this rounding or these types");
  }
  if (!NeedArgs(2)) return;
  const Operand dst = Dst(0, Type::kB32), src = Src(1, Type::kF32);
  if (!failed_ && IsFloat(builder_->RegType(dst.reg()))) {
    BadOperand(args_[0], "a register of type '.b32'");
  }
  if (failed_) return;
  Inst& inst = Emit(Op::kCvt, Type::kTF32, {dst}, {src});
  inst.src_type = Type::kF32;
  inst.round = away ? Round::kRna : modifiers.round;
  inst.sub = modifiers.sub;
}

// cvt.rn.satfinite{.relu}.e4m3x2.f32 d, a, b: a goes to the upper byte;   .e4m3x2.f16x2 d, a;
// cvt.rn{.relu}.f16x2.e4m3x2 d, a
WS_HD void Reader::ConvertFloat8(Inst modifiers) {
  bool from_bytes = false;  // a type stands before that of the bytes
  Type type = Type::kNone;
  Type byte = Type::kNone;
  for (uint32_t i = 0; i < num_mods_; ++i) {
    const ModInfo info = InfoOf(mods_[i].mod);
    if (mods_[i].mod == Mod::kE4m3x2 || mods_[i].mod == Mod::kE5m2x2) {
      byte = mods_[i].mod == Mod::kE4m3x2 ? Type::kE4M3 : Type::kE5M2;
      from_bytes = type != Type::kNone;
      mods_[i].taken = true;
      break;
    }
    if (mods_[i].mod != Mod::kCount && info.cls == ModClass::kType && !mods_[i].taken) {
      type = static_cast<Type>(info.value);
    }
  }
  type = TakeType();
  const bool satfinite = (modifiers.sub & kFloatSatfinite) != 0;
  const bool types = type == Type::kF16x2 || (type == Type::kF32 && !from_bytes);
  if (!types || modifiers.round != Round::kRn || modifiers.ftz || modifiers.sat ||
      satfinite == from_bytes) {
    return BadCombination("this rounding or these types: '.rn', to bytes '.satfinite' too");
  }
  const bool two = type == Type::kF32;
  if (!NeedArgs(two ? 3 : 2)) return;
  const auto convert = [&](Type to, Type from, Operand a) {
    const Operand d = Operand::Reg(Temp(to));
    Inst& inst = Emit(Op::kCvt, to, {d}, {a});
    inst.src_type = from;
    inst.round = Round::kRn;
    inst.sub = modifiers.sub;
    return d;
  };
  if (from_bytes) {
    const Operand dst = Dst(0, Type::kF16x2), a = Src(1, Type::kB16);
    if (failed_) return;
    const Operand upper = Value1(Op::kShr, Type::kU16, {a, Imm(8)});
    const Operand low = convert(Type::kF16, byte, a), high = convert(Type::kF16, byte, upper);
    Emit(Op::kPack, Type::kB32, {dst}, {low, high});
    return;
  }
  const Operand dst = Dst(0, Type::kB16);
  Operand high, low;
  if (two) {
    high = Src(1, Type::kF32);
    low = Src(2, Type::kF32);
  } else {
    const Operand a = Src(1, Type::kF16x2);
    if (failed_) return;
    low = Operand::Reg(Temp(Type::kF16));
    high = Operand::Reg(Temp(Type::kF16));
    Emit(Op::kUnpack, Type::kB32, {low, high}, {a});
  }
  if (failed_) return;
  const Type from = two ? Type::kF32 : Type::kF16;
  const Operand low_byte = convert(byte, from, low), high_byte = convert(byte, from, high);
  Emit(Op::kOr, Type::kB16, {dst}, {Value1(Op::kShl, Type::kB16, {high_byte, Imm(8)}), low_byte});
}

// cvt.pack.sat.type.s32{.b32} d, a, b{, c}: a behind b, and behind both what c has.
WS_HD void Reader::ConvertPack(Inst modifiers) {
  Has(Mod::kPack);
  const bool two_bits_signed = Has(Mod::kS2), two_bits = Has(Mod::kU2) || two_bits_signed;
  const Type to = two_bits ? Type::kNone : TakeElement();
  const Type from = TakeType();
  const Type third = TakeType();
  const uint32_t bits = two_bits ? 2 : BitsOf(to);
  const bool is_signed = two_bits_signed || to == Type::kS4 || IsSigned(to);
  const bool integer =
      two_bits || to == Type::kS4 || to == Type::kU4 || IsSigned(to) || IsUnsigned(to);
  if (!modifiers.sat) {
    Report(diag::Kind::kPtxLacks, tokens_[opcode_], OpcodeText(), "'.sat'");
    return;
  }
  const bool plain = !modifiers.ftz && modifiers.sub == 0 && modifiers.round == Round::kNone;
  if (!plain || !integer || bits > 16 || from != Type::kS32 ||
      third != (bits == 16 ? Type::kNone : Type::kB32)) {
    return BadCombination("these types");
  }
  if (!NeedArgs(bits == 16 ? 3 : 4)) return;
  const Operand dst = Dst(0, Type::kB32);
  const int64_t least = is_signed ? -(int64_t{1} << (bits - 1)) : 0;
  const int64_t most = (int64_t{1} << (is_signed ? bits - 1 : bits)) - 1;
  const auto imm = [&](int64_t value) {
    return Imm(static_cast<uint32_t>(static_cast<int32_t>(value)));
  };
  Operand parts[2];
  for (uint32_t i = 0; i < 2; ++i) {
    const Operand a = Src(2 - i, Type::kS32);
    if (failed_) return;
    parts[i] =
        Value1(Op::kMin, Type::kS32, {Value1(Op::kMax, Type::kS32, {a, imm(least)}), imm(most)});
  }
  Operand rest = Imm(0);
  if (bits < 16) rest = Value1(Op::kShl, Type::kB32, {Src(3, Type::kB32), Imm(2 * bits)});
  if (failed_) return;
  const Operand low = Value1(Op::kBfi, Type::kB32, {parts[0], rest, Imm(0), Imm(bits)});
  Emit(Op::kBfi, Type::kB32, {dst}, {parts[1], low, Imm(bits), Imm(bits)});
}

}  // namespace ws::ir::reader
