// Faults of order: statements, barriers, guards and loops.
#include "base/format.h"
#include "tests/mutation/operator.h"

namespace ws::mutation {
namespace {

bool IsSync(std::string_view callee) {
  return callee == "__syncthreads" || callee == "__syncwarp" || callee.starts_with("__threadfence");
}

// The call that a statement consists of; empty if it is none.
std::string_view CalleeOf(const Subject& subject, NodeId statement) {
  return subject.Is(statement, NodeKind::kExprStmt) ? subject.Callee(subject.Child(statement, 0))
                                                    : std::string_view();
}

struct Loop {
  NodeId init, condition, step, body;
};

// The parts of a for with all of them; false otherwise.
bool PartsOf(const Subject& subject, NodeId node, Loop* loop) {
  const std::vector<NodeId> parts = subject.Children(node);
  if (!subject.Is(node, NodeKind::kFor) || parts.size() != 4) return false;
  *loop = {parts[0], parts[1], parts[2], parts[3]};
  return true;
}

// An integer limit of a loop that counts up or down: the right side of its condition.
NodeId LimitOf(const Subject& subject, NodeId node) {
  Loop loop;
  if (!PartsOf(subject, node, &loop) || !subject.Is(loop.condition, NodeKind::kBinary)) return {};
  switch (static_cast<BinaryOp>(subject.data(loop.condition))) {
    case BinaryOp::kLt:
    case BinaryOp::kLe:
    case BinaryOp::kGt:
    case BinaryOp::kGe:
    case BinaryOp::kNe:
      break;
    default:
      return {};
  }
  const NodeId limit = subject.Child(loop.condition, 1);
  return subject.IsInteger(limit) ? limit : NodeId();
}

// +1 where a larger limit means more iterations.
int DirectionOf(const Subject& subject, NodeId limit) {
  const std::string_view op = subject.Token(subject.Parent(limit));
  return op == ">" || op == ">=" ? -1 : 1;
}

void MoveLimit(const Subject& subject, NodeId node, Planter& planter, int by) {
  const NodeId limit = LimitOf(subject, node);
  if (!limit.valid()) return;
  const int move = by * DirectionOf(subject, limit);
  planter.Replace(limit, Format("(int)({}) {} 1", subject.Text(limit), move > 0 ? "+" : "-"));
}

}  // namespace

void DropStatement(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kExprStmt) || !subject.InFunction(node)) return;
  const NodeId value = subject.Child(node, 0);
  const bool counts = subject.Is(value, NodeKind::kAssign) ||
                      (subject.Is(value, NodeKind::kCall) && !subject.OnHost(node) &&
                       !IsSync(subject.Callee(value)));
  if (counts) planter.Replace(node, ";");
}

void DropBarrier(const Subject& subject, NodeId node, Planter& planter) {
  if (IsSync(CalleeOf(subject, node))) planter.Replace(node, ";");
}

void DivergeBarrier(const Subject& subject, NodeId node, Planter& planter) {
  if (CalleeOf(subject, node) != "__syncthreads") return;
  planter.Replace(node, "if (threadIdx.x % 2 == 0) __syncthreads();");
}

void WeakenBarrier(const Subject& subject, NodeId node, Planter& planter) {
  if (CalleeOf(subject, node) == "__syncthreads") planter.Replace(node, "__syncwarp();");
  if (CalleeOf(subject, node) == "__threadfence") planter.Replace(node, "__threadfence_block();");
}

void DropGuard(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kIf) || subject.Child(node, 2).valid()) return;
  const NodeId body = subject.Child(node, 1);
  // A guard that leaves is dropped with what it guards.
  NodeId only = body;
  while (subject.Is(only, NodeKind::kCompound) && subject.Children(only).size() == 1) {
    only = subject.Child(only, 0);
  }
  const bool leaves = subject.Is(only, NodeKind::kReturn) ||
                      subject.Is(only, NodeKind::kContinue) || subject.Is(only, NodeKind::kBreak);
  planter.Replace(node, leaves ? ";" : subject.Text(body));
}

void DropBranch(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kIf)) return;
  planter.Replace(subject.Child(node, 1), "{}");
  if (subject.Child(node, 2).valid()) planter.Replace(subject.Child(node, 2), "{}");
}

void ReturnEarly(const Subject& subject, NodeId node, Planter& planter) {
  const NodeId function = subject.Parent(node);
  if (!subject.Is(node, NodeKind::kCompound) || !subject.Is(function, NodeKind::kFunction)) return;
  if ((subject.data(function) & front::function_flag::kGlobal) == 0) return;
  if (subject.Children(node).empty()) return;
  planter.InsertBefore(subject.Child(node, 0), "if (threadIdx.x == blockDim.x - 1) return;");
}

void DropJump(const Subject& subject, NodeId node, Planter& planter) {
  const bool jumps = subject.Is(node, NodeKind::kBreak) || subject.Is(node, NodeKind::kContinue) ||
                     (subject.Is(node, NodeKind::kReturn) && subject.Children(node).empty());
  if (jumps && subject.InFunction(node)) planter.Replace(node, ";");
}

void LoopStartsLate(const Subject& subject, NodeId node, Planter& planter) {
  Loop loop;
  if (!PartsOf(subject, node, &loop)) return;
  NodeId value;
  if (subject.Is(loop.init, NodeKind::kVarDecl)) {
    const NodeId declarator = subject.Child(loop.init, 1);
    const std::vector<NodeId> parts = subject.Children(declarator);
    if (!parts.empty() && subject.Is(parts.back(), NodeKind::kInitEq)) {
      value = subject.Child(parts.back(), 0);
    }
  } else if (subject.Is(loop.init, NodeKind::kExprStmt)) {
    const NodeId assign = subject.Child(loop.init, 0);
    if (subject.Is(assign, NodeKind::kAssign)) value = subject.Child(assign, 1);
  }
  if (!value.valid() || !subject.IsInteger(value)) return;
  const NodeId limit = LimitOf(subject, node);
  const bool down = limit.valid() && DirectionOf(subject, limit) < 0;
  planter.Replace(value, Format("({}) {} 1", subject.Text(value), down ? "-" : "+"));
}

void LoopEndsEarly(const Subject& subject, NodeId node, Planter& planter) {
  MoveLimit(subject, node, planter, -1);
}

void LoopGoesOn(const Subject& subject, NodeId node, Planter& planter) {
  MoveLimit(subject, node, planter, 1);
}

void LoopStep(const Subject& subject, NodeId node, Planter& planter) {
  Loop loop;
  if (!PartsOf(subject, node, &loop)) return;
  if (subject.Is(loop.step, NodeKind::kUnary)) {
    const std::string by = subject.Token(loop.step) == "--" ? "-= 2" : "+= 2";
    planter.Replace(loop.step, Format("{} {}", subject.Text(subject.Child(loop.step, 0)), by));
  } else if (subject.Is(loop.step, NodeKind::kAssign)) {
    const NodeId by = subject.Child(loop.step, 1);
    planter.Replace(by, Format("2 * ({})", subject.Text(by)));
    planter.Replace(by, Format("({}) + 1", subject.Text(by)));
  }
}

}  // namespace ws::mutation
