// device-clean
// Struct templates: each list of arguments is an instance, whose walk declares a struct of its own.
//
// The instance walks the template's parameters first, so that defaults and conversions are known:
// the arguments that come of it stand for the struct, however they were written. A partial or
// explicit specialisation is a template of its own with its own parameters; which one is meant is
// found by matching the arguments with what is written behind its name. The parameters are members
// of the struct, which is how its member functions see them.
#include "front/walker.h"

namespace ws::front {

// The specifier of the declaration at n that has the members.
WS_HD NodeId Walker::StructOf(NodeId n) const {
  const NodeId spec = FirstOfKind(n, NodeKind::kTypeSpec);
  if (!spec.valid() || tree().subtree_size(spec) == 1) return {};
  const NodeId made(spec.index - 1);
  return tree().kind(made) == NodeKind::kStruct ? made : NodeId();
}

// What the template at n is declared as: of the struct being walked, or of a namespace.
WS_HD Entity Walker::TemplateEntity(EntityKind what, NameId name, NodeId n) const {
  Entity entity;
  entity.kind = what;
  entity.is_template = true;
  entity.name = name;
  entity.node = n;
  entity.type_node = n;
  if (!frames_.empty() && InStruct()) entity.within = open_structs_.back().type;
  return entity;
}

// A declaration behind template <...> that is no function.
WS_HD void Walker::DeclareTemplate(NodeId n) {
  if (FirstOfKind(n, NodeKind::kDeclarator).valid()) {
    DeclareVariableTemplate(n);
  } else {
    DeclareStructTemplate(n);
  }
}

WS_HD void Walker::DeclareStructTemplate(NodeId n) {
  const NodeId spec = FirstOfKind(n, NodeKind::kTypeSpec);
  const NodeId body = StructOf(n);
  if (!spec.valid()) return;
  const NodeId named = body.valid() ? body : spec;
  const NodeId written = body.valid() ? FirstOfKind(body, NodeKind::kTemplateArgs) : NodeId();
  const Entity entity = TemplateEntity(EntityKind::kTypeAlias, token(named).name, n);
  if (!entity.name.valid()) return;
  if (entity.within != TypeId()) {
    const EntityId old = OwnMember(entity.within, entity.name);
    if (written.valid()) {
      Error(Kind::kUnsupported, named, "a specialisation of a template in a struct");
    } else if (old.valid() && s_->entities_[old.index].is_template && body.valid()) {
      s_->entities_[old.index].node = s_->entities_[old.index].type_node = n;
    } else {
      AddMember(entity.within, AddEntity(entity));
    }
    return;
  }
  EntityId& slot = GlobalSlot(entity.name, SpaceOf(n));
  if (written.valid()) {
    if (!slot.valid() || !s_->entities_[slot.index].is_template) {
      Error(Kind::kNoTemplate, named, token(named).view());
      return;
    }
    const EntityId primary = slot;
    DeclarePattern(primary, AddEntity(entity), written);
    return;
  }
  if (slot.valid()) {
    Entity& old = s_->entities_[slot.index];
    const bool was_template = old.is_template && tree().kind(old.node) == NodeKind::kVarDecl;
    if (!was_template || (body.valid() && StructOf(old.node).valid())) {
      Error(Kind::kRedeclared, named, token(named).view());
    } else if (body.valid()) {
      old.node = old.type_node = n;  // the definition takes the declaration's place
    }
    return;
  }
  slot = AddEntity(entity);
}

// A specialisation: arguments that name no parameter are found out now.
WS_HD void Walker::DeclarePattern(EntityId primary, EntityId special, NodeId written) {
  patterns_.push_back({primary, special, written});
  TemplateParams params;
  TemplateArg args[kMaxTemplateParams];
  if (!ReadTemplateParams(special, params, args)) return;
  const Vec<NodeId> list = ChildList(written);
  for (const NodeId arg : list) WalkConcrete(arg, params.names, params.count);
}

// The template to walk for these arguments of `primary`: itself, or the specialisation that fits
// them most closely, with its own arguments.
WS_HD Walker::Visit Walker::ChoosePattern(EntityId primary, TemplateArg* args, uint32_t* count,
                                          EntityId* chosen) {
  EntityId best = primary;
  uint32_t best_score = 0;
  TemplateArg best_args[kMaxTemplateParams];
  uint32_t best_count = 0;
  *chosen = primary;
  for (uint32_t p = 0; p < patterns_.size(); ++p) {
    const Pattern pattern = patterns_[p];
    if (pattern.primary != primary) continue;
    TemplateParams params;
    TemplateArg bound[kMaxTemplateParams];
    if (!ReadTemplateParams(pattern.special, params, bound)) continue;
    const Vec<NodeId> list = ChildList(pattern.written);
    TemplateParams own;
    TemplateArg open[kMaxTemplateParams];
    if (!ReadTemplateParams(primary, own, open)) continue;
    if (list.size() > *count || (own.is_variadic && list.size() != *count)) continue;
    // What the template itself is for so many arguments comes last.
    const bool is_primary = params.is_variadic && own.is_variadic;
    uint32_t score = is_primary ? 0 : 1;
    bool fits = true;
    uint32_t more = 0;
    for (uint32_t i = 0; fits && i < list.size(); ++i) {
      fits = MatchPattern(list[i], args[i], params.names, params.count, true, bound,
                          is_primary ? &more : &score);
    }
    for (uint32_t i = 0; fits && i < params.count; ++i) fits = bound[i].known;
    if (!fits || (score <= best_score && (best != primary || !is_primary))) continue;
    bool opaque = false;
    for (const NodeId arg : list) opaque = opaque || IsOpaque(arg);
    if (opaque) {
      // What such an argument is with these is found out by walking it.
      const InstanceId id = FindInstance(pattern.special, bound, params.count, Target::kFile);
      if (!id.valid()) continue;
      if (!s_->instances_[id.index].has_signature) {
        if (!AllocateInfos(id)) return Visit::kNext;
        s_->instances_[id.index].has_signature = true;
        const NodeId node = s_->instances_[id.index].node;
        PushFrame(id, tree().first(node), pattern.written, true, true);
        return Visit::kAgain;
      }
      fits = !s_->instances_[id.index].signature_failed;
      for (uint32_t i = 0; fits && i < list.size(); ++i) {
        if (!IsOpaque(list[i])) continue;
        const NodeInfo& made = s_->Info(id, list[i]);
        fits = made.category == Category::kType
                   ? args[i].is_type && args[i].type == made.type
                   : !args[i].is_type && made.constant && made.bits == args[i].bits;
      }
      if (!fits) continue;
    }
    best = pattern.special;
    best_score = score;
    best_count = params.count;
    for (uint32_t i = 0; i < params.count; ++i) best_args[i] = bound[i];
  }
  if (best != primary) {
    *count = best_count;
    for (uint32_t i = 0; i < best_count; ++i) args[i] = best_args[i];
  }
  *chosen = best;
  return Visit::kNext;
}

// The instance that the name of a struct or variable template with arguments stands for, of the
// template itself or of a specialisation; invalid after an error. kAgain: something is being walked
// first.
WS_HD Walker::Visit Walker::FindTemplateInstance(NodeId spec, NodeId list, EntityId primary,
                                                 InstanceId* out) {
  *out = InstanceId();
  // A parameter of the template around it is open: so is the type.
  if (current().signature_failed) return Visit::kNext;
  TemplateArg args[kMaxTemplateParams];
  TemplateParams declared;
  BadTemplateArg why;
  if (!ReadTemplateParams(primary, declared, args) ||
      !TakeWrittenArgs(declared, list, args, &why)) {
    CannotDeduce(spec, primary, why);
    return Visit::kNext;
  }
  uint32_t count = declared.count;
  if (declared.is_variadic) {
    count = static_cast<uint32_t>(ChildList(list).size());
  }
  const auto too_many = [&] {
    Error(Kind::kTooManyInstances, spec, Sema::kMaxInstances);
    return Visit::kNext;
  };
  // The arguments as they were written, until the parameters have been walked with them.
  const InstanceId asked = FindInstance(primary, args, count, Target::kFile);
  if (!asked.valid()) return too_many();
  if (!s_->instances_[asked.index].has_signature) {
    if (!AllocateInfos(asked)) return Visit::kNext;
    s_->instances_[asked.index].has_signature = true;
    const NodeId node = s_->instances_[asked.index].node;
    // What is missing of a pack is not looked at.
    const NodeId params = FirstOfKind(node, NodeKind::kTemplateParams);
    const bool all = count == declared.count;
    if (all || count > 0) {
      PushFrame(asked, tree().first(node), all ? params : declared.declared[count - 1], true, true);
      return Visit::kAgain;
    }
  }
  if (s_->instances_[asked.index].signature_failed) {
    if (ReportFailure(asked)) return Visit::kNext;
    Error(Kind::kCannotDeduce, spec, s_->NameOf(primary));
    return Visit::kNext;
  }
  // The arguments of the struct.
  const uint32_t first_arg = s_->instances_[asked.index].first_arg;
  const uint32_t asked_count = count;
  for (uint32_t i = 0; i < count; ++i) {
    args[i] = s_->args_[first_arg + i];
    args[i].deduced = false;
  }
  EntityId chosen;
  if (ChoosePattern(primary, args, &count, &chosen) == Visit::kAgain) return Visit::kAgain;
  const InstanceId id = FindInstance(chosen, args, count, Target::kFile);
  if (!id.valid()) return too_many();
  if (!s_->instances_[id.index].queued) {
    begun_.push_back({primary, first_arg, asked_count, id});
  }
  *out = id;
  return Visit::kNext;
}

// The struct that a template's name with arguments stands for; kAgain: it is being made.
WS_HD Walker::Visit Walker::InstantiateStruct(NodeId spec, NodeId list, EntityId primary,
                                              TypeId* out) {
  *out = TypeId();
  InstanceId id;
  if (FindTemplateInstance(spec, list, primary, &id) == Visit::kAgain) return Visit::kAgain;
  if (!id.valid()) return Visit::kNext;
  Instance& inst = s_->instances_[id.index];
  const NodeId node = inst.node;
  if (!StructOf(node).valid()) {
    Error(Kind::kIncompleteType, spec, s_->NameOf(primary));
    return Visit::kNext;
  }
  if (!inst.queued) {
    if (!AllocateInfos(id)) return Visit::kNext;
    Instance& walked = s_->instances_[id.index];
    walked.queued = walked.has_signature = true;
    PushFrame(id, tree().first(node), node, true);
    return Visit::kAgain;
  }
  *out = inst.result;
  return Visit::kNext;
}

// In the walk of an instance: the struct is the one that the instance stands for.
WS_HD void Walker::BeginInstance(TypeId type, NodeId n) {
  const InstanceId id = frames_.back().instance;
  Instance& inst = s_->instances_[id.index];
  if (!inst.function.valid() || inst.result != TypeId() || StructOf(inst.node) != n) return;
  inst.result = type;
  const uint32_t which = type.which();
  if (origins_.size() <= which && !origins_.append(which + 1 - origins_.size(), StructOrigin())) {
    return;
  }
  uint32_t row = begun_.size();
  while (row > 0 && begun_[row - 1].instance != id) --row;
  if (row == 0) return;
  const StructOrigin origin = origins_[which] = begun_[row - 1];
  const Entity& primary = s_->entities_[origin.primary.index];
  types().Struct(type).text =
      Qualified(s_->TemplateText(s_->NameOf(origin.primary), origin.first_arg, origin.num_args),
                SpaceOf(primary.node), primary.scope);
  // Its name alone means itself.
  Entity own;
  own.kind = EntityKind::kTypeAlias;
  own.type = type;
  own.name = primary.name;
  own.node = n;
  own.owner = id;
  AddMember(type, AddEntity(own));
}

// The parameters of the templates around a struct are members of it.
WS_HD void Walker::AddTemplateMembers(TypeId type) {
  const Instance inst = current();
  if (inst.num_args == 0 || !inst.node.valid()) return;
  const NodeId list = FirstOfKind(inst.node, NodeKind::kTemplateParams);
  if (!list.valid()) return;
  uint32_t index = 0;
  const Vec<NodeId> params = ChildList(list);
  for (const NodeId p : params) {
    if (index >= inst.num_args) return;
    const TemplateArg arg = s_->args_[inst.first_arg + index++];
    const bool is_value = tree().kind(p) == NodeKind::kTemplateValueParam;
    Entity entity;
    entity.name = token(is_value ? tree().LastChild(p) : p).name;
    if (!entity.name.valid() || !arg.known) continue;
    entity.kind = is_value ? EntityKind::kConstant : EntityKind::kTypeAlias;
    entity.type = arg.type;
    entity.is_constant = is_value;
    entity.bits = arg.bits;
    entity.node = p;
    entity.owner = frames_.back().instance;
    AddMember(type, AddEntity(entity));
  }
}

}  // namespace ws::front
