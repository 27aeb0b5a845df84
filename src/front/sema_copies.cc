// device-clean
// Copies of objects: which constructors and operators make them.
#include "front/copies.h"
#include "front/operators.h"
#include "front/walker.h"

namespace ws::front {

WS_HD InstanceId CopyAssignment(const Sema& sema, TypeId type, Target side) {
  InstanceId found;
  for (EntityId e = sema.Scope(type).members; e.valid(); e = sema.entity(e).next_member) {
    const Entity& entity = sema.entity(e);
    if (entity.kind != EntityKind::kFunction || entity.is_template) continue;
    if (OperatorOf(entity.flags) != TokenKind::kEqual) continue;
    const InstanceId own(static_cast<uint32_t>(entity.bits));
    const Instance& inst = sema.instance(own);
    if (inst.signature_failed || inst.num_params != 1) continue;
    const TypeId param = sema.Params(inst)[0].type;
    const TypeId object = sema.types().StripReference(param);
    if (object.Unqualified() != type.Unqualified()) continue;
    found = sema.OnSide(own, side);
    if (object.is_const() || object == param) break;  // not the one that moves
  }
  return found;
}

WS_HD bool AssignsParts(const Sema& sema, TypeId type, Target side) {
  const TypeTable& types = sema.types();
  Vec<TypeId> work(sema.arena());
  work.push_back(types.InnerElement(type).Unqualified());
  while (!work.empty()) {
    const TypeId part = work.back();
    work.pop_back();
    if (types.Kind(part) == TypeKind::kStdVector) return true;
    if (types.Kind(part) != TypeKind::kStruct) continue;
    if (CopyAssignment(sema, part, side).valid()) return true;
    for (const StructMember& member : types.Members(part)) {
      if (!member.by_reference) work.push_back(types.InnerElement(member.type).Unqualified());
    }
  }
  return false;
}

WS_HD bool CannotCopy(const Sema& sema, TypeId type) {
  const TypeTable& types = sema.types();
  Vec<TypeId> work(sema.arena());
  work.push_back(types.InnerElement(type).Unqualified());
  while (!work.empty()) {
    const TypeId part = work.back();
    work.pop_back();
    if (types.Kind(part) != TypeKind::kStruct) continue;
    if (types.Struct(part).no_copy) return true;
    if (types.Struct(part).has_copy) continue;
    for (const StructMember& member : types.Members(part)) {
      if (!member.by_reference) work.push_back(types.InnerElement(member.type).Unqualified());
    }
  }
  return false;
}

// An object is copied from `from`: the constructors that do it for it and its members are called.
WS_HD void Walker::UseCopies(NodeId n, TypeId object, NodeId from) {
  const bool moved = moves_all_ || info(from).moved;
  Vec<TypeId> work(*s_->arena_);
  work.push_back(types().InnerElement(object).Unqualified());
  while (!work.empty()) {
    const TypeId part = work.back();
    work.pop_back();
    if (kind(part) != TypeKind::kStruct) continue;
    StructInfo& made = types().Struct(part);
    if (made.no_copy) {
      const InstanceId moves = moved ? s_->CopyConstructor(part, Side(), true) : InstanceId();
      if (!moves.valid()) {
        Error(Kind::kDeletedCopy, n, Spell(part));
        return;
      }
      made.has_copy = made.needs_copy = true;
      UseFunction(moves, n);
      continue;
    }
    if (made.has_copy) {
      const InstanceId id = s_->CopyConstructor(part, Side(), moved);
      if (id.valid()) UseFunction(id, n);
      continue;
    }
    if (!made.needs_copy) continue;
    for (const StructMember& member : types().Members(part)) {
      if (!member.by_reference) work.push_back(types().InnerElement(member.type).Unqualified());
    }
  }
}

// An object is assigned to: the operators of its members that do it are called.
WS_HD void Walker::UseAssigns(NodeId n, TypeId object) {
  Vec<TypeId> work(*s_->arena_);
  work.push_back(types().InnerElement(object).Unqualified());
  while (!work.empty()) {
    const TypeId part = work.back();
    work.pop_back();
    if (kind(part) != TypeKind::kStruct) continue;
    if (types().Struct(part).no_copy) {
      Error(Kind::kDeletedCopy, n, Spell(part));
      return;
    }
    if (const InstanceId id = CopyAssignment(*s_, part, Side()); id.valid()) {
      UseFunction(id, n);
      continue;
    }
    for (const StructMember& member : types().Members(part)) {
      if (!member.by_reference) work.push_back(types().InnerElement(member.type).Unqualified());
    }
  }
}

}  // namespace ws::front
