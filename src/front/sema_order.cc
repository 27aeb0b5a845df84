// device-clean
// The order in which the sides of an assignment are evaluated.
#include "front/walker.h"

namespace ws::front {

// The right side of an assignment comes before its left side ([expr.ass]); here it comes behind.
// Where that would show, as in a[i] = ++i, the program is refused; so it is where looking would
// take long.
WS_HD void Walker::CheckOrder(NodeId n, NodeId lhs, NodeId rhs) {
  constexpr uint32_t kMostNodes = 1024;
  const NodeId left = tree().first(lhs);
  const NodeId right = tree().first(rhs);
  const bool changes =
      last_change_.valid() && last_change_.index >= left.index && last_change_.index <= rhs.index;
  if (!changes || tree().kind(lhs) == NodeKind::kName) return;
  if (rhs.index - left.index > kMostNodes) {
    Error(Kind::kUnsupported, n, "an assignment of this length that changes variables inside");
    return;
  }
  for (uint32_t i = left.index; i <= rhs.index; ++i) {
    const NodeId c(i);
    NodeId changed;
    if (tree().kind(c) == NodeKind::kUnary && tree().data(c) >= uint32_t(UnaryOp::kPreInc)) {
      changed = NodeId(i - 1);
    } else if (tree().kind(c) == NodeKind::kAssign) {
      changed = tree().PrevSibling(c, NodeId(i - 1));
    }
    if (!changed.valid() || tree().kind(changed) != NodeKind::kName) continue;
    const EntityId e = info(changed).entity;
    const bool on_right = i >= right.index;
    const uint32_t end = on_right ? lhs.index : rhs.index;
    for (uint32_t k = on_right ? left.index : right.index; e.valid() && k <= end; ++k) {
      if (tree().kind(NodeId(k)) != NodeKind::kName || info(NodeId(k)).entity != e) continue;
      Error(Kind::kUnsupported, n,
            "an assignment of which one side changes what the other one reads");
      return;
    }
  }
}

}  // namespace ws::front
