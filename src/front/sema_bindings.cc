// device-clean
// Structured bindings: names for the parts of an array, a vector or a struct.
#include "front/walker.h"

namespace ws::front {

// The names of the declarator at n, whose hidden variable has the type.
WS_HD void Walker::DeclareBindings(NodeId n, TypeId type) {
  if (!in_function() || s_->entities_[info(n).entity.index].kind != EntityKind::kLocal) {
    Error(Kind::kUnsupported, n, "a structured binding at file scope or static");
    return;
  }
  TypeId object = type == TypeId() ? type : types().StripReference(type);
  const TypeKind k = kind(object);
  const bool is_struct = k == TypeKind::kStruct;
  uint64_t parts = 0;
  if (k == TypeKind::kArray) {
    parts = types().Info(object).count;
  } else if (is_struct && types().Struct(object).is_union) {
    Error(Kind::kUnsupported, n, "a structured binding of a union");
    object = {};
  } else if (is_struct) {
    parts = types().Members(object).size();
  } else if (types().IsAggregate(object)) {
    parts = types().Components(object);
  } else if (object != TypeId()) {
    Error(Kind::kUnsupported, n, "a structured binding of what has no parts");
  }
  uint64_t names = 0;
  for (const NodeId c : Children(n)) names += tree().kind(c) == NodeKind::kBinding ? 1 : 0;
  if (parts == 0) {
    object = {};  // reported
  } else if (parts != names) {
    Error(Kind::kBindingCount, n, static_cast<int64_t>(names), Spell(object.Unqualified()),
          static_cast<int64_t>(parts));
    object = {};
  }
  uint32_t part = 0;
  for (const NodeId c : ChildList(n)) {
    if (tree().kind(c) != NodeKind::kBinding) continue;
    bool refers = false;  // what it names is not part of the object
    Entity entity;
    entity.kind = EntityKind::kLocal;
    entity.address_taken = true;
    entity.name = token(c).name;
    entity.node = c;
    entity.type_node = n;
    entity.owner = frames_.back().instance;
    if (is_struct && object != TypeId()) {
      const StructMember& member = types().Members(object)[part];
      CheckAccess(c, object, member.is_private);
      entity.type = member.type;
      refers = member.by_reference;
    } else if (object != TypeId()) {
      entity.type = k == TypeKind::kArray ? types().Element(object) : types().ComponentType(object);
    }
    if (entity.type != TypeId() && !refers) entity.type = entity.type.With(object.index & 3);
    ++part;
    const EntityId e = AddEntity(entity);
    info(c).entity = e;
    info(c).type = entity.type;
    BindLocal(e);
  }
}

}  // namespace ws::front
