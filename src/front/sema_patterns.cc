// device-clean
// Patterns: types as written with template parameters in them, matched with types that are given.
// Deduction from arguments and partial specialisations of struct templates both ask here.
#include "front/walker.h"

namespace ws::front {

// Whether one of the names stands anywhere below node n.
WS_HD bool Walker::NamesParameter(NodeId n, const NameId* names, uint32_t count) const {
  for (uint32_t i = tree().first(n).index; i <= n.index; ++i) {
    const NodeKind k = tree().kind(NodeId(i));
    if (k != NodeKind::kTypeSpec && k != NodeKind::kName) continue;
    // With what qualifies it.
    const uint32_t last = tree().token(NodeId(i)).index;
    for (uint32_t t = tree().begin_token(NodeId(i)).index; t <= last; ++t) {
      const NameId name = (*s_->tokens_)[t].name;
      for (uint32_t v = 0; v < count; ++v) {
        if (names[v].valid() && names[v] == name) return true;
      }
    }
  }
  return false;
}

// The parameter that an argument of a list names, with operators of a type behind it; `count` if it
// is something else.
WS_HD uint32_t Walker::ParamOfPattern(NodeId arg, const NameId* names, uint32_t count) const {
  NodeId name = arg;
  if (tree().kind(arg) == NodeKind::kTypeId) name = FirstOfKind(arg, NodeKind::kTypeSpec);
  if (!name.valid() || tree().subtree_size(name) != 1) return count;
  for (uint32_t i = 0; i < count; ++i) {
    if (names[i].valid() && names[i] == token(name).name) return i;
  }
  return count;
}

// The arguments that `Template<...>`, written at `spec`, has where it is the given type: of its own
// name or of an alias template's. False if it is another template.
WS_HD bool Walker::ArgumentsAs(NodeId spec, TypeId type, Vec<TemplateArg>* out) {
  out->clear();
  if (kind(type) == TypeKind::kStdVector) {
    const BuiltinTypeName row = s_->names_->builtin_type(token(spec).name);
    if (row == BuiltinTypeName::kNone || InfoOf(row).kind != BuiltinTypeKind::kTemplate) {
      return false;
    }
    out->push_back({types().Element(type), 0, true, true});
    return true;
  }
  if (kind(type) != TypeKind::kStruct || type.which() >= origins_.size()) return false;
  const StructOrigin origin = origins_[type.which()];
  if (!origin.primary.valid()) return false;
  constexpr uint32_t kMostAliases = 8;
  NodeId aliases[kMostAliases];  // the outermost first
  uint32_t num_aliases = 0;
  NameId name = token(spec).name;
  while (s_->entities_[origin.primary.index].name != name) {
    const EntityId e = LookUpGlobal(name);
    if (!e.valid() || num_aliases == kMostAliases) return false;
    const Entity& entity = s_->entities_[e.index];
    if (!entity.is_template || tree().kind(entity.node) != NodeKind::kUsing) return false;
    const NodeId target = FirstOfKind(entity.node, NodeKind::kTypeId);
    if (!target.valid()) return false;
    const NodeId target_spec = FirstOfKind(target, NodeKind::kTypeSpec);
    if (!target_spec.valid() || NodeId(target.index - 1) != target_spec ||
        !FirstOfKind(target_spec, NodeKind::kTemplateArgs).valid()) {
      return false;
    }
    aliases[num_aliases++] = entity.node;
    name = token(target_spec).name;
  }
  for (uint32_t i = 0; i < origin.num_args; ++i) {
    const TemplateArg arg = s_->args_[origin.first_arg + i];
    out->push_back(arg);
  }
  // Of an alias's parameters those are known that its target names alone.
  for (uint32_t a = num_aliases; a > 0; --a) {
    const NodeId params = FirstOfKind(aliases[a - 1], NodeKind::kTemplateParams);
    const NodeId target = FirstOfKind(aliases[a - 1], NodeKind::kTypeId);
    const NodeId list =
        FirstOfKind(FirstOfKind(target, NodeKind::kTypeSpec), NodeKind::kTemplateArgs);
    NameId names[kMaxTemplateParams];
    uint32_t count = 0;
    const Vec<NodeId> declared = ChildList(params);
    for (const NodeId p : declared) {
      if (count == kMaxTemplateParams) return false;
      const bool is_value = tree().kind(p) == NodeKind::kTemplateValueParam;
      names[count++] = token(is_value ? tree().LastChild(p) : p).name;
    }
    Vec<TemplateArg> bound(*s_->arena_);
    if (!bound.append(count, TemplateArg())) return false;
    const Vec<NodeId> written = ChildList(list);
    for (uint32_t i = 0; i < written.size() && i < out->size(); ++i) {
      const uint32_t which = ParamOfPattern(written[i], names, count);
      if (which < count && tree().subtree_size(written[i]) <= 2) bound[which] = (*out)[i];
    }
    *out = bound;
  }
  return true;
}

// Whether so many written arguments may stand for those given: of a pack each has its own.
WS_HD bool Walker::FitsCount(NodeId spec, uint32_t written, uint32_t given) {
  if (written > given) return false;
  const EntityId e = LookUpGlobal(token(spec).name);
  if (!e.valid() || !s_->entities_[e.index].is_template) return true;
  const NodeId params = FirstOfKind(s_->entities_[e.index].node, NodeKind::kTemplateParams);
  return !params.valid() || tree().data(params) == 0 || written == given;
}

// Whether `given` is what the written argument describes. Binds the parameters that it names;
// `exact`: what names none has been walked and must be the same, and all that must fit counts in
// `score`.
WS_HD bool Walker::MatchPattern(NodeId pattern, const TemplateArg& whole, const NameId* names,
                                uint32_t count, bool exact, TemplateArg* bound, uint32_t* score) {
  struct Work {
    NodeId arg;
    TemplateArg given;
  };
  Vec<Work> work(*s_->arena_);
  work.push_back({pattern, whole});
  const auto bind = [&](uint32_t which, TemplateArg value) {
    value.deduced = !exact;
    TemplateArg& old = bound[which];
    if (!old.known) {
      old = value;
      return true;
    }
    if (!exact && !old.deduced) return true;  // written: the argument converts
    ++*score;
    return old.is_type == value.is_type && old.bits == value.bits &&
           (!old.is_type || old.type == value.type);
  };
  while (!work.empty() && !s_->arena_->failed()) {
    const Work item = work.back();
    work.pop_back();
    const NodeId arg = item.arg;
    const bool is_type = tree().kind(arg) == NodeKind::kTypeId;
    if (!NamesParameter(arg, names, count)) {
      ++*score;
      if (!exact) continue;
      const NodeInfo& concrete = s_->infos_[arg.index];
      const bool same =
          concrete.category == Category::kType
              ? item.given.is_type && item.given.type == concrete.type
              : !item.given.is_type && concrete.constant && concrete.bits == item.given.bits;
      if (!same) return false;
      continue;
    }
    if (item.given.is_type != is_type) return false;
    if (exact && IsOpaque(arg)) continue;
    if (!is_type) {
      const uint32_t which = ParamOfPattern(arg, names, count);
      // N + 1 is not deduced.
      if (which < count && !bind(which, item.given)) return false;
      continue;
    }
    const NodeId spec = FirstOfKind(arg, NodeKind::kTypeSpec);
    TypeId type = item.given.type;
    for (NodeId op = tree().LastChild(arg); op.valid() && op != spec;
         op = tree().PrevSibling(arg, op)) {
      ++*score;
      const NodeKind k = tree().kind(op);
      if (k == NodeKind::kFunctionOp) {
        const TypeId signature = kind(type) == TypeKind::kSignature ? type : TypeId();
        const Vec<NodeId> params = ChildList(op);
        if (signature == TypeId() || types().SignatureParams(signature).size() != params.size()) {
          return false;
        }
        for (uint32_t i = 0; i < params.size(); ++i) {
          work.push_back({params[i], {types().SignatureParams(signature)[i], 0, true, true}});
        }
      } else {
        const TypeKind want = k == NodeKind::kPtrOp   ? TypeKind::kPointer
                              : k == NodeKind::kRefOp ? TypeKind::kReference
                                                      : TypeKind::kArray;
        if (kind(type) != want) return false;
        if (k == NodeKind::kArrayOp) {
          const bool open = tree().subtree_size(op) == 1;
          const uint64_t bounds = types().Info(type).count;
          if (open != (bounds == 0)) return false;
          if (!open) {
            const TemplateArg bound_arg{TypeId(TypeKind::kULong), bounds, false, true};
            work.push_back({NodeId(op.index - 1), bound_arg});
          }
        }
      }
      type = types().Element(type);
    }
    const uint32_t quals = tree().data(spec);
    if ((quals & qualifier::kConst) != 0) {
      if (!type.is_const()) return false;
      type = type.With(0, TypeId::kConst);
      ++*score;
    }
    const uint32_t which = ParamOfPattern(arg, names, count);
    if (which < count) {
      if (!bind(which, {type, 0, true, true})) return false;
      continue;
    }
    const NodeId list = FirstOfKind(spec, NodeKind::kTemplateArgs);
    if (!list.valid() || FirstOfKind(spec, NodeKind::kTypeSpec).valid()) {
      if (exact) return false;  // nothing follows from Template<T>::name
      continue;
    }
    ++*score;
    Vec<TemplateArg> given(*s_->arena_);
    if (!ArgumentsAs(spec, type.Unqualified(), &given)) return false;
    const Vec<NodeId> written = ChildList(list);
    if (!FitsCount(spec, written.size(), given.size())) return false;
    for (uint32_t i = 0; i < written.size(); ++i) {
      if (given[i].known) work.push_back({written[i], given[i]});
    }
  }
  return true;
}

// Whether an argument of a specialisation names parameters in a way from which they do not follow:
// in a trait, in an alias template, in Template<T>::name, in decltype or in an expression.
WS_HD bool Walker::IsOpaque(NodeId arg) {
  const bool is_type = tree().kind(arg) == NodeKind::kTypeId;
  if (!is_type && tree().subtree_size(arg) > 1) return true;
  for (uint32_t i = tree().first(arg).index; i <= arg.index; ++i) {
    const NodeId n(i);
    if (tree().kind(n) != NodeKind::kTypeSpec) continue;
    if ((tree().data(n) & qualifier::kTrait) != 0) return true;
    if (token(n).kind == TokenKind::kDecltype) return true;
    if (FirstOfKind(n, NodeKind::kTypeSpec).valid()) return true;
    const uint32_t at = tree().token(n).index;
    if (at > 0 && (*s_->tokens_)[at - 1].kind == TokenKind::kColonColon &&
        QualifyingSpace(n) == Spaces::kNone) {
      return true;  // T::name
    }
    if (!FirstOfKind(n, NodeKind::kTemplateArgs).valid()) continue;
    const EntityId e = LookUpGlobal(token(n).name);
    if (e.valid() && s_->entities_[e.index].is_template &&
        tree().kind(s_->entities_[e.index].node) == NodeKind::kUsing) {
      return true;
    }
  }
  return false;
}

// Walks what a pattern has that names no parameter, so that MatchPattern can ask for it.
WS_HD void Walker::WalkConcrete(NodeId pattern, const NameId* names, uint32_t count) {
  Vec<NodeId> work(*s_->arena_);
  work.push_back(pattern);
  while (!work.empty() && !s_->arena_->failed()) {
    const NodeId arg = work.back();
    work.pop_back();
    if (!NamesParameter(arg, names, count)) {
      PushFrame(InstanceId(0), tree().first(arg), arg, false);
      RunFrames();
      continue;
    }
    if (tree().kind(arg) != NodeKind::kTypeId) continue;
    const Vec<NodeId> parts = ChildList(arg);
    for (const NodeId part : parts) {
      const NodeKind k = tree().kind(part);
      if (k == NodeKind::kTypeSpec) {
        const NodeId list = FirstOfKind(part, NodeKind::kTemplateArgs);
        if (!list.valid() || FirstOfKind(part, NodeKind::kTypeSpec).valid()) continue;
        const Vec<NodeId> inner = ChildList(list);
        for (const NodeId n : inner) work.push_back(n);
      } else if (k == NodeKind::kArrayOp || k == NodeKind::kFunctionOp) {
        const Vec<NodeId> inner = ChildList(part);
        for (const NodeId n : inner) work.push_back(n);
      }
    }
  }
}

// Matches `Template<T, N>` as written at `spec` with an argument's type, or a base of it.
WS_HD bool Walker::DeduceFromStruct(NodeId spec, TypeId type, const NameId* names, TemplateArg* out,
                                    uint32_t count) {
  const NodeId list = FirstOfKind(spec, NodeKind::kTemplateArgs);
  const Vec<NodeId> written = ChildList(list);
  Vec<TemplateArg> given(*s_->arena_);
  while (!ArgumentsAs(spec, type, &given)) {
    if (kind(type) != TypeKind::kStruct) return false;
    type = types().Struct(type).base;
    if (type == TypeId()) return false;
  }
  if (!FitsCount(spec, written.size(), given.size())) return false;
  uint32_t score = 0;
  for (uint32_t i = 0; i < written.size(); ++i) {
    if (!given[i].known) continue;
    if (!MatchPattern(written[i], given[i], names, count, false, out, &score)) return false;
  }
  return true;
}

}  // namespace ws::front
