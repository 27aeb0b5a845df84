// device-clean
// Temporary objects with destructors: they are destroyed where their full expression ends, last
// first, unless they have become something else. What a part of an expression makes that may be
// left out is destroyed at the end of that part.
#include "front/lower.h"
#include "front/lowerer.h"

namespace ws::front {

WS_HD void Lowerer::NoteTemporary(const Value& place, TypeId type) {
  if (kind(type) != TypeKind::kStruct || !types().NeedsDestroy(type) || !live()) return;
  temporaries_.push_back({place, type.Unqualified()});
}

// The object at that place is no temporary one any more.
WS_HD bool Lowerer::TakeTemporary(const Value& place) {
  for (uint32_t i = temporaries_.size(); i > 0; --i) {
    const Temporary& held = temporaries_[i - 1];
    if (!(held.place.operand == place.operand) || held.place.offset != place.offset) continue;
    for (uint32_t k = i; k < temporaries_.size(); ++k) temporaries_[k - 1] = temporaries_[k];
    temporaries_.truncate(temporaries_.size() - 1);
    return true;
  }
  return false;
}

// The end of what was made behind the first so many.
WS_HD void Lowerer::EndTemporaries(uint32_t first, NodeId n) {
  while (temporaries_.size() > first) {
    const Temporary last = temporaries_.back();
    temporaries_.pop_back();
    if (live()) Destroy(last.place, last.type, n);
  }
}

// A condition that is a full expression.
WS_HD ir::Operand Lowerer::WholeCondition(NodeId n) {
  const Operand condition = Condition(n);
  if (temporaries_.empty()) return condition;
  const Operand kept = Compute(Op::kMov, Type::kPred, {condition}, Type::kPred);
  EndTemporaries(0, n);
  return kept;
}

// An object that lives on as long as the scope of node `n`.
WS_HD void Lowerer::ExtendTemporary(const Value& place, TypeId type, NodeId n, EntityId entity) {
  if (TakeTemporary(place)) objects_.push_back({n, entity, place, type.Unqualified()});
}

}  // namespace ws::front
