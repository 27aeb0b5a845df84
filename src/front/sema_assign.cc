// device-clean
// Assignment of objects whose parts have an operator= of their own.
#include "front/operators.h"
#include "front/walker.h"

namespace ws::front {

WS_HD InstanceId Sema::CopyAssignment(TypeId type, Target side) const {
  EntityId e = Scope(type).members;
  while (e.valid() && (entity(e).kind != EntityKind::kFunction ||
                       OperatorOf(entity(e).flags) != TokenKind::kEqual)) {
    e = entity(e).next_member;
  }
  for (; e.valid(); e = entity(e).next) {
    if (!AssignsOwnType(InstanceId(static_cast<uint32_t>(entity(e).bits)), type)) continue;
    return OnSide(InstanceId(static_cast<uint32_t>(entity(e).bits)), side);
  }
  return {};
}

WS_HD bool Sema::AssignsOwnType(InstanceId id, TypeId type) const {
  if (!id.valid()) return false;
  const Instance& inst = instances_[id.index];
  if (inst.signature_failed || inst.num_params != 1) return false;
  const TypeId first = params_[inst.first_param].type;
  return first.kind() == TypeKind::kReference &&
         types_.Element(first).Unqualified() == type.Unqualified();
}

// What an assignment member by member calls: the operators of the parts.
WS_HD void Walker::UseAssignments(NodeId n, TypeId object) {
  Vec<TypeId> work(*s_->arena_);
  work.push_back(object.Unqualified());
  while (!work.empty()) {
    const TypeId part = work.back();
    work.pop_back();
    if (kind(part) != TypeKind::kStruct || !types().Struct(part).needs_assign) continue;
    if (types().Struct(part).has_assign) {
      const InstanceId id = s_->CopyAssignment(part, Side());
      if (id.valid()) UseFunction(id, n);
      continue;
    }
    for (const StructMember& member : types().Members(part)) {
      if (!member.by_reference) work.push_back(types().InnerElement(member.type).Unqualified());
    }
  }
}

}  // namespace ws::front
