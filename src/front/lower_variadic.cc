// device-clean
// Variadic functions of the host: what is passed beyond the parameters lies in the caller's frame,
// a word each, promoted as C does it; a va_list is the address of the next one.
#include "front/lowerer.h"

namespace ws::front {

// The type as which a variable argument is passed; the error type if it cannot be.
WS_HD TypeId Lowerer::PromotedType(TypeId type) {
  const TypeKind k = kind(type);
  if (types().IsAggregate(type) || k == TypeKind::kVoid || k == TypeKind::kStruct ||
      k == TypeKind::kStdVector || IsPackedKind(k)) {
    return {};
  }
  if (IsFloatKind(k) || IsHalfKind(k)) return TypeId(TypeKind::kDouble);
  if (!IsIntegerKind(k) && !IsEnumKind(k)) return type;
  return TypeId(IsSignedKind(k) ? TypeKind::kLongLong : TypeKind::kULongLong);
}

WS_HD ir::Operand Lowerer::ArgumentList(std::span<const NodeId> args) {
  constexpr int64_t kWord = 8;
  const Value list =
      NewVariable(types().Array(TypeId(TypeKind::kULong), args.size()), true, args[0]);
  for (size_t i = 0; i < args.size(); ++i) {
    const TypeId type = types().Underlying(types().Decay(info(args[i]).type));
    const TypeId passed = PromotedType(type);
    if (passed == TypeId()) {
      Error(Kind::kCannotConvert, args[i], types().Spelling(type), "a further argument");
      continue;
    }
    StoreScalar(Displace(list, static_cast<int64_t>(i) * kWord), passed, Scalar(args[i], passed));
  }
  return Address(list);
}

// va_start and the like; false: it is another one.
WS_HD bool Lowerer::VisitList(NodeId n, const BuiltinRow& row, std::span<const NodeId> args) {
  constexpr uint64_t kWord = 8;
  const TypeId type = types().Pointer(TypeId(TypeKind::kVoid));
  switch (row.how) {
    case BuiltinHow::kVaStart:
      if (list_.IsReg()) {
        StoreScalar(value(args[0]), type, list_);
      } else {
        Error(Kind::kUnsupported, n, "va_start in a function without further arguments");
      }
      return true;
    case BuiltinHow::kVaEnd:
      return true;
    case BuiltinHow::kVaCopy:
      StoreScalar(value(args[0]), type, Scalar(args[1], type));
      return true;
    case BuiltinHow::kVaNext: {
      const Operand at =
          Compute(Op::kMov, Type::kU64, {LoadScalar(value(args[0]), type)}, Type::kU64);
      StoreScalar(value(args[0]), type,
                  Compute(Op::kAdd, Type::kU64, {at, Imm(kWord)}, Type::kU64));
      value(n) = ScalarValue(at);
      return true;
    }
    default:
      return false;
  }
}

}  // namespace ws::front
