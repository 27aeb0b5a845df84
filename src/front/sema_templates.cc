// device-clean
// Instances of functions, and the deduction of template arguments.
#include "front/constants.h"
#include "front/walker.h"

namespace ws::front {

// Where a function with these flags runs when called from `caller`.
WS_HD Target Walker::TargetOf(uint32_t flags, Target caller) const {
  if ((flags & function_flag::kGlobal) != 0) return Target::kKernel;
  const bool device = (flags & function_flag::kDevice) != 0;
  const bool host = (flags & function_flag::kHost) != 0;
  const bool either =
      (device && host) || (!device && !host && (flags & function_flag::kConstexpr) != 0);
  if (either && caller == Target::kHost) return Target::kHost;
  if (either && (caller != Target::kFile || device)) return Target::kDevice;
  return device ? Target::kDevice : Target::kHost;
}

WS_HD InstanceId Walker::FindInstance(EntityId function, const TemplateArg* args, uint32_t count,
                                      Target target) {
  const Entity& entity = s_->entities_[function.index];
  if (!entity.is_template) {
    const InstanceId own(static_cast<uint32_t>(entity.bits));
    if (s_->instances_[own.index].target == target) return own;
  }
  if (last_instance_.size() <= function.index &&
      !last_instance_.append(s_->entities_.size() - last_instance_.size(), 0)) {
    return {};
  }
  for (uint32_t i = last_instance_[function.index]; i != 0; i = before_instance_[i]) {
    const Instance& inst = s_->instances_[i];
    if (inst.target != target || inst.asked_args != count) continue;
    bool same = true;
    for (uint32_t k = 0; same && k < count; ++k) {
      // As it was asked for; defaults and conversions may have changed the arguments since.
      same = s_->args_[inst.first_arg + inst.num_args + k] == args[k];
    }
    if (same) return InstanceId(i);
  }
  if (s_->instances_.size() >= Sema::kMaxInstances) return {};
  Instance inst;
  inst.function = function;
  inst.node = entity.node;
  if (const NodeId special = FindSpecialisation(function, args, count); special.valid()) {
    inst.node = special;
  }
  inst.target = target;
  inst.has_body = tree().kind(NodeId(inst.node.index - 1)) == NodeKind::kCompound;
  inst.first_arg = s_->args_.size();
  inst.num_args = inst.asked_args = count;
  for (uint32_t twice = 0; twice < 2; ++twice) {
    for (uint32_t k = 0; k < count; ++k) s_->args_.push_back(args[k]);
  }
  if (kind(entity.scope) == TypeKind::kStruct && entity.kind == EntityKind::kFunction) {
    inst.self = (entity.flags & function_flag::kConst) != 0 ? entity.scope.Const() : entity.scope;
    inst.has_this = (entity.flags & function_flag::kStatic) == 0;
  }
  const uint32_t made = s_->instances_.size();
  s_->instances_.push_back(inst);
  if (!before_instance_.append(made + 1 - before_instance_.size(), 0)) return {};
  before_instance_[made] = last_instance_[function.index];
  last_instance_[function.index] = made;
  return InstanceId(made);
}

// Matches one parameter as written against an argument's type: T, const T*, T&, T (&)[N].
WS_HD bool Walker::DeduceFromParam(NodeId function, NodeId param, TypeId given, bool is_lvalue,
                                   const NameId* names, TemplateArg* out, uint32_t count) {
  if (given == TypeId() || kind(given) == TypeKind::kFunction) return true;
  const NodeId spec(link_[param.index]);
  const NodeId declarator = tree().LastChild(param);
  const uint32_t which = IsAutoParam(param) ? AutoIndex(function, param) : count;
  // T&& takes an lvalue as what T = X& makes of it.
  const NodeId op = FirstOfKind(declarator, NodeKind::kRefOp);
  const bool forwards = is_lvalue && op.valid() && op == tree().first(declarator) &&
                        tree().data(op) == 1 &&
                        (tree().data(spec) & (qualifier::kConst | qualifier::kVolatile)) == 0;
  if (!forwards) return DeduceFromType(spec, declarator, which, given, names, out, count);
  uint32_t named = which;
  for (uint32_t i = 0; named == count && i < count; ++i) {
    if (tree().subtree_size(spec) == 1 && names[i].valid() && names[i] == token(spec).name) {
      named = i;
    }
  }
  if (named == count) {
    return DeduceFromType(spec, declarator, which, given, names, out, count);
  }
  const TypeId type = types().Reference(given);
  if (out[named].known) {
    return !out[named].is_type || !out[named].deduced || out[named].type == type;
  }
  out[named] = {type, 0, true, true};
  out[named].deduced = true;
  return true;
}

// The same of a function's result.
WS_HD bool Walker::DeduceFromResult(NodeId function, TypeId given, const NameId* names,
                                    TemplateArg* out, uint32_t count) {
  NodeId holder = FirstOfKind(function, NodeKind::kTypeId);  // behind ->
  if (!holder.valid()) holder = function;
  const NodeId spec = FirstOfKind(holder, NodeKind::kTypeSpec);
  if (!spec.valid() || given == TypeId()) return true;
  if (static_cast<BuiltinType>(tree().data(spec) >> 8) == BuiltinType::kAuto) return true;
  return DeduceFromType(spec, holder, count, given, names, out, count);
}

// The same of the specifier and the operators of a type that are children of `holder`. `which`: the
// parameter that an `auto` stands for, else `count`.
WS_HD bool Walker::DeduceFromType(NodeId spec, NodeId holder, uint32_t which, TypeId given,
                                  const NameId* names, TemplateArg* out, uint32_t count) {
  const bool named = static_cast<BuiltinType>(tree().data(spec) >> 8) == BuiltinType::kNamed;
  if (named && tree().subtree_size(spec) == 1) {
    which = 0;  // the template parameter that the element's type names, if any
    while (which < count && (!names[which].valid() || names[which] != token(spec).name)) ++which;
    const uint32_t at = tree().token(spec).index;
    if (at > 0 && (*s_->tokens_)[at - 1].kind == TokenKind::kColonColon) which = count;
  }

  // Declarator operators from the outermost type inwards. The last one is applied last, and of a
  // run of array bounds the first is outermost.
  NodeId ops[16];
  uint32_t num_ops = 0;
  for (NodeId c = tree().LastChild(holder); c.valid(); c = tree().PrevSibling(holder, c)) {
    const NodeKind k = tree().kind(c);
    if (!IsDeclaratorOp(k)) continue;
    if (num_ops == 16) return false;
    ops[num_ops++] = c;
  }
  for (uint32_t i = 0; i < num_ops;) {
    uint32_t end = i;
    while (end < num_ops && tree().kind(ops[end]) == NodeKind::kArrayOp) ++end;
    for (uint32_t a = i, b = end; a + 1 < b; ++a) {
      --b;
      const NodeId swap = ops[a];
      ops[a] = ops[b];
      ops[b] = swap;
    }
    i = end > i ? end : i + 1;
  }
  TypeId type = given;
  bool by_reference = false;
  for (uint32_t i = 0; i < num_ops; ++i) {
    const NodeKind k = tree().kind(ops[i]);
    if (k == NodeKind::kRefOp) {
      by_reference = true;
      continue;
    }
    if (k == NodeKind::kFunctionOp) {
      if (!MatchFunctionOp(ops[i], type, names, out, count)) return false;
    } else if (k == NodeKind::kArrayOp && by_reference) {
      if (kind(type) != TypeKind::kArray) return false;
      const NodeId size(ops[i].index - 1);
      if (tree().subtree_size(ops[i]) > 1 && tree().kind(size) == NodeKind::kName) {
        for (uint32_t v = 0; v < count; ++v) {
          if (names[v] == token(size).name && !out[v].known) {
            out[v] = {TypeId(TypeKind::kULong), types().Info(type).count, false, true};
          }
        }
      }
    } else {
      type = types().Decay(type);
      // Where the type was written, or names no parameter, the argument converts to it.
      if (kind(type) != TypeKind::kPointer) {
        return which == count || (out[which].known && !out[which].deduced);
      }
    }
    type = types().Element(type);
  }
  if (which == count) {
    const NodeId list = FirstOfKind(spec, NodeKind::kTemplateArgs);
    const bool qualifies = FirstOfKind(spec, NodeKind::kTypeSpec).valid();
    NameId open[kMaxTemplateParams];
    for (uint32_t i = 0; i < count; ++i) {
      open[i] = out[i].known && !out[i].deduced ? NameId() : names[i];
    }
    if (!named || !list.valid() || qualifies || (tree().data(spec) & qualifier::kTrait) != 0 ||
        !NamesParameter(spec, open, count)) {
      return true;  // nothing follows from it; the argument converts
    }
    if (num_ops == 0) type = types().Decay(type);
    // What converts to it is another matter.
    return DeduceFromStruct(spec, type.Unqualified(), names, out, count);
  }
  if (num_ops == 0) type = types().Decay(type);
  if ((tree().data(spec) & qualifier::kConst) != 0 || (num_ops == 1 && by_reference)) {
    const bool keeps = by_reference && (tree().data(spec) & qualifier::kConst) == 0;
    if (!keeps) type = type.Unqualified();
  }
  if (out[which].known)
    return !out[which].is_type || !out[which].deduced || out[which].type == type;
  out[which] = {type, 0, true, true};
  out[which].deduced = true;
  return true;
}

// Whether the parameter's type is deduced from its argument.
WS_HD bool Walker::IsAutoParam(NodeId param) const {
  if (tree().kind(param) != NodeKind::kParam) return false;
  const NodeId spec(link_[param.index]);
  return static_cast<BuiltinType>(tree().data(spec) >> 8) == BuiltinType::kAuto;
}

WS_HD bool Walker::HasAutoParams(NodeId function) const {
  const NodeId list = FirstOfKind(function, NodeKind::kParamList);
  if (!list.valid()) return false;
  for (NodeId p = tree().LastChild(list); p.valid(); p = tree().PrevSibling(list, p)) {
    if (IsAutoParam(p)) return true;
  }
  return false;
}

// Which template parameter an `auto` parameter stands for: they come behind those written.
WS_HD uint32_t Walker::AutoIndex(NodeId function, NodeId param) const {
  uint32_t index = 0;
  const NodeId written = FirstOfKind(function, NodeKind::kTemplateParams);
  if (written.valid()) {
    for (NodeId p = tree().LastChild(written); p.valid(); p = tree().PrevSibling(written, p)) {
      ++index;
    }
  }
  const NodeId list = FirstOfKind(function, NodeKind::kParamList);
  for (NodeId p = tree().LastChild(list); p.valid(); p = tree().PrevSibling(list, p)) {
    if (p.index < param.index && IsAutoParam(p)) ++index;
  }
  return index;
}

WS_HD bool Walker::ReadTemplateParams(EntityId function, TemplateParams& params, TemplateArg* out) {
  const NodeId node = s_->entities_[function.index].node;
  const auto add = [&](NodeId declared, NameId name) {
    if (params.count == kMaxTemplateParams) return false;
    params.names[params.count] = name;
    params.declared[params.count] = declared;
    out[params.count] = TemplateArg();
    ++params.count;
    return true;
  };
  if (const NodeId list = FirstOfKind(node, NodeKind::kTemplateParams); list.valid()) {
    params.is_variadic = tree().data(list) != 0;
    for (const NodeId p : Children(list)) {
      const bool is_value = tree().kind(p) == NodeKind::kTemplateValueParam;
      if (!add(p, token(is_value ? tree().LastChild(p) : p).name)) return false;
    }
  }
  if (tree().kind(node) != NodeKind::kFunction || !HasAutoParams(node)) return true;
  for (const NodeId p : Children(FirstOfKind(node, NodeKind::kParamList))) {
    if (IsAutoParam(p) && !add(p, NameId())) return false;
  }
  return true;
}

WS_HD bool Walker::TakeWrittenArgs(const TemplateParams& params, NodeId list, TemplateArg* out,
                                   BadTemplateArg* why) {
  uint32_t at = 0;
  for (const NodeId arg : Children(list)) {
    if (at == params.count) return false;
    const NodeInfo& value = info(arg);
    why->reported = value.type == TypeId();
    if (why->reported) return false;
    const bool is_type = value.category == Category::kType;
    const bool is_function = value.category == Category::kFunction && value.entity.valid();
    const bool wants_value = tree().kind(params.declared[at]) == NodeKind::kTemplateValueParam;
    if (is_type == wants_value || (!is_type && !value.constant && !is_function)) {
      why->arg = arg;
      why->param = params.declared[at];
      return false;
    }
    const uint64_t bits = !is_function      ? value.bits
                          : value.bits != 0 ? uint64_t{1} << 32 | value.bits
                                            : value.entity.index;
    out[at] = is_type ? TemplateArg{value.type, 0, true, true}
                      : TemplateArg{value.type.Unqualified(), bits, false, true};
    ++at;
  }
  return true;
}

// Template arguments of a call: written ones first, then from the arguments; defaults are filled in
// when the signature is walked.
WS_HD bool Walker::DeduceArgs(EntityId function, NodeId callee, std::span<const NodeId> args,
                              TemplateArg* out, uint32_t* count, BadTemplateArg* why) {
  *why = BadTemplateArg();
  const NodeId node = s_->entities_[function.index].node;
  TemplateParams declared;
  if (!ReadTemplateParams(function, declared, out)) return false;
  *count = declared.count;
  const NodeId written = callee.valid() ? FirstOfKind(callee, NodeKind::kTemplateArgs) : NodeId();
  if (written.valid() && !TakeWrittenArgs(declared, written, out, why)) {
    return false;
  }
  const Vec<NodeId> params = ChildList(FirstOfKind(node, NodeKind::kParamList));
  size_t at = 0;
  for (const NodeId p : params) {
    if (at == args.size()) break;
    if (tree().kind(args[at]) != NodeKind::kInitList &&
        !DeduceFromParam(node, p, TypeAsValue(args[at]), IsLvalue(args[at]), declared.names, out,
                         declared.count)) {
      return false;
    }
    ++at;
  }
  return true;
}

// Whether a call with so many arguments cannot mean the function template with what has been
// deduced from them: it takes fewer, or a type is left open.
WS_HD bool Walker::CannotTake(EntityId function, const TemplateArg* deduced, size_t given) {
  const NodeId node = s_->entities_[function.index].node;
  const NodeId params = FirstOfKind(node, NodeKind::kParamList);
  if (tree().data(params) != 1 && given > Children(params).size()) return true;
  const NodeId list = FirstOfKind(node, NodeKind::kTemplateParams);
  if (!list.valid()) return false;
  for (const NodeId p : Children(list)) {
    const bool needed =
        tree().kind(p) == NodeKind::kTemplateTypeParam && tree().subtree_size(p) == 1;
    if (needed && !deduced->known) return true;
    ++deduced;
  }
  return false;
}

// The call at `n` of the only function of its name leaves template arguments open.
WS_HD void Walker::CannotDeduce(NodeId n, EntityId function, const BadTemplateArg& why) {
  if (why.reported) return;
  const std::string_view name = s_->NameOf(function);
  if (!why.arg.valid()) {
    Error(Kind::kCannotDeduce, n, name);
    return;
  }
  const bool wants_value = tree().kind(why.param) == NodeKind::kTemplateValueParam;
  if (wants_value && info(why.arg).category != Category::kType) {
    NotConstant(why.arg, "a template argument");
    return;
  }
  const NodeId named = wants_value ? tree().LastChild(why.param) : why.param;
  Error(Kind::kTemplateArgumentKind, why.arg, token(named).view(), wants_value ? "value" : "type",
        name);
}

// --- explicit specialisations

// The function at node n, behind template<>: finds the template and the arguments that it is for.
WS_HD void Walker::DeclareSpecialisation(NodeId n) {
  // Its signature, as that of a function of its own.
  Instance inst;
  inst.node = n;
  inst.target = TargetOf(tree().data(n), Target::kFile);
  inst.first_arg = s_->args_.size();
  const InstanceId id(s_->instances_.size());
  if (id.index >= Sema::kMaxInstances) {
    s_->arena_->Fail();
    return;
  }
  const NameId name = token(n).name;
  const EntityId first = name.valid() ? FindNamed(n).first() : EntityId();
  inst.function = first;
  s_->instances_.push_back(inst);
  if (!AllocateInfos(id)) return;
  PushFrame(id, tree().first(n), SignatureEnd(n), true);
  RunFrames();
  if (s_->instances_[id.index].signature_failed) return;
  const Instance mine = s_->instances_[id.index];
  const NodeId written = FirstOfKind(n, NodeKind::kTemplateArgs);
  base_ = s_->InfoBase(mine);
  for (EntityId e = first; e.valid(); e = s_->entities_[e.index].next) {
    if (s_->entities_[e.index].kind != EntityKind::kFunction) break;
    if (!s_->entities_[e.index].is_template) continue;
    TemplateArg args[kMaxTemplateParams];
    TemplateArg asked[kMaxTemplateParams];
    TemplateParams declared;
    BadTemplateArg why;
    if (!ReadTemplateParams(e, declared, args)) continue;
    for (uint32_t i = 0; i < declared.count; ++i) asked[i] = args[i];
    if (written.valid() && !TakeWrittenArgs(declared, written, asked, &why)) continue;
    const Vec<NodeId> params =
        ChildList(FirstOfKind(s_->entities_[e.index].node, NodeKind::kParamList));
    bool fits = params.size() == mine.num_params;
    for (uint32_t i = 0; fits && i < mine.num_params; ++i) {
      const TypeId given = types().StripReference(s_->params_[mine.first_param + i].type);
      fits = DeduceFromParam(s_->entities_[e.index].node, params[i], given, false, declared.names,
                             args, declared.count);
    }
    if (fits) {
      fits = DeduceFromResult(s_->entities_[e.index].node, mine.result, declared.names, args,
                              declared.count);
    }
    for (uint32_t i = 0; fits && i < declared.count; ++i) {
      args[i].deduced = false;
      if (!asked[i].known) continue;
      fits = !args[i].known || !args[i].is_type || args[i].type == asked[i].type;
      args[i] = asked[i];
    }
    if (!fits || !CompleteArgs(e, args, declared.count)) continue;
    for (Special& old : specials_) {
      if (old.function == e && FindSpecialisation(e, args, declared.count) == old.node) {
        const bool old_body = tree().kind(NodeId(old.node.index - 1)) == NodeKind::kCompound;
        const bool body = tree().kind(NodeId(n.index - 1)) == NodeKind::kCompound;
        if (old_body && body) Error(Kind::kRedeclared, n, token(n).view());
        if (body) old.node = n;
        return;
      }
    }
    specials_.push_back({e, n, s_->args_.size(), declared.count});
    for (uint32_t i = 0; i < declared.count; ++i) s_->args_.push_back(args[i]);
    // It is a function, so it is analysed whether it is called or not.
    const uint32_t flags = s_->entities_[e.index].flags | tree().data(n);
    if (tree().kind(NodeId(n.index - 1)) == NodeKind::kCompound) {
      const InstanceId own = FindInstance(e, args, declared.count, TargetOf(flags, Target::kFile));
      if (own.valid()) Queue(own);
    }
    return;
  }
  Error(Kind::kNoTemplate, n, token(n).view());
}

// Fills in what defaults give; false if something stays open.
WS_HD bool Walker::CompleteArgs(EntityId function, TemplateArg* args, uint32_t count) {
  bool open = false;
  for (uint32_t i = 0; i < count; ++i) open |= !args[i].known;
  if (!open) return true;
  // Walking the signature of the template's own instance does it.
  const uint32_t flags = s_->entities_[function.index].flags;
  const InstanceId id = FindInstance(function, args, count, TargetOf(flags, Target::kFile));
  if (!id.valid() || !AllocateInfos(id)) return false;
  const NodeId node = s_->instances_[id.index].node;
  if (!s_->instances_[id.index].has_signature) {
    s_->instances_[id.index].has_signature = true;
    PushFrame(id, tree().first(node), SignatureEnd(node), true);
    RunFrames();
  }
  if (s_->instances_[id.index].signature_failed) return false;
  for (uint32_t i = 0; i < count; ++i) {
    args[i] = s_->args_[s_->instances_[id.index].first_arg + i];
    args[i].deduced = false;
  }
  return true;
}

WS_HD NodeId Walker::FindSpecialisation(EntityId function, const TemplateArg* args,
                                        uint32_t count) const {
  for (const Special& special : specials_) {
    if (special.function != function || special.num_args != count) continue;
    bool same = true;
    for (uint32_t k = 0; same && k < count; ++k) {
      const TemplateArg& a = s_->args_[special.first_arg + k];
      // Values are compared as such: 4 and 4u ask for the same.
      same = args[k].known && a.is_type == args[k].is_type && a.bits == args[k].bits &&
             (!a.is_type || a.type == args[k].type);
    }
    if (same) return special.node;
  }
  return {};
}

// The instance to call where defaults completed the arguments of `id` to those of a specialisation.
WS_HD InstanceId Walker::Specialised(InstanceId id) {
  if (specials_.empty()) return id;
  const Instance inst = s_->instances_[id.index];
  bool completed = false;
  TemplateArg args[kMaxTemplateParams];
  for (uint32_t k = 0; k < inst.num_args; ++k) {
    args[k] = s_->args_[inst.first_arg + k];
    completed |= !s_->args_[inst.first_arg + inst.num_args + k].known;
  }
  if (!completed) return id;
  const NodeId special = FindSpecialisation(inst.function, args, inst.num_args);
  if (!special.valid() || special == inst.node) return id;
  return FindInstance(inst.function, args, inst.num_args, inst.target);
}

}  // namespace ws::front
