// device-clean
// Jumps: gotos and switches may not enter the scope of a variable past its initialisation.
//
// Scopes nest, so that a label may be reached from where the innermost variable that is initialised
// around it is in scope, and from nowhere else.
#include "front/walker.h"

namespace ws::front {

WS_HD void Walker::NoteInitialised(NodeId declarator) {
  in_scope_.push_back(initialised_.size());
  initialised_.push_back({declarator, scope_marks_.size(), 0});
}

// The innermost scope was left.
WS_HD void Walker::EndInitialised() {
  while (!in_scope_.empty() && initialised_[in_scope_.back()].depth > scope_marks_.size()) {
    initialised_[in_scope_.back()].end = frames_.back().next;
    in_scope_.pop_back();
  }
}

// A label, or a case or default of the innermost switch.
WS_HD void Walker::VisitJumpTarget(NodeId n) {
  uint32_t row = 0;
  if (!in_scope_.empty() && initialised_[in_scope_.back()].depth > frames_.back().scopes) {
    row = in_scope_.back() + 1;
  }
  if (tree().kind(n) == NodeKind::kLabel) {
    labels_.push_back({n, frames_.back().instance, row});
    return;
  }
  if (row == 0 || switches_.empty()) return;
  const NodeId declared = initialised_[row - 1].declarator;
  if (declared.index < tree().first(switches_.back()).index) return;
  Error(Kind::kJumpPastInitialiser, n, "this label of the switch", token(declared).view());
}

// At the end of a function's body.
WS_HD void Walker::CheckGotos() {
  const InstanceId here = frames_.back().instance;
  const auto mine = [&](const Vec<Jump>& jumps) {
    return !jumps.empty() && jumps.back().instance == here;
  };
  if (mine(gotos_) && label_row_.empty() && !label_row_.append(s_->names_->size(), 0)) return;
  uint32_t first = labels_.size();
  while (first > 0 && labels_[first - 1].instance == here) --first;
  for (uint32_t i = first; mine(gotos_) && i < labels_.size(); ++i) {
    label_row_[token(labels_[i].node).name.index] = i + 1;
  }
  for (; mine(gotos_); gotos_.pop_back()) {
    const NodeId jump = gotos_.back().node;
    const uint32_t label = label_row_[token(jump).name.index];
    const uint32_t row = label == 0 ? 0 : labels_[label - 1].row;
    if (row == 0) continue;
    const Initialised& variable = initialised_[row - 1];
    const bool inside =
        jump.index > variable.declarator.index && (variable.end == 0 || jump.index <= variable.end);
    if (!inside) {
      Error(Kind::kJumpPastInitialiser, jump, token(jump).view(),
            token(variable.declarator).view());
    }
  }
  for (uint32_t i = first; !label_row_.empty() && i < labels_.size(); ++i) {
    label_row_[token(labels_[i].node).name.index] = 0;
  }
  labels_.truncate(first);
}

}  // namespace ws::front
