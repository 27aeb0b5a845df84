// Faults in which element is meant: thread indices, strides, pointers, components.
#include "base/format.h"
#include "tests/mutation/operator.h"

namespace ws::mutation {
namespace {

bool IsIndexVariable(std::string_view name) {
  return name == "threadIdx" || name == "blockIdx" || name == "blockDim" || name == "gridDim";
}

// The builtin index whose component the node names; empty if it is no such member.
std::string_view IndexVariable(const Subject& subject, NodeId node) {
  if (!subject.Is(node, NodeKind::kMember)) return {};
  const NodeId object = subject.Child(node, 0);
  if (!subject.Is(object, NodeKind::kName)) return {};
  return IsIndexVariable(subject.Token(object)) ? subject.Token(object) : std::string_view();
}

// Puts another parameter of the function in place of a parameter that is named.
void OtherParameter(const Subject& subject, NodeId node, Planter& planter) {
  const front::EntityId entity = subject.Info(node).entity;
  for (const NodeId param : subject.Params(node)) {
    if (!param.valid() || subject.Info(param).entity == entity) continue;
    const bool same =
        subject.Info(param).type.Unqualified() == subject.Info(node).type.Unqualified();
    if (same) planter.Replace(node, std::string(subject.Token(param)));
  }
}

bool IsParameter(const Subject& subject, NodeId node) {
  const front::EntityId entity = subject.Info(node).entity;
  for (const NodeId param : subject.Params(node)) {
    if (param.valid() && subject.Info(param).entity == entity) return true;
  }
  return false;
}

}  // namespace

void SwapXy(const Subject& subject, NodeId node, Planter& planter) {
  if (IndexVariable(subject, node).empty()) return;
  planter.ReplaceToken(node, subject.Token(node) == "x" ? "y" : "x");
}

void SwapLevel(const Subject& subject, NodeId node, Planter& planter) {
  const std::string_view name = IndexVariable(subject, node);
  if (name.empty()) return;
  static constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
      {"threadIdx", "blockIdx"}, {"blockDim", "gridDim"}};
  for (const auto& [a, b] : kPairs) {
    if (name == a) planter.ReplaceToken(subject.Child(node, 0), std::string(b));
    if (name == b) planter.ReplaceToken(subject.Child(node, 0), std::string(a));
  }
}

void OtherSize(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kName) || !subject.IsInteger(node)) return;
  if (!IsParameter(subject, node) || subject.Is(subject.Parent(node), NodeKind::kLaunch)) return;
  OtherParameter(subject, node, planter);
}

void OtherPointer(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kName) || subject.Type(node) != TypeKind::kPointer) return;
  if (!IsParameter(subject, node)) return;
  OtherParameter(subject, node, planter);
}

void ShiftIndex(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kIndex) || !subject.InFunction(node)) return;
  const NodeId at = subject.Child(node, 1);
  planter.Replace(at, Format("({}) + 1", subject.Text(at)));
  planter.Replace(at, Format("({}) - 1", subject.Text(at)));
}

void OtherComponent(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kMember) || !IndexVariable(subject, node).empty()) return;
  const std::string_view token = subject.Token(node);
  if (token == "x") planter.ReplaceToken(node, "y");
  if (token == "y") planter.ReplaceToken(node, "x");
  if (token == "z") planter.ReplaceToken(node, "w");
  if (token == "w") planter.ReplaceToken(node, "z");
}

void SharedSmaller(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kArrayOp) || subject.Children(node).empty()) return;
  const NodeId declaration = subject.Enclosing(node, NodeKind::kVarDecl);
  if (!declaration.valid()) return;
  if ((subject.data(declaration) & front::storage_flag::kShared) == 0) return;
  const NodeId bound = subject.Child(node, 0);
  planter.Replace(bound, Format("({}) - 1", subject.Text(bound)));
}

}  // namespace ws::mutation
