// device-clean
// Variable templates: constants, of which each list of arguments is an instance.
#include "front/walker.h"

namespace ws::front {

WS_HD void Walker::DeclareVariableTemplate(NodeId n) {
  const NodeId declarator = FirstOfKind(n, NodeKind::kDeclarator);
  const NodeId written = FirstOfKind(declarator, NodeKind::kTemplateArgs);
  const Entity entity = TemplateEntity(EntityKind::kConstant, token(declarator).name, n);
  if (!entity.name.valid()) return;
  if (entity.within != TypeId()) {
    if (written.valid()) {
      Error(Kind::kUnsupported, declarator, "a specialisation of a template in a struct");
      return;
    }
    AddMember(entity.within, AddEntity(entity));
    return;
  }
  EntityId& slot = GlobalSlot(entity.name, SpaceOf(n));
  const bool is_one = slot.valid() && s_->entities_[slot.index].is_template &&
                      s_->entities_[slot.index].kind == EntityKind::kConstant;
  if (written.valid()) {
    if (!is_one) {
      Error(Kind::kNoTemplate, declarator, token(declarator).view());
      return;
    }
    const EntityId primary = slot;
    DeclarePattern(primary, AddEntity(entity), written);
    return;
  }
  if (slot.valid()) {
    Error(Kind::kRedeclared, declarator, token(declarator).view());
    return;
  }
  slot = AddEntity(entity);
}

// In the walk of an instance: its value.
WS_HD void Walker::SetTemplateVariable(NodeId n, TypeId type, NodeId init) {
  if (type != TypeId() && init.valid()) type = DeduceAuto(n, type, init);
  info(n).type = {};
  if (type == TypeId()) return;
  if (!init.valid()) {
    Error(Kind::kConstNeedsValue, n, token(n).view());
    return;
  }
  const uint32_t before = s_->sink_->errors();
  CheckInit(type, init);
  NodeId value = init;
  if (tree().kind(init) != NodeKind::kInitList || Children(init).size() == 1) {
    value = NodeId(init.index - 1);
  }
  uint64_t bits = 0;
  if (value == init || !ConstantAs(value, type, &bits)) {
    if (before == s_->sink_->errors() && value != init && info(value).type != TypeId()) {
      NotConstant(init, "the value of a variable template");
    } else if (before == s_->sink_->errors() && value == init) {
      Error(Kind::kUnsupported, init, "a variable template that is no scalar");
    }
    return;
  }
  info(n).type = type.Unqualified();
  info(n).constant = true;
  info(n).bits = bits;
}

// name<...>: the value. kAgain: it is being found out.
WS_HD Walker::Visit Walker::InstantiateVariable(NodeId n, EntityId variable) {
  const NodeId list = FirstOfKind(n, NodeKind::kTemplateArgs);
  if (!list.valid()) {
    CannotDeduce(n, variable, {});
    return Visit::kNext;
  }
  InstanceId id;
  if (FindTemplateInstance(n, list, variable, &id) == Visit::kAgain) return Visit::kAgain;
  if (!id.valid()) return Visit::kNext;
  const NodeId node = s_->instances_[id.index].node;
  if (!s_->instances_[id.index].queued) {
    if (!AllocateInfos(id)) return Visit::kNext;
    s_->instances_[id.index].queued = s_->instances_[id.index].has_signature = true;
    PushFrame(id, tree().first(node), node, true);
    return Visit::kAgain;
  }
  const NodeInfo value = s_->Info(id, FirstOfKind(node, NodeKind::kDeclarator));
  if (value.constant) SetConstant(n, value.type, value.bits);
  return Visit::kNext;
}

}  // namespace ws::front
