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

WS_HD void Walker::DeclareStructTemplate(NodeId n) {
  const NodeId spec = FirstOfKind(n, NodeKind::kTypeSpec);
  const NodeId body = StructOf(n);
  if (!spec.valid()) return;
  const NodeId named = body.valid() ? body : spec;
  const NodeId written = body.valid() ? FirstOfKind(body, NodeKind::kTemplateArgs) : NodeId();
  Entity entity;
  entity.kind = EntityKind::kTypeAlias;
  entity.is_template = true;
  entity.name = token(named).name;
  entity.node = n;
  entity.type_node = n;
  if (!entity.name.valid()) return;
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

// The parameter of the template at n that an argument of a pattern is nothing but, with operators
// of a type behind it; `count` if it is none.
WS_HD uint32_t Walker::ParamOfPattern(NodeId arg, const TemplateParams& params) const {
  NodeId name = arg;
  if (tree().kind(arg) == NodeKind::kTypeId) name = FirstOfKind(arg, NodeKind::kTypeSpec);
  if (!name.valid() || tree().subtree_size(name) != 1) return params.count;
  for (uint32_t i = 0; i < params.count; ++i) {
    if (params.names[i].valid() && params.names[i] == token(name).name) return i;
  }
  return params.count;
}

// A specialisation: arguments that name no parameter are found out now.
WS_HD void Walker::DeclarePattern(EntityId primary, EntityId special, NodeId written) {
  patterns_.push_back({primary, special, written});
  TemplateParams params;
  TemplateArg args[kMaxTemplateParams];
  if (!ReadTemplateParams(special, params, args)) return;
  const Vec<NodeId> list = ChildList(written);
  for (const NodeId arg : list) {
    if (ParamOfPattern(arg, params) < params.count) continue;
    PushFrame(InstanceId(0), tree().first(arg), arg, false);
    RunFrames();
  }
}

// Whether `given` is what a pattern's argument describes; binds the parameter that it names.
WS_HD bool Walker::MatchArgument(NodeId arg, const TemplateParams& params, const TemplateArg& given,
                                 TemplateArg* bound, uint32_t* score) {
  const uint32_t which = ParamOfPattern(arg, params);
  if (which == params.count) {
    const NodeInfo& concrete = s_->infos_[arg.index];
    ++*score;
    if (concrete.category == Category::kType) {
      return given.is_type && given.type == concrete.type;
    }
    return !given.is_type && concrete.constant && concrete.bits == given.bits;
  }
  TemplateArg value = given;
  if (tree().kind(arg) == NodeKind::kTypeId) {
    if (!given.is_type) return false;
    const NodeId spec = FirstOfKind(arg, NodeKind::kTypeSpec);
    TypeId type = given.type;
    for (NodeId op = tree().LastChild(arg); op.valid() && op != spec;
         op = tree().PrevSibling(arg, op)) {
      const TypeKind want = tree().kind(op) == NodeKind::kPtrOp   ? TypeKind::kPointer
                            : tree().kind(op) == NodeKind::kRefOp ? TypeKind::kReference
                                                                  : TypeKind::kArray;
      if (kind(type) != want) return false;
      type = types().Element(type);
      ++*score;
    }
    if ((tree().data(spec) & qualifier::kConst) != 0) {
      if (!type.is_const()) return false;
      type = type.With(0, TypeId::kConst);
      ++*score;
    }
    value.type = type;
  } else if (given.is_type) {
    return false;
  }
  if (bound[which].known) return bound[which] == value;
  bound[which] = value;
  return true;
}

// The template to walk for these arguments of `primary`: itself, or the specialisation that fits
// them most closely, with its own arguments.
WS_HD EntityId Walker::ChoosePattern(EntityId primary, TemplateArg* args, uint32_t* count) {
  EntityId best = primary;
  uint32_t best_score = 0;
  TemplateArg best_args[kMaxTemplateParams];
  uint32_t best_count = 0;
  for (const Pattern& pattern : patterns_) {
    if (pattern.primary != primary) continue;
    TemplateParams params;
    TemplateArg bound[kMaxTemplateParams];
    if (!ReadTemplateParams(pattern.special, params, bound)) continue;
    const Vec<NodeId> list = ChildList(pattern.written);
    if (list.size() > *count) continue;
    uint32_t score = 1;
    bool fits = true;
    for (uint32_t i = 0; fits && i < list.size(); ++i) {
      fits = MatchArgument(list[i], params, args[i], bound, &score);
    }
    for (uint32_t i = 0; fits && i < params.count; ++i) fits = bound[i].known;
    if (!fits || score <= best_score) continue;
    best = pattern.special;
    best_score = score;
    best_count = params.count;
    for (uint32_t i = 0; i < params.count; ++i) best_args[i] = bound[i];
  }
  if (best != primary) {
    *count = best_count;
    for (uint32_t i = 0; i < best_count; ++i) args[i] = best_args[i];
  }
  return best;
}

// The struct that a template's name with arguments stands for; kAgain: it is being made.
WS_HD Walker::Visit Walker::InstantiateStruct(NodeId spec, NodeId list, EntityId primary,
                                              TypeId* out) {
  *out = TypeId();
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
    PushFrame(asked, tree().first(node), FirstOfKind(node, NodeKind::kTemplateParams), true);
    return Visit::kAgain;
  }
  if (s_->instances_[asked.index].signature_failed) {
    Error(Kind::kCannotDeduce, spec, s_->NameOf(primary));
    return Visit::kNext;
  }
  // The arguments of the struct.
  const uint32_t first_arg = s_->instances_[asked.index].first_arg;
  for (uint32_t i = 0; i < count; ++i) {
    args[i] = s_->args_[first_arg + i];
    args[i].deduced = false;
  }
  const EntityId chosen = ChoosePattern(primary, args, &count);
  const InstanceId id = FindInstance(chosen, args, count, Target::kFile);
  if (!id.valid()) return too_many();
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
    begun_.push_back({primary, first_arg, declared.count, id});
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
      Qualified(s_->TemplateText(token(primary.node).view(), origin.first_arg, origin.num_args),
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

// Matches `Template<T, N>` as written in a parameter with an argument's type.
WS_HD bool Walker::DeduceFromStruct(NodeId list, NameId name, TypeId type, const NameId* names,
                                    TemplateArg* out, uint32_t count) {
  if (kind(type) != TypeKind::kStruct || type.which() >= origins_.size()) return false;
  const StructOrigin& origin = origins_[type.which()];
  if (!origin.primary.valid() || s_->entities_[origin.primary.index].name != name) return false;
  uint32_t at = 0;
  const Vec<NodeId> written = ChildList(list);
  for (const NodeId arg : written) {
    if (at == origin.num_args) return false;
    const TemplateArg given = s_->args_[origin.first_arg + at++];
    const bool is_type = tree().kind(arg) == NodeKind::kTypeId;
    if (is_type && tree().subtree_size(arg) != 2) continue;
    const NodeId named = is_type ? NodeId(arg.index - 1) : arg;
    if (!is_type && tree().kind(named) != NodeKind::kName) continue;
    if (tree().subtree_size(named) != 1) continue;
    for (uint32_t v = 0; v < count; ++v) {
      if (!names[v].valid() || names[v] != token(named).name) continue;
      if (given.is_type != is_type) return false;
      if (out[v].known && out[v].deduced && !(out[v] == given)) return false;
      if (out[v].known) continue;
      out[v] = given;
      out[v].deduced = true;
    }
  }
  return true;
}

}  // namespace ws::front
