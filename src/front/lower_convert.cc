// device-clean
// Conversions between scalar types.
#include "front/lower.h"
#include "front/lowerer.h"

namespace ws::front {

WS_HD ir::Operand Lowerer::CvtInst(Type to, Type from, ir::Round round, Operand value, Type reg) {
  const Operand result = Operand::Reg(NewReg(reg));
  ir::Inst& inst = Emit(Op::kCvt, to, {result}, {value});
  inst.src_type = from;
  inst.round = round;
  return result;
}

WS_HD ir::Operand Lowerer::ConvertToBool(Operand value, TypeKind from) {
  if (from == TypeKind::kBool) return value;
  const bool is_float = IsFloatKind(from) || IsHalfKind(from);
  const Type type = RegType(TypeId(from));
  const Operand result = Operand::Reg(NewReg(Type::kPred));
  Emit(Op::kSetp, from == TypeKind::kPointer ? Type::kU64 : type, {result}, {value, Imm(0)}).cmp =
      is_float ? ir::Cmp::kNeu : ir::Cmp::kNe;
  return result;
}

// Halves become the nearest integer of the type where they are beyond its range, as cvt makes them.
WS_HD ir::Operand Lowerer::HalfToInteger(Operand value, Type source, TypeId to, ir::Round round) {
  const Type reg = RegType(to);
  const Operand whole = CvtInst(reg, source, round, value, reg);
  const uint64_t bits = 8 * types().Bytes(to);
  if (bits >= 32) return whole;
  const bool is_signed = IsSignedKind(kind(types().Underlying(to)));
  const uint64_t most = (uint64_t{1} << (is_signed ? bits - 1 : bits)) - 1;
  const Operand below = Compute(Op::kMin, reg, {whole, Imm(most)}, reg);
  return is_signed ? Compute(Op::kMax, reg, {below, Imm(~most & 0xffffffff)}, reg) : below;
}

// A value of one scalar type as another, by C++'s rules.
WS_HD ir::Operand Lowerer::Convert(Operand value, TypeId from_type, TypeId to_type) {
  from_type = types().Underlying(from_type);
  to_type = types().Underlying(to_type);
  const TypeKind from = kind(from_type);
  const TypeKind to = kind(to_type);
  if (from == to || to == TypeKind::kVoid || from == TypeKind::kError || to == TypeKind::kError) {
    return value;
  }
  const bool from_integer = IsIntegerKind(from) || IsEnumKind(from);
  const bool to_integer = IsIntegerKind(to) || IsEnumKind(to);
  const bool from_float = IsFloatKind(from) || IsHalfKind(from);
  const bool to_float = IsFloatKind(to) || IsHalfKind(to);
  if (to == TypeKind::kBool) {
    return ConvertToBool(value, from_integer || from_float ? from : TypeKind::kPointer);
  }
  const Type reg = RegType(to_type);
  if (from == TypeKind::kBool) {
    if (!to_integer && !to_float) return value;
    const Operand one = to_float ? FloatImm(reg, 1.0) : Imm(1);
    return Compute(Op::kSelp, reg, {one, Imm(0), value}, reg);
  }
  if (IsPackedKind(to) && IsHalfKind(from)) return PackHalves(value, value, to_type);
  if (!(from_integer || from_float) || !(to_integer || to_float)) return value;  // pointers
  const Type source = RegType(from_type);
  const uint64_t from_bytes = types().Bytes(from_type);
  const uint64_t to_bytes = types().Bytes(to_type);
  if (from_integer && to_integer) {
    if (to_bytes == 8) {
      if (from_bytes == 8) return value;
      return CvtInst(reg, source, ir::Round::kNone, value, reg);
    }
    if (from_bytes == 8) value = CvtInst(Type::kU32, Type::kU64, ir::Round::kNone, value, reg);
    if (to_bytes >= 4) return value;
    // Already in range: a smaller type of the same signedness, or unsigned into wider signed.
    if (from_bytes < to_bytes && (!IsSignedKind(from) || IsSignedKind(to))) return value;
    return CvtInst(reg, types().IrType(to_type), ir::Round::kNone, value, reg);
  }
  if (from_integer) return CvtInst(reg, source, ir::Round::kRn, value, reg);
  if (to_integer) {
    if (IsHalfKind(from)) return HalfToInteger(value, source, to_type, ir::Round::kRzi);
    const Operand whole = CvtInst(reg, source, ir::Round::kRzi, value, reg);
    if (to_bytes >= 4) return whole;
    return CvtInst(reg, types().IrType(to_type), ir::Round::kNone, whole, reg);
  }
  return CvtInst(reg, source, to_bytes < from_bytes ? ir::Round::kRn : ir::Round::kNone, value,
                 reg);
}

}  // namespace ws::front
