// device-clean
// How objects begin and end: initialisers of members, what makes an object without arguments, and
// the destructors.
#include "front/member_defaults.h"
#include "front/walker.h"

namespace ws::front {

// name(value) before a constructor's body.
WS_HD void Walker::VisitMemberInit(NodeId n) {
  const TypeId self = current().self.Unqualified();
  if (self == TypeId()) return;
  const NodeId init(n.index - 1);
  const NameId name = token(n).name;
  if (name == types().Struct(self).name && !FirstOfKind(n, NodeKind::kTypeSpec).valid()) {
    info(n).type = self;
    info(n).bits = TypeTable::kNoField;
    CheckInit(self, init);
    return;
  }
  const bool is_base = NamesBase(n, self);
  const uint32_t field = is_base ? 0 : FindField(self, name);
  if (field == TypeTable::kNoField || types().NamedMembers(self)[field].owner != TypeId()) {
    ReportNoMember(n, self);
    return;
  }
  const TypeId type = types().NamedMembers(self)[field].type;
  info(n).type = type;
  info(n).bits = field;
  if (kind(type) == TypeKind::kArray && tree().kind(init) == NodeKind::kInitParen) {
    if (tree().subtree_size(init) > 1) {
      Error(Kind::kUnsupported, init, "an array initialised in parentheses");
    }
    return;
  }
  if (tree().kind(init) == NodeKind::kInitParen && tree().subtree_size(init) == 1) {
    if (types().NeedsInit(type)) RequireDefault(n, type);
    return;
  }
  if (kind(type) == TypeKind::kReference && tree().kind(init) == NodeKind::kInitList &&
      tree().subtree_size(init) > 1) {
    CheckConvert(NodeId(init.index - 1), type);
    return;
  }
  CheckInit(type, init);
}

// Before a constructor's body is walked: members that it does not name are made by default.
WS_HD void Walker::CheckMemberInits(NodeId param_list) {
  const Instance inst = current();
  const NodeId function = inst.node;
  if (!function.valid() || inst.self == TypeId()) return;
  if ((tree().data(function) & function_flag::kConstructor) == 0) return;
  const TypeId self = inst.self.Unqualified();
  Vec<uint8_t> named(*s_->arena_);
  const uint32_t count = static_cast<uint32_t>(types().NamedMembers(self).size());
  named.append(count, 0);
  bool delegates = false;
  for (const NodeId c : Children(function)) {
    if (tree().kind(c) != NodeKind::kMemberInit) continue;
    const uint32_t field = NamesBase(c, self) ? 0 : FindField(self, token(c).name);
    if (field < count) {
      if (named[field] != 0) Error(Kind::kRedeclared, c, token(c).view());
      named[field] = 1;
    } else {
      delegates |= token(c).name == types().Struct(self).name;
    }
  }
  if (types().Struct(self).is_union) return;
  for (uint32_t i = 0; i < types().Struct(self).num_members && !delegates; ++i) {
    const StructMember member = types().Members(self)[i];
    if (named[i] == 0 && member.by_reference && !IsClosure(self)) {
      Error(Kind::kReferenceNeedsValue, param_list, s_->names_->view(member.name));
    }
    if (named[i] != 0 || member.init.valid()) continue;
    if (member.made_by.valid()) {
      UseFunction(s_->DefaultOf(member, Side()), param_list);
    } else if (types().NeedsInit(member.type)) {
      RequireDefault(param_list, member.type);
    }
  }
}

// The destructors that the end of an object's life calls.
WS_HD void Walker::UseDestructors(NodeId n, TypeId type) {
  Vec<TypeId> work(*s_->arena_);
  work.push_back(types().InnerElement(type).Unqualified());
  while (!work.empty()) {
    const TypeId object = work.back();
    work.pop_back();
    if (!types().NeedsDestroy(object)) continue;
    const InstanceId id = s_->DestructorOf(object, Side());
    if (id.valid()) UseFunction(id, n);
    for (const StructMember& member : types().Members(object)) {
      work.push_back(types().InnerElement(member.type).Unqualified());
    }
  }
}

// Whether the program sees the end of such an object.
WS_HD bool Walker::HasDestructor(TypeId type) {
  Vec<TypeId> work(*s_->arena_);
  work.push_back(types().InnerElement(type).Unqualified());
  while (!work.empty()) {
    const TypeId object = work.back();
    work.pop_back();
    if (kind(object) != TypeKind::kStruct) continue;
    if (types().Struct(object).has_destructor) return true;
    for (const StructMember& member : types().Members(object)) {
      work.push_back(types().InnerElement(member.type).Unqualified());
    }
  }
  return false;
}

// Objects of the type are made without arguments: their constructors are called.
WS_HD void Walker::RequireDefault(NodeId n, TypeId type) {
  Vec<TypeId> work(*s_->arena_);
  work.push_back(types().InnerElement(type).Unqualified());
  while (!work.empty()) {
    const TypeId object = work.back();
    work.pop_back();
    if (kind(object) != TypeKind::kStruct || !types().Struct(object).needs_init) continue;
    if (types().Struct(object).has_constructor && !types().Struct(object).defaulted) {
      const InstanceId id = s_->DefaultConstructor(object, Side());
      if (!id.valid()) {
        Error(Kind::kNoDefaultConstructor, n, Spell(object));
        return;
      }
      UseFunction(id, n);
      continue;
    }
    for (const StructMember& member : types().Members(object)) {
      if (member.made_by.valid()) {
        UseFunction(s_->DefaultOf(member, Side()), n);
      } else if (!member.init.valid()) {
        work.push_back(types().InnerElement(member.type).Unqualified());
      }
    }
  }
}

// The function that was written for the default initialiser of a member, declared just before it.
WS_HD EntityId Walker::TakeDefault(TypeId type, std::string_view member) {
  for (uint32_t i = defaults_.size(); i > 0; --i) {
    const EntityId e = defaults_[i - 1];
    const Entity& entity = s_->entities_[e.index];
    const std::string_view name = s_->names_->view(entity.name).substr(kDefaultOf.size());
    if (entity.scope != type || !SameText(name, member)) continue;
    defaults_[i - 1] = defaults_.back();
    defaults_.pop_back();
    return e;
  }
  return {};
}

}  // namespace ws::front
