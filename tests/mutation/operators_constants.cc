// Faults in constants and in what variables begin with.
#include <charconv>

#include "base/format.h"
#include "tests/mutation/operator.h"

namespace ws::mutation {
namespace {

// A decimal or hexadecimal literal's value; false for others.
bool ValueOf(std::string_view text, uint64_t* value, std::string_view* suffix) {
  const bool hex = text.starts_with("0x") || text.starts_with("0X");
  if (hex) text.remove_prefix(2);
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), *value, hex ? 16 : 10);
  *suffix = text.substr(static_cast<size_t>(end - text.data()));
  return error == std::errc();
}

// A literal that only says how large a type or array is for another literal's sake is not touched.
bool IsPlaceForLiterals(const Subject& subject, NodeId n) {
  return !subject.Enclosing(n, NodeKind::kStaticAssert).valid() &&
         !subject.Enclosing(n, NodeKind::kLaunchBounds).valid();
}

}  // namespace

void OffByOne(const Subject& subject, NodeId node, Planter& planter) {
  uint64_t value = 0;
  std::string_view suffix;
  if (!subject.Is(node, NodeKind::kIntLiteral) || !IsPlaceForLiterals(subject, node)) return;
  if (!ValueOf(subject.Token(node), &value, &suffix)) return;
  planter.Replace(node, Format("{}{}", value + 1, suffix));
  planter.Replace(node, value > 0 ? Format("{}{}", value - 1, suffix) : "(-1)");
}

void DoubleConstant(const Subject& subject, NodeId node, Planter& planter) {
  uint64_t value = 0;
  std::string_view suffix;
  if (!subject.Is(node, NodeKind::kIntLiteral) || !IsPlaceForLiterals(subject, node)) return;
  if (!ValueOf(subject.Token(node), &value, &suffix) || value < 4 || value > 1 << 30) return;
  planter.Replace(node, Format("{}{}", value * 2, suffix));
  planter.Replace(node, Format("{}{}", value / 2, suffix));
}

void NudgeConstant(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kFloatLiteral)) return;
  const std::string text = subject.Text(node);
  // 1 + 2^-10 is exact in every type.
  const char* factor =
      text.ends_with('f') || text.ends_with('F') ? "1.0009765625f" : "1.0009765625";
  planter.Replace(node, Format("({} * {})", text, factor));
}

void ScaleConstant(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kFloatLiteral)) return;
  const std::string text = subject.Text(node);
  planter.Replace(node, Format("({} * 2)", text));
  planter.Replace(node, Format("({} * 0)", text));
}

void InitialValue(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kDeclarator) || !subject.InFunction(node)) return;
  const NodeId init = subject.Children(node).empty() ? NodeId() : subject.Children(node).back();
  if (!subject.Is(init, NodeKind::kInitEq)) return;
  const NodeId value = subject.Child(init, 0);
  const bool is_number =
      front::IsArithmeticKind(subject.Type(node)) || front::IsHalfKind(subject.Type(node));
  if (!is_number || subject.Is(value, NodeKind::kInitList)) return;
  const std::string text = subject.Text(value);
  const bool zero = text == "0" || text == "0.0f" || text == "0.f" || text == "0.0" || text == "0u";
  planter.Replace(value, zero ? "1" : "0");
}

}  // namespace ws::mutation
