// device-clean
// Alias templates: each list of arguments is an instance, whose result is the type.
#include "front/walker.h"

namespace ws::front {

WS_HD void Walker::DeclareAliasTemplate(NodeId n) {
  const Entity entity = TemplateEntity(EntityKind::kTypeAlias, token(n).name, n);
  if (!entity.name.valid()) return;
  if (entity.within != TypeId()) {
    AddMember(entity.within, AddEntity(entity));
    return;
  }
  EntityId& slot = GlobalSlot(entity.name, SpaceOf(n));
  if (slot.valid()) Error(Kind::kRedeclared, n, token(n).view());
  slot = AddEntity(entity);
}

// The type that an alias template names with the arguments written at `spec`. kAgain: it is being
// found out.
WS_HD Walker::Visit Walker::InstantiateAlias(NodeId spec, EntityId alias) {
  TemplateArg args[kMaxTemplateParams];
  TemplateParams declared;
  BadTemplateArg why;
  const NodeId list = tree().LastChild(spec);
  const bool written = list.valid() && tree().kind(list) == NodeKind::kTemplateArgs;
  if (!written || !ReadTemplateParams(alias, declared, args) ||
      !TakeWrittenArgs(declared, list, args, &why)) {
    CannotDeduce(spec, alias, why);
    return Visit::kNext;
  }
  const InstanceId id = FindInstance(alias, args, declared.count, Target::kFile);
  if (!id.valid()) {
    Error(Kind::kTooManyInstances, spec, Sema::kMaxInstances);
    return Visit::kNext;
  }
  if (!s_->instances_[id.index].has_signature) {
    if (!AllocateInfos(id)) return Visit::kNext;
    s_->instances_[id.index].has_signature = true;
    const NodeId node = s_->instances_[id.index].node;
    PushFrame(id, tree().first(node), node, true, true);
    return Visit::kAgain;
  }
  const Instance& inst = s_->instances_[id.index];
  if (inst.signature_failed) {
    if (ReportFailure(id)) return Visit::kNext;
    Error(Kind::kCannotDeduce, spec, s_->NameOf(alias));
    return Visit::kNext;
  }
  const TypeId type = inst.result;
  const uint32_t flags = tree().data(spec);
  const uint32_t qualifiers = ((flags & qualifier::kConst) != 0 ? TypeId::kConst : 0u) |
                              ((flags & qualifier::kVolatile) != 0 ? TypeId::kVolatile : 0u);
  info(spec).type = type == TypeId() ? type : type.With(qualifiers);
  return Visit::kNext;
}

}  // namespace ws::front
