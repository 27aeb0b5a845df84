// device-clean
// Copies of objects: which constructors and operators make them.
#include "front/copies.h"
#include "front/operators.h"
#include "front/walker.h"

namespace ws::front {
namespace {

// What to do behind a part of an object: look at its members, leave them out, or end.
enum class Part : uint8_t { kInto, kPast, kStop };

// Visits the type of an object, or of an array's elements, and those of the objects in it.
template <typename F>
WS_HD void WalkParts(const TypeTable& types, Arena& arena, TypeId type, const F& visit) {
  Vec<TypeId> work(arena);
  work.push_back(types.InnerElement(type).Unqualified());
  while (!work.empty()) {
    const TypeId part = work.back();
    work.pop_back();
    const Part then = visit(part);
    if (then == Part::kStop) return;
    if (then == Part::kPast || types.Kind(part) != TypeKind::kStruct) continue;
    for (const StructMember& member : types.Members(part)) {
      if (!member.by_reference) work.push_back(types.InnerElement(member.type).Unqualified());
    }
  }
}

}  // namespace

WS_HD InstanceId CopyAssignment(const Sema& sema, TypeId type, Target side, bool moves) {
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
    if (moves) {
      if (sema.Params(inst)[0].is_rvalue) break;
      continue;
    }
    if (object.is_const() || object == param) break;  // not the one that moves
  }
  return found;
}

WS_HD bool AssignsParts(const Sema& sema, TypeId type, Target side) {
  const TypeTable& types = sema.types();
  bool found = false;
  WalkParts(types, sema.arena(), type, [&](TypeId part) {
    if (types.Kind(part) == TypeKind::kStdVector) {
      found = true;
    } else if (types.Kind(part) == TypeKind::kStruct) {
      found = CopyAssignment(sema, part, side).valid();
    }
    return found ? Part::kStop : Part::kInto;
  });
  return found;
}

WS_HD bool CannotCopy(const Sema& sema, TypeId type) {
  const TypeTable& types = sema.types();
  bool found = false;
  WalkParts(types, sema.arena(), type, [&](TypeId part) {
    if (types.Kind(part) != TypeKind::kStruct) return Part::kPast;
    found = types.Struct(part).no_copy;
    if (found) return Part::kStop;
    return types.Struct(part).has_copy ? Part::kPast : Part::kInto;
  });
  return found;
}

// An object is copied from `from`: the constructors that do it for it and its members are called.
WS_HD void Walker::UseCopies(NodeId n, TypeId object, NodeId from) {
  const bool moved = moves_all_ || info(from).moved;
  WalkParts(types(), *s_->arena_, object, [&](TypeId part) {
    if (kind(part) != TypeKind::kStruct) return Part::kPast;
    StructInfo& made = types().Struct(part);
    if (made.no_copy) {
      const InstanceId moves = moved ? s_->CopyConstructor(part, Side(), true) : InstanceId();
      if (!moves.valid()) {
        Error(Kind::kDeletedCopy, n, Spell(part));
        return Part::kStop;
      }
      made.has_copy = made.needs_copy = true;
      UseFunction(moves, n);
      return Part::kPast;
    }
    if (made.has_copy) {
      const InstanceId id = s_->CopyConstructor(part, Side(), moved);
      if (id.valid()) UseFunction(id, n);
      return Part::kPast;
    }
    return made.needs_copy ? Part::kInto : Part::kPast;
  });
}

// An object is assigned to: the operators of its members that do it are called.
WS_HD void Walker::UseAssigns(NodeId n, TypeId object, bool moved) {
  WalkParts(types(), *s_->arena_, object, [&](TypeId part) {
    if (kind(part) != TypeKind::kStruct) return Part::kPast;
    const InstanceId id = CopyAssignment(*s_, part, Side(), moved);
    const bool moves =
        moved && id.valid() && s_->params_[s_->instances_[id.index].first_param].is_rvalue;
    if (types().Struct(part).no_copy && !moves) {
      Error(Kind::kDeletedCopy, n, Spell(part));
      return Part::kStop;
    }
    if (!id.valid()) return Part::kInto;
    UseFunction(id, n);
    return Part::kPast;
  });
}

}  // namespace ws::front
