// device-clean
// Bases, and virtual functions.
//
// A base is the first member of what derives from it and lies where the object begins, so that a
// pointer to an object is one to its base. An object with virtual functions has a word that tells
// its class, and the side on which it was made; calls compare it with the classes there are.
#include "front/operators.h"
#include "front/walker.h"

namespace ws::front {

WS_HD void Walker::DeclareBase(NodeId n) {
  if (!InStruct()) return;
  const TypeId type = info(NodeId(n.index - 1)).type.Unqualified();
  const OpenStruct open = open_structs_.back();
  if (type == TypeId()) return;
  if (kind(type) != TypeKind::kStruct || types().Struct(type).is_union || IsClosure(type)) {
    Error(Kind::kUnsupported, n, "a base that is no struct");
    return;
  }
  if (types().IsIncomplete(type)) {
    Error(Kind::kIncompleteType, n, Spell(type));
    return;
  }
  StructInfo& own = types().Struct(open.type);
  if (own.is_union) {
    Error(Kind::kUnsupported, n, "a union with a base");
    return;
  }
  if (own.base != TypeId()) {
    Error(Kind::kUnsupported, n, "more than one base");
    return;
  }
  own.base = type;
  own.is_polymorphic |= types().Struct(type).is_polymorphic;
  StructMember field;
  field.type = type;
  field.is_base = true;
  field.is_private = tree().data(n) != 0;
  fields_.push_back(field);
}

// Whether the initialiser before a constructor's body is that of the base.
WS_HD bool Walker::NamesBase(NodeId init, TypeId self) {
  const TypeId base = types().Struct(self).base;
  if (base == TypeId()) return false;
  if (const NodeId spec = FirstOfKind(init, NodeKind::kTypeSpec); spec.valid()) {
    // Before it is walked only its place tells.
    return info(spec).type == TypeId() || info(spec).type.Unqualified() == base;
  }
  const NameId name = token(init).name;
  if (!name.valid()) return false;
  if (name == types().Struct(base).name) return true;
  if (FindField(self, name) != TypeTable::kNoField) return false;
  const EntityId e = LookUp(name);
  return e.valid() && s_->entities_[e.index].kind == EntityKind::kTypeAlias &&
         s_->entities_[e.index].type.Unqualified() == base;
}

// The word that tells the class stands behind the base, where that has none.
WS_HD void Walker::AddClassId(TypeId type) {
  const StructInfo& own = types().Struct(type);
  const bool inherited = own.base != TypeId() && types().Struct(own.base).is_polymorphic;
  if (!own.is_polymorphic || inherited) return;
  StructMember word;
  word.type = TypeId(TypeKind::kULong);
  word.is_class_id = true;
  fields_.push_back(word);
  const uint32_t first = open_structs_.back().first_field + (own.base != TypeId() ? 1 : 0);
  for (uint32_t i = fields_.size() - 1; i > first; --i) {
    fields_[i] = fields_[i - 1];
    fields_[i - 1] = word;
  }
}

// A function that is virtual in a base is so here.
WS_HD void Walker::FindOverridden(InstanceId id) {
  const Instance inst = s_->instances_[id.index];
  Entity& own = s_->entities_[inst.function.index];
  if (!inst.has_this || own.is_template ||
      (own.flags & (function_flag::kConstructor | function_flag::kDestructor |
                    function_flag::kConversion)) != 0) {
    return;
  }
  if ((own.flags & function_flag::kVirtual) != 0) own.slot = inst.function;
  const TypeId signature = SignatureOf(id);
  for (TypeId t = types().Struct(own.scope).base; t != TypeId(); t = types().Struct(t).base) {
    for (EntityId e = s_->Scope(t).members; e.valid(); e = s_->entities_[e.index].next_member) {
      const Entity& other = s_->entities_[e.index];
      if (other.kind != EntityKind::kFunction || !other.slot.valid() || other.is_template) continue;
      if (other.name != own.name || OperatorOf(other.flags) != OperatorOf(own.flags)) continue;
      const InstanceId theirs(static_cast<uint32_t>(other.bits));
      const Instance& base = s_->instances_[theirs.index];
      if (base.self.is_const() != inst.self.is_const()) continue;
      bool same = base.num_params == inst.num_params;
      for (uint32_t i = 0; same && i < inst.num_params; ++i) {
        same = SameParam(s_->params_[base.first_param + i], s_->params_[inst.first_param + i]);
      }
      if (!same) continue;
      if (SignatureOf(theirs) != signature) {
        Error(Kind::kUnsupported, inst.node,
              "a virtual function with another result than its base's");
      }
      own.slot = other.slot;
      return;
    }
  }
}

// Virtual functions may be called wherever there is an object. Finds out whether one has no body.
WS_HD void Walker::KeepVirtual(TypeId type) {
  Vec<EntityId> functions(*s_->arena_);
  for (EntityId e = s_->Scope(type).members; e.valid(); e = s_->entities_[e.index].next_member) {
    if (s_->entities_[e.index].slot.valid()) functions.push_back(e);
  }
  // What ends an object's life ends those of its members too.
  Vec<TypeId> parts(*s_->arena_);
  parts.push_back(type);
  while (!parts.empty()) {
    const TypeId part = types().InnerElement(parts.back()).Unqualified();
    parts.pop_back();
    if (!types().NeedsDestroy(part)) continue;
    if (s_->Scope(part).destructor.valid()) functions.push_back(s_->Scope(part).destructor);
    for (const StructMember& member : types().Members(part)) parts.push_back(member.type);
  }
  for (const EntityId e : functions) {
    const InstanceId own(static_cast<uint32_t>(s_->entities_[e.index].bits));
    for (const Target side : {Target::kHost, Target::kDevice}) {
      const InstanceId id = s_->OnSide(own, side);
      const Instance& inst = s_->instances_[id.index];
      if (inst.target != side || !inst.has_body) continue;
      Queue(id);
      calls_.push_back({InstanceId(0), id, inst.node});
    }
  }
  for (TypeId t = type; t != TypeId(); t = types().Struct(t).base) {
    for (EntityId e = s_->Scope(t).members; e.valid(); e = s_->entities_[e.index].next_member) {
      const Entity& entity = s_->entities_[e.index];
      if (entity.slot != e) continue;
      const EntityId last = s_->FinalOverrider(type, e);
      const InstanceId id(static_cast<uint32_t>(s_->entities_[last.index].bits));
      if (!s_->instances_[id.index].has_body) types().Struct(type).is_abstract = true;
    }
  }
}

}  // namespace ws::front
