// device-clean
#include "front/asm_constraint.h"

namespace ws::front {

WS_HD bool ReadAsmConstraint(const Vec<Token>& tokens, uint32_t first, bool is_output,
                             AsmConstraint* constraint) {
  *constraint = {};
  constexpr uint32_t kLongest = 3;  // "=&r"
  char text[kLongest] = {};
  uint32_t size = 0, at = 0;
  for (uint32_t t = first; t < tokens.size() && tokens[t].kind == TokenKind::kString; ++t) {
    const std::string_view part = tokens[t].view();
    for (size_t i = 1; i + 1 < part.size(); ++i) {
      if (size == kLongest) return false;
      text[size++] = part.data()[i];
    }
  }
  if (is_output) {
    if (text[0] != '=' && text[0] != '+') return false;
    constraint->writes = true;
    constraint->reads = text[0] == '+';
    at = text[1] == '&' ? 2 : 1;  // results have registers of their own anyway
  } else {
    constraint->reads = true;
  }
  if (at + 1 != size) return false;
  constraint->letter = text[at];
  switch (constraint->letter) {
    case 'h':
      constraint->type = ir::Type::kB16;
      return true;
    case 'r':
      constraint->type = ir::Type::kB32;
      return true;
    case 'l':
      constraint->type = ir::Type::kB64;
      return true;
    case 'f':
      constraint->type = ir::Type::kF32;
      return true;
    case 'd':
      constraint->type = ir::Type::kF64;
      return true;
    case 'n':
      return !is_output;
    default:
      return false;
  }
}

WS_HD bool FitsAsmConstraint(const TypeTable& types, TypeId type, const AsmConstraint& constraint) {
  const TypeKind kind = types.Kind(types.Underlying(type));
  switch (constraint.letter) {
    case 'f':
      return kind == TypeKind::kFloat;
    case 'd':
      return kind == TypeKind::kDouble;
    case 'n':
      return IsIntegerKind(kind);
    default:
      if (!IsIntegerKind(kind) && kind != TypeKind::kPointer) return false;
      return types.Bytes(type) == ir::BytesOf(constraint.type) && kind != TypeKind::kBool;
  }
}

}  // namespace ws::front
