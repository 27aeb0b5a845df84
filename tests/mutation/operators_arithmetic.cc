// Faults in arithmetic, comparisons and conditions.
#include "base/format.h"
#include "tests/mutation/operator.h"

namespace ws::mutation {
namespace {

struct Swap {
  std::string_view from, to;
};

// Exchanges the node's operator by a table of pairs that read both ways.
void SwapToken(const Subject& subject, NodeId node, Planter& planter, std::span<const Swap> pairs) {
  const NodeKind kind = subject.kind(node);
  if (kind != NodeKind::kBinary && kind != NodeKind::kAssign && kind != NodeKind::kUnary) return;
  const std::string_view token = subject.Token(node);
  for (const Swap& pair : pairs) {
    if (token == pair.from) planter.ReplaceToken(node, std::string(pair.to));
    if (token == pair.to) planter.ReplaceToken(node, std::string(pair.from));
  }
}

// The two operands joined by another operator, whatever the precedences.
void Rebuild(const Subject& subject, NodeId node, Planter& planter, std::string_view op) {
  planter.Replace(node, Format("(({}) {} ({}))", subject.Text(subject.Child(node, 0)), op,
                               subject.Text(subject.Child(node, 1))));
}

bool IsLogical(const Subject& subject, NodeId n) {
  return subject.Is(n, NodeKind::kLogicalAnd) || subject.Is(n, NodeKind::kLogicalOr);
}

}  // namespace

void SwapAddSub(const Subject& subject, NodeId node, Planter& planter) {
  if (subject.Is(node, NodeKind::kUnary) && subject.data(node) <= 1) return;  // a sign
  static constexpr Swap kPairs[] = {{"+", "-"}, {"+=", "-="}, {"++", "--"}};
  SwapToken(subject, node, planter, kPairs);
}

void SwapMulDiv(const Subject& subject, NodeId node, Planter& planter) {
  if (subject.Is(node, NodeKind::kUnary)) return;
  static constexpr Swap kPairs[] = {{"*", "/"}, {"*=", "/="}};
  SwapToken(subject, node, planter, kPairs);
}

void SwapDivRem(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.IsInteger(node)) return;
  static constexpr Swap kPairs[] = {{"/", "%"}, {"/=", "%="}};
  SwapToken(subject, node, planter, kPairs);
}

void SwapOperands(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kBinary)) return;
  switch (static_cast<BinaryOp>(subject.data(node))) {
    case BinaryOp::kSub:
    case BinaryOp::kDiv:
    case BinaryOp::kRem:
    case BinaryOp::kShl:
    case BinaryOp::kShr:
      planter.Replace(node, Format("(({}) {} ({}))", subject.Text(subject.Child(node, 1)),
                                   subject.Token(node), subject.Text(subject.Child(node, 0))));
      break;
    default:
      break;
  }
}

void DropOperand(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kBinary)) return;
  switch (static_cast<BinaryOp>(subject.data(node))) {
    case BinaryOp::kAdd:
    case BinaryOp::kMul:
      planter.Replace(node, Format("({})", subject.Text(subject.Child(node, 1))));
      [[fallthrough]];
    case BinaryOp::kSub:
    case BinaryOp::kDiv:
    case BinaryOp::kRem:
      planter.Replace(node, Format("({})", subject.Text(subject.Child(node, 0))));
      break;
    default:
      break;
  }
}

void IncludeBoundary(const Subject& subject, NodeId node, Planter& planter) {
  static constexpr Swap kPairs[] = {{"<", "<="}, {">", ">="}};
  SwapToken(subject, node, planter, kPairs);
}

void TurnComparison(const Subject& subject, NodeId node, Planter& planter) {
  static constexpr Swap kPairs[] = {{"<", ">"}, {"<=", ">="}};
  SwapToken(subject, node, planter, kPairs);
}

void SwapEqual(const Subject& subject, NodeId node, Planter& planter) {
  static constexpr Swap kPairs[] = {{"==", "!="}};
  SwapToken(subject, node, planter, kPairs);
}

void SwapAndOr(const Subject& subject, NodeId node, Planter& planter) {
  if (subject.Is(node, NodeKind::kLogicalAnd)) Rebuild(subject, node, planter, "||");
  if (subject.Is(node, NodeKind::kLogicalOr)) Rebuild(subject, node, planter, "&&");
}

void DropCondition(const Subject& subject, NodeId node, Planter& planter) {
  if (!IsLogical(subject, node)) return;
  planter.Replace(node, Format("({})", subject.Text(subject.Child(node, 0))));
  planter.Replace(node, Format("({})", subject.Text(subject.Child(node, 1))));
}

void SwapBitOperator(const Subject& subject, NodeId node, Planter& planter) {
  if (subject.IsBinary(node, BinaryOp::kBitAnd)) {
    Rebuild(subject, node, planter, "|");
    Rebuild(subject, node, planter, "^");
  }
  if (subject.IsBinary(node, BinaryOp::kBitOr) || subject.IsBinary(node, BinaryOp::kBitXor)) {
    Rebuild(subject, node, planter, "&");
  }
}

void ShiftByOne(const Subject& subject, NodeId node, Planter& planter) {
  const std::string_view token = subject.Token(node);
  const bool is_shift = subject.IsBinary(node, BinaryOp::kShl) ||
                        subject.IsBinary(node, BinaryOp::kShr) || token == "<<=" || token == ">>=";
  if (!is_shift || subject.Children(node).size() != 2) return;
  const NodeId distance = subject.Child(node, 1);
  planter.Replace(distance, Format("(({}) + 1)", subject.Text(distance)));
  planter.Replace(distance, Format("(({}) - 1)", subject.Text(distance)));
}

void TurnShift(const Subject& subject, NodeId node, Planter& planter) {
  static constexpr Swap kPairs[] = {{"<<", ">>"}, {"<<=", ">>="}};
  SwapToken(subject, node, planter, kPairs);
}

void NegateCondition(const Subject& subject, NodeId node, Planter& planter) {
  const bool asks = subject.Is(node, NodeKind::kIf) || subject.Is(node, NodeKind::kConditional) ||
                    subject.Is(node, NodeKind::kWhile);
  if (!asks) return;
  const NodeId condition = subject.Child(node, 0);
  planter.Replace(condition, Format("!({})", subject.Text(condition)));
}

void SwapBranches(const Subject& subject, NodeId node, Planter& planter) {
  const bool chooses = subject.Is(node, NodeKind::kIf) || subject.Is(node, NodeKind::kConditional);
  if (!chooses || !subject.Child(node, 2).valid()) return;
  planter.Swap(subject.Child(node, 1), subject.Child(node, 2));
}

void OverwriteAccumulator(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kAssign)) return;
  if (static_cast<BinaryOp>(subject.data(node)) == BinaryOp::kNoOp) return;
  planter.ReplaceToken(node, "=");
}

}  // namespace ws::mutation
