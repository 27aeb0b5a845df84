// device-clean
// Inline assembly: constraints and the types of operands. The text is read when the code is
// written.
#include "front/asm_constraint.h"
#include "front/walker.h"

namespace ws::front {

using diag::Kind;

WS_HD void Walker::VisitAsm(NodeId n) {
  if (in_function() && current().target == Target::kHost) {
    Error(Kind::kUnsupported, n, "inline assembly on the host");
  }
  last_change_ = n;
}

WS_HD void Walker::VisitAsmOperand(NodeId n) {
  const NodeId value(n.index - 1);
  const bool is_output = tree().data(n) != 0;
  AsmConstraint constraint;
  if (!ReadAsmConstraint(s_->tokens(), tree().token(n).index, is_output, &constraint)) {
    Error(Kind::kAsmConstraint, n, token(n).view());
    return;
  }
  const TypeId type = info(value).type;
  if (type == TypeId() || (is_output && !CheckAssignable(value))) return;
  if (!FitsAsmConstraint(types(), is_output ? type : types().Decay(type), constraint)) {
    Error(Kind::kAsmOperandType, value, Spell(type), token(n).view());
    return;
  }
  if (constraint.letter == 'n' && !info(value).constant)
    NotConstant(value, "an operand \"n\" of asm");
}

}  // namespace ws::front
