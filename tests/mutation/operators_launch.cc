// Faults of launchers: grids, blocks, shared memory, missing calls.
#include "base/format.h"
#include "tests/mutation/operator.h"

namespace ws::mutation {
namespace {

// Argument `which` of a launch's configuration; invalid if it is not given.
NodeId ConfigPart(const Subject& subject, NodeId launch, size_t which) {
  if (!subject.Is(launch, NodeKind::kLaunch)) return {};
  return subject.Child(subject.Child(launch, 1), which);
}

// A grid or block with `change` made to its x extent.
void ChangeExtent(const Subject& subject, NodeId extent, Planter& planter, const char* change) {
  const std::string text = subject.Text(extent);
  if (subject.Type(extent) != TypeKind::kDim3) {
    planter.Replace(extent, Format("({}) {}", text, change));
  } else if (subject.Is(extent, NodeKind::kName)) {
    planter.Replace(extent, Format("dim3({0}.x {1}, {0}.y, {0}.z)", text, change));
    planter.Replace(extent, Format("dim3({0}.x, {0}.y {1}, {0}.z)", text, change));
  } else if (subject.Child(extent, 1).valid()) {  // dim3(x, y, z)
    const NodeId x = subject.Child(extent, 1);
    planter.Replace(x, Format("({}) {}", subject.Text(x), change));
  }
}

bool IsMemoryCall(std::string_view callee) {
  return callee.starts_with("cudaMemset") || callee.starts_with("cudaMemcpy") ||
         callee.starts_with("cudaMalloc") || callee.starts_with("cudaFree");
}

}  // namespace

void GridFewer(const Subject& subject, NodeId node, Planter& planter) {
  const NodeId grid = ConfigPart(subject, node, 0);
  if (grid.valid()) ChangeExtent(subject, grid, planter, "- 1");
}

void GridMore(const Subject& subject, NodeId node, Planter& planter) {
  const NodeId grid = ConfigPart(subject, node, 0);
  if (grid.valid()) ChangeExtent(subject, grid, planter, "+ 1");
}

void RoundDown(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.IsBinary(node, BinaryOp::kDiv) || !subject.IsInteger(node)) return;
  const std::string divisor = subject.Text(subject.Child(node, 1));
  NodeId sum = subject.Child(node, 0);
  while (subject.Is(sum, NodeKind::kParen)) sum = subject.Child(sum, 0);
  // (n + d - 1) / d or (n + constant) / d
  if (subject.IsBinary(sum, BinaryOp::kSub)) sum = subject.Child(sum, 0);
  if (!subject.IsBinary(sum, BinaryOp::kAdd)) return;
  planter.Replace(node, Format("({}) / {}", subject.Text(subject.Child(sum, 0)), divisor));
}

void BlockSize(const Subject& subject, NodeId node, Planter& planter) {
  const NodeId block = ConfigPart(subject, node, 1);
  if (!block.valid()) return;
  ChangeExtent(subject, block, planter, "/ 2");
  ChangeExtent(subject, block, planter, "* 2");
}

void DynamicShared(const Subject& subject, NodeId node, Planter& planter) {
  const NodeId bytes = ConfigPart(subject, node, 2);
  if (!bytes.valid() || subject.Text(bytes) == "0") return;
  planter.Replace(bytes, Format("({}) / 2", subject.Text(bytes)));
  planter.Replace(bytes, Format("({}) - 4", subject.Text(bytes)));
}

void DropLaunch(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kExprStmt)) return;
  if (subject.Is(subject.Child(node, 0), NodeKind::kLaunch)) planter.Replace(node, ";");
}

void DropMemoryCall(const Subject& subject, NodeId node, Planter& planter) {
  if (!subject.Is(node, NodeKind::kExprStmt)) return;
  const std::string_view callee = subject.Callee(subject.Child(node, 0));
  if (IsMemoryCall(callee) && !callee.starts_with("cudaMalloc")) planter.Replace(node, ";");
}

void ShortMemoryCall(const Subject& subject, NodeId node, Planter& planter) {
  const std::string_view callee = subject.Callee(node);
  if (!IsMemoryCall(callee) || callee.starts_with("cudaFree")) return;
  // The bytes are the second argument of cudaMalloc, the third of the others.
  const NodeId bytes = subject.Child(node, callee.starts_with("cudaMalloc") ? 2 : 3);
  if (bytes.valid()) planter.Replace(bytes, Format("({}) / 2", subject.Text(bytes)));
}

void ArgumentOffset(const Subject& subject, NodeId node, Planter& planter) {
  const NodeId launch = subject.Parent(node);
  if (!subject.Is(launch, NodeKind::kLaunch) || subject.Type(node) != TypeKind::kPointer) return;
  if (subject.IsValue(node)) planter.Replace(node, Format("{} + 1", subject.Text(node)));
}

}  // namespace ws::mutation
