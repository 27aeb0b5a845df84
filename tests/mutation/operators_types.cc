// Faults in types: precision and range given away.
#include "base/format.h"
#include "tests/mutation/operator.h"

namespace ws::mutation {
namespace {

constexpr const char* kHalfHeader = "cuda_fp16.h";

// The value that a declarator or an assignment gives its variable; invalid if it gives none.
NodeId GivenValue(const Subject& subject, NodeId node) {
  if (subject.Is(node, NodeKind::kAssign)) return subject.Child(node, 1);
  if (!subject.Is(node, NodeKind::kDeclarator) || subject.Children(node).empty()) return {};
  const NodeId init = subject.Children(node).back();
  return subject.Is(init, NodeKind::kInitEq) ? subject.Child(init, 0) : NodeId();
}

bool IsLiteral(const Subject& subject, NodeId n) {
  return subject.Is(n, NodeKind::kIntLiteral) || subject.Is(n, NodeKind::kFloatLiteral) ||
         subject.Is(n, NodeKind::kInitList) || subject.Info(n).constant;
}

}  // namespace

void NarrowToHalf(const Subject& subject, NodeId node, Planter& planter) {
  const NodeId value = GivenValue(subject, node);
  if (!value.valid() || subject.OnHost(node) || IsLiteral(subject, value)) return;
  if (subject.Type(value) != TypeKind::kFloat) return;
  planter.ReplaceWith(value, Format("__half2float(__float2half({}))", subject.Text(value)),
                      kHalfHeader);
}

void NarrowInteger(const Subject& subject, NodeId node, Planter& planter) {
  const NodeId value = GivenValue(subject, node);
  if (value.valid() && !IsLiteral(subject, value) && subject.Type(value) == TypeKind::kInt) {
    planter.Replace(value, Format("(short)({})", subject.Text(value)));
  }
  const bool is_cast = subject.Is(node, NodeKind::kCast);
  if (!is_cast || !subject.IsInteger(node)) return;
  const NodeId operand = subject.Child(node, 1);
  switch (subject.Type(node)) {
    case TypeKind::kLong:
    case TypeKind::kULong:
    case TypeKind::kLongLong:
    case TypeKind::kULongLong:
      if (operand.valid()) planter.Replace(node, Format("(int)({})", subject.Text(operand)));
      break;
    default:
      break;
  }
}

void DropCast(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kCast) || subject.Children(node).size() != 2) return;
  if (!front::IsArithmeticKind(subject.Type(node))) return;
  planter.Replace(node, Format("({})", subject.Text(subject.Child(node, 1))));
}

}  // namespace ws::mutation
