// device-clean
// Structs: their members are declared in the order of the source; at the end the struct is laid out
// and the signatures of its member functions are walked, so that these see all members.
#include "front/bytes.h"
#include "front/init_list.h"
#include "front/member_defaults.h"
#include "front/operators.h"
#include "front/walker.h"

namespace ws::front {

// The walk jumps over a member function that begins at this node, unless it is walking that one.
WS_HD bool Walker::SkipMemberFunction(NodeId first) {
  uint32_t low = 0;
  uint32_t high = member_functions_.size();
  while (high - low > 1) {
    const uint32_t middle = (low + high) / 2;
    (member_functions_[middle].first.index <= first.index ? low : high) = middle;
  }
  const NodeId function = member_functions_[low].node;
  if (current().node == function) return false;
  SkipTo(function);
  return true;
}

// Reports a type whose members are not known where an object is declared.
WS_HD bool Walker::CheckComplete(NodeId n, TypeId type) {
  if (type == TypeId() || !types().IsIncomplete(type)) return true;
  Error(Kind::kIncompleteType, n, Spell(types().InnerElement(type).Unqualified()));
  return false;
}

// Reports where an object of the type is made and there can be none.
WS_HD bool Walker::CheckObject(NodeId n, TypeId type) {
  if (!CheckComplete(n, type)) return false;
  const TypeId inner = type == TypeId() ? type : types().InnerElement(type);
  if (inner.kind() != TypeKind::kStruct || !types().Struct(inner).is_abstract) return true;
  Error(Kind::kAbstractType, n, Spell(inner.Unqualified()));
  return false;
}

// `struct Name` where Name is not declared declares it.
WS_HD void Walker::DeclareForward(NodeId spec) {
  const Token& name = token(spec);
  const TypeId type = types().AddStruct(name.name, QualifiedHere(spec, name.view()), false);
  if (type == TypeId()) {
    Error(Kind::kStructLimit, spec, "the program", TypeTable::kMaxStructs, "structs");
    return;
  }
  s_->scopes_.push_back({});
  StructScope& scope = s_->scopes_.back();
  scope.owner = frames_.back().instance;
  if (InStruct()) scope.outer = open_structs_.back().type;
  const NodeInfo row = info(spec);
  DeclareAlias(spec, type);
  info(spec) = row;
}

WS_HD void Walker::BeginStruct(NodeId n) {
  if (!n.valid()) return;  // its end was not read
  const Token& name = token(n);
  const bool named = name.kind == TokenKind::kIdentifier;
  const bool is_class = (tree().data(n) & struct_flag::kClass) != 0;
  const bool is_union = (tree().data(n) & struct_flag::kUnion) != 0;
  const TypeId outer = InStruct() ? open_structs_.back().type : TypeId();
  TypeId type;
  if (named) {
    // A forward declaration in the same scope.
    EntityId e = LookUpOpen(name.name);
    if (!e.valid()) e = LookUpLocal(name.name);
    if (!e.valid() && !in_function()) e = GlobalIn(name.name, SpaceOf(n));
    if (e.valid()) {
      const Entity& old = s_->entities_[e.index];
      if (old.kind == EntityKind::kTypeAlias && old.owner == frames_.back().instance &&
          old.scope == outer && kind(old.type) == TypeKind::kStruct &&
          !types().Struct(old.type).complete && !s_->Scope(old.type).node.valid()) {
        type = old.type.Unqualified();
      }
    }
  }
  info(n).category = Category::kType;
  if (type == TypeId()) {
    type = types().AddStruct(named ? name.name : NameId(),
                             named      ? QualifiedHere(n, name.view())
                             : is_union ? "<unnamed union>"
                                        : "<unnamed struct>",
                             is_class);
    if (type == TypeId()) {
      Error(Kind::kStructLimit, n, "the program", TypeTable::kMaxStructs, "structs");
      SkipTo(n);
      return;
    }
    s_->scopes_.push_back({});
    const bool is_instance = in_function() && StructOf(current().node) == n;
    if (named && !is_instance) DeclareAlias(n, type);
  }
  types().Struct(type).is_union = is_union;
  info(n).type = type;
  info(n).bits = 0;
  StructScope& scope = s_->scopes_[type.which()];
  scope.outer = outer;
  // Of a member template's instance the struct that the template is in.
  if (outer == TypeId() && in_function() && current().function.valid() &&
      StructOf(current().node) == n) {
    scope.outer = s_->entities_[current().function.index].within;
  }
  scope.owner = frames_.back().instance;
  scope.node = n;
  open_structs_.push_back({type, fields_.size()});
  BeginInstance(type, n);
  AddTemplateMembers(type);
}

WS_HD void Walker::DeclareField(NodeId n, NodeId declaration, TypeId type, NodeId init) {
  if (type == TypeId()) return;
  info(n).type = type;
  const std::string_view name = token(n).view();
  const TypeKind k = kind(type);
  const uint32_t flags = tree().data(declaration);
  if (k == TypeKind::kAuto) {
    Error(Kind::kUnsupported, n, "a member of type auto");
    return;
  }
  if (k == TypeKind::kVoid || k == TypeKind::kFunction || k == TypeKind::kSignature) {
    Error(Kind::kBadVariableType, n, name, Spell(type));
    return;
  }
  if (!CheckObject(n, type)) return;
  if (k == TypeKind::kArray && types().Bytes(type) == 0) {
    Error(Kind::kArrayWithoutSize, n, name);
    return;
  }
  const OpenStruct& open = open_structs_.back();
  const uint32_t count = fields_.size() - open.first_field;
  if (count == TypeTable::kMaxMembers) {
    Error(Kind::kStructLimit, n, Spell(open.type), TypeTable::kMaxMembers, "members");
  }
  if (count >= TypeTable::kMaxMembers) return;
  for (uint32_t i = open.first_field; i < fields_.size(); ++i) {
    if (fields_[i].name == token(n).name) {
      Error(Kind::kRedeclared, n, name);
      return;
    }
  }
  if (types().Struct(open.type).is_union) {
    const TypeId inner = types().InnerElement(type);
    const bool owns = types().NeedsDestroy(inner) || kind(inner) == TypeKind::kStdVector ||
                      (kind(inner) == TypeKind::kStruct && types().Struct(inner).needs_copy);
    if (owns || init.valid()) {
      Error(
          Kind::kUnsupported, n,
          "a member of a union that has a default value, is copied by a constructor or destroyed");
      return;
    }
  }
  StructMember field;
  field.name = token(n).name;
  field.type = type;
  field.is_private = (flags & storage_flag::kPrivate) != 0;
  field.by_reference = k == TypeKind::kReference;
  if (field.by_reference && init.valid()) {
    Error(Kind::kUnsupported, init, "a default initialiser of a reference");
    return;
  }
  const uint32_t align = (flags & storage_flag::kAlignMask) >> storage_flag::kAlignShift;
  if (align > 0) field.align = 1u << (align - 1);
  field.made_by = TakeDefault(open.type, name);
  // T m{}: as if nothing stood there.
  const bool is_empty = init.valid() && tree().kind(init) == NodeKind::kInitList &&
                        tree().subtree_size(init) == 1 && k == TypeKind::kStruct &&
                        types().Struct(type).has_constructor;
  if (init.valid() && !is_empty) {
    const uint32_t before = s_->sink_->errors();
    CheckInit(type, init);
    Vec<ConstantPart> parts(*s_->arena_);
    const bool known =
        tree().kind(init) == NodeKind::kInitList || info(NodeId(init.index - 1)).type != TypeId();
    if (known && before == s_->sink_->errors() &&
        !ConstantParts(*s_, frames_.back().instance, init, type, parts)) {
      Error(Kind::kUnsupported, init, "a default initialiser that is not constant");
    }
    field.init = init;
  }
  fields_.push_back(field);
}

// A declaration without a name: of an unnamed struct or union, whose members may be named as if
// they stood here.
WS_HD void Walker::VisitVarDecl(NodeId n) {
  if (FirstOfKind(n, NodeKind::kTemplateParams).valid()) {
    if (InStruct() && current().node != n) DeclareTemplate(n);
    return;
  }
  const NodeId spec(link_[n.index]);
  if (!spec.valid() || tree().kind(spec) != NodeKind::kTypeSpec) return;
  const TypeId type = info(spec).type;
  if (kind(type) != TypeKind::kStruct || types().Struct(type).name.valid()) return;
  for (const NodeId c : Children(n)) {
    if (tree().kind(c) == NodeKind::kDeclarator) return;
  }
  const bool is_member = (tree().data(n) & storage_flag::kMember) != 0 && InStruct();
  if (!is_member) {
    if (types().Struct(type).is_union) {
      Error(Kind::kUnsupported, n, "an unnamed union that is no member");
    }
    return;
  }
  const uint32_t first = open_structs_.back().first_field;
  if (fields_.size() - first >= TypeTable::kMaxMembers) {
    Error(Kind::kStructLimit, n, Spell(open_structs_.back().type), TypeTable::kMaxMembers,
          "members");
    return;
  }
  for (const StructMember& inner : types().NamedMembers(type)) {
    for (uint32_t i = first; inner.name.valid() && i < fields_.size(); ++i) {
      if (fields_[i].name == inner.name) {
        Error(Kind::kRedeclared, n, s_->names_->view(inner.name));
        return;
      }
    }
  }
  StructMember field;
  field.type = type;
  field.is_private = (tree().data(n) & storage_flag::kPrivate) != 0;
  fields_.push_back(field);
}

WS_HD void Walker::AddMember(TypeId scope, EntityId e) {
  Entity& entity = s_->entities_[e.index];
  entity.scope = scope;
  StructScope& held = kind(scope) == TypeKind::kStruct ? s_->scopes_[scope.which()]
                                                       : s_->enum_scopes_[scope.which()];
  if (held.num_members++ >= kMaxScopeMembers) {
    if (held.num_members == kMaxScopeMembers + 1) {
      Error(Kind::kStructLimit, entity.node, Spell(scope), kMaxScopeMembers, "names in it");
    }
    return;
  }
  if (entity.kind != EntityKind::kFunction && OwnMember(scope, entity.name).valid()) {
    Error(Kind::kRedeclared, entity.node, s_->names_->view(entity.name));
  }
  entity.next_member = held.members;
  held.members = e;
}

// Whether a function's only parameter is written with the name of the struct.
WS_HD bool Walker::TakesOwnType(NodeId function, TypeId type) {
  const std::span<const NodeId> params = Children(FirstOfKind(function, NodeKind::kParamList));
  if (params.size() != 1) return false;
  return token(NodeId(link_[params[0].index])).name == types().Struct(type).name;
}

// A function in a struct: its entity and, for each side it runs on, an instance without signature
// yet.
WS_HD void Walker::DeclareMemberFunction(NodeId n) {
  if (current().node == n || !InStruct()) return;  // the end of its own walk
  const bool is_lambda = (tree().data(n) & function_flag::kLambda) != 0;
  if (is_lambda && frames_.back().next == n.index) return;  // its Lambda declares it
  uint32_t flags = tree().data(n);
  if (is_lambda && (flags & (function_flag::kHost | function_flag::kDevice)) == 0) {
    // It runs where it stands.
    const bool on_host = current().target == Target::kHost;
    flags |= on_host ? function_flag::kHost : function_flag::kDevice;
  }
  info(n).bits = 0;
  const TypeId type = open_structs_.back().type;
  if ((flags & function_flag::kVirtual) != 0 && (flags & function_flag::kMember) != 0) {
    types().Struct(type).is_polymorphic = true;
    if (FirstOfKind(n, NodeKind::kTemplateParams).valid()) {
      Error(Kind::kUnsupported, n, "a virtual function template");
      return;
    }
  }
  if ((flags & function_flag::kFriend) != 0) {
    const InstanceId id = BeginFunction(n);
    if (!id.valid()) return;
    info(n).bits = id.index;
    s_->entities_[s_->instances_[id.index].function.index].within = type;
    return;
  }
  if ((flags & function_flag::kDefaulted) != 0) {
    const bool takes = tree().subtree_size(FirstOfKind(n, NodeKind::kParamList)) > 1;
    if ((flags & function_flag::kConstructor) != 0 && !takes) {
      types().Struct(type).defaulted = true;
    }
    return;
  }
  if ((flags & function_flag::kGlobal) != 0) {
    Error(Kind::kUnsupported, n, "a kernel in a struct");
    return;
  }
  StructScope& scope = s_->scopes_[type.which()];
  const bool is_constructor = (flags & function_flag::kConstructor) != 0;
  const bool is_destructor = (flags & function_flag::kDestructor) != 0;
  const bool is_conversion = (flags & function_flag::kConversion) != 0;
  const bool has_name = !is_constructor && !is_destructor && !is_conversion;
  if ((flags & function_flag::kDeleted) != 0) {
    const bool copies = is_constructor || OperatorOf(flags) == TokenKind::kEqual;
    if (copies && TakesOwnType(n, type)) types().Struct(type).no_copy = true;
    return;
  }
  const TokenKind op = OperatorOf(flags);
  const bool is_template = FirstOfKind(n, NodeKind::kTemplateParams).valid() || HasAutoParams(n);
  Entity entity;
  entity.kind = EntityKind::kFunction;
  entity.type = TypeId(TypeKind::kFunction);
  if (has_name || is_constructor) entity.name = token(n).name;
  entity.node = n;
  entity.type_node = n;
  entity.flags = flags;
  entity.is_template = is_template;
  entity.bits = is_template ? 0 : s_->instances_.size();
  if (!has_name) {
    entity.next = is_constructor  ? scope.constructors
                  : is_conversion ? scope.conversions
                                  : EntityId();
  } else {
    entity.next = op == TokenKind::kEof ? OwnMember(type, entity.name) : FindOperator(type, op);
    if (entity.next.valid() && s_->entities_[entity.next.index].scope != type) {
      entity.next = EntityId();  // a base's
    }
    if (entity.next.valid() && s_->entities_[entity.next.index].kind != EntityKind::kFunction) {
      Error(Kind::kRedeclared, n, s_->names_->view(entity.name));
      return;
    }
  }
  bool has_body = tree().kind(NodeId(n.index - 1)) == NodeKind::kCompound;
  const NodeId definition = has_body || outside_.empty() ? NodeId() : DefinitionOf(n, type);
  if (definition.valid()) {
    entity.node = definition;
    has_body = true;
  }
  if (is_template) {
    const EntityId e = AddEntity(entity);
    if (!is_constructor) {
      AddMember(type, e);
      return;
    }
    s_->entities_[e.index].scope = type;
    s_->scopes_[type.which()].constructors = e;
    return;
  }
  Instance inst;
  inst.node = n;
  inst.has_body = has_body;
  inst.target = TargetOf(flags, Target::kFile);
  inst.first_arg = s_->args_.size();
  inst.has_this = (flags & function_flag::kStatic) == 0;
  inst.self = (flags & function_flag::kConst) != 0 ? type.Const() : type;
  if (entity.bits >= Sema::kMaxInstances) {
    s_->arena_->Fail();
    return;
  }
  inst.function = AddEntity(entity);
  s_->instances_.push_back(inst);
  info(n).bits = entity.bits;
  if (!has_name) {
    s_->entities_[inst.function.index].scope = type;
    StructScope& held = s_->scopes_[type.which()];
    (is_constructor  ? held.constructors
     : is_conversion ? held.conversions
                     : held.destructor) = inst.function;
    if (is_destructor) types().Struct(type).has_destructor = true;
  } else {
    AddMember(type, inst.function);
    const bool is_default = entity.name.valid() && IsDefaultOf(s_->names_->view(entity.name));
    if (is_default) defaults_.push_back(inst.function);
  }
}

WS_HD bool Walker::PushMemberSignature(InstanceId id) {
  if (!AllocateInfos(id)) return false;
  Instance& inst = s_->instances_[id.index];
  inst.has_signature = true;  // even if walking it fails
  const NodeId node = inst.node;
  PushFrame(id, tree().first(node), SignatureEnd(node), true);
  return true;
}

WS_HD bool Walker::PushMemberSignatures(TypeId type) {
  Vec<InstanceId> made(*s_->arena_);
  for (const NodeId c : Children(s_->Scope(type).node)) {
    if (tree().kind(c) == NodeKind::kFunction && info(c).bits != 0) {
      made.push_back(InstanceId(static_cast<uint32_t>(info(c).bits)));
    }
  }
  for (const InstanceId id : made) {
    const Instance inst = s_->instances_[id.index];
    if (!PushMemberSignature(id)) return false;
    if ((s_->entities_[inst.function.index].flags & function_flag::kFriend) != 0) continue;
    for (const Target side : {Target::kHost, Target::kDevice}) {
      const Target target = TargetOf(s_->entities_[inst.function.index].flags, side);
      if (target == inst.target) continue;
      const InstanceId other = FindInstance(inst.function, nullptr, 0, target);
      if (!other.valid()) {
        Error(Kind::kTooManyInstances, inst.node, Sema::kMaxInstances);
        return false;
      }
      if (!s_->instances_[other.index].has_infos) s_->instances_[other.index].node = inst.node;
      s_->instances_[other.index].self = inst.self;
      s_->instances_[other.index].has_this = inst.has_this;
      if (!PushMemberSignature(other)) return false;
    }
  }
  return !made.empty();
}

// With all signatures known.
WS_HD void Walker::CheckMemberFunctions(TypeId type) {
  Vec<InstanceId> made(*s_->arena_);
  for (const NodeId c : Children(s_->Scope(type).node)) {
    if (tree().kind(c) == NodeKind::kFunction && info(c).bits != 0) {
      made.push_back(InstanceId(static_cast<uint32_t>(info(c).bits)));
    }
  }
  const auto same_params = [&](const Instance& a, const Instance& b) {
    bool same = a.num_params == b.num_params && a.self == b.self;
    const uint32_t flags = s_->entities_[a.function.index].flags;
    if ((flags & function_flag::kConversion) != 0 && a.result != b.result) same = false;
    for (uint32_t i = 0; same && i < a.num_params; ++i) {
      same = SameParam(s_->params_[a.first_param + i], s_->params_[b.first_param + i]);
    }
    return same;
  };
  bool has_move = false;
  for (const InstanceId id : made) {
    const Instance inst = s_->instances_[id.index];
    const Entity entity = s_->entities_[inst.function.index];
    if ((entity.flags & function_flag::kFriend) != 0) {
      EndFunction(id);
      continue;
    }
    if ((entity.flags & function_flag::kConstructor) != 0 && inst.num_params > 0 &&
        inst.num_required <= 1) {
      const TypeId first = s_->params_[inst.first_param].type;
      if (first != TypeId() && kind(first) == TypeKind::kReference &&
          types().Element(first).Unqualified() == type) {
        const bool moves = s_->params_[inst.first_param].is_rvalue;
        // What is moved is a temporary object, which becomes the new one.
        if (!moves) types().Struct(type).has_copy = types().Struct(type).needs_copy = true;
        has_move |= moves;
      }
    }
    for (EntityId e = entity.next; e.valid(); e = s_->entities_[e.index].next) {
      if (same_params(inst, s_->instances_[s_->entities_[e.index].bits])) {
        Error(Kind::kRedeclared, inst.node, s_->NameOf(inst.function));
        break;
      }
    }
    FindOverridden(id);
    // Those of lib/ and of templates are looked at once they are called.
    const bool is_lazy = current().num_args > 0 || !token(inst.node).loc.valid() ||
                         (entity.name.valid() && IsDefaultOf(s_->names_->view(entity.name)));
    if (inst.has_body && !is_lazy) Queue(id);
  }
  if (has_move && !types().Struct(type).has_copy) types().Struct(type).no_copy = true;
  if (types().Struct(type).is_polymorphic) KeepVirtual(type);
}

// The first time the members are complete; again when the signatures of its functions are.
WS_HD Walker::Visit Walker::FinishStruct(NodeId n) {
  const TypeId type = info(n).type;
  if (type == TypeId() || (info(n).bits == 0 && !InStruct())) return Visit::kNext;
  if (info(n).bits != 0) {
    CheckMemberFunctions(type);
    return Visit::kNext;
  }
  const OpenStruct open = open_structs_.back();
  const uint32_t log2 = (tree().data(n) & struct_flag::kAlignMask) >> struct_flag::kAlignShift;
  AddClassId(type);
  open_structs_.pop_back();
  const std::span<const StructMember> members = fields_.span().subspan(open.first_field);
  const uint32_t written = log2 > 0 ? 1u << (log2 - 1) : 0u;
  if (!types().CompleteStruct(type, members, written > open.align ? written : open.align)) {
    Error(Kind::kTypeTooLarge, n, "the struct");
    types().Struct(type).complete = true;
  }
  fields_.truncate(open.first_field);
  StructInfo& laid_out = types().Struct(type);
  laid_out.has_constructor = s_->Scope(type).constructors.valid();
  // A constructor that is written as defaulted does nothing of its own.
  const bool has_own = laid_out.has_constructor && !laid_out.defaulted;
  laid_out.inherits = (tree().data(n) & struct_flag::kInherits) != 0 && laid_out.base != TypeId();
  if (!laid_out.has_constructor && (laid_out.is_polymorphic || laid_out.inherits)) {
    laid_out.has_constructor = laid_out.defaulted = true;
  }
  laid_out.is_plain = laid_out.is_plain && !laid_out.has_constructor;
  laid_out.needs_init |= has_own || laid_out.is_polymorphic || laid_out.inherits;
  laid_out.needs_destroy |= laid_out.has_destructor;
  if (laid_out.depth > TypeTable::kMaxStructDepth) {
    Error(Kind::kStructLimit, n, Spell(type), TypeTable::kMaxStructDepth,
          "structs, one inside the other");
  }
  if (laid_out.num_parts > TypeTable::kMaxParts) {
    Error(Kind::kStructLimit, n, Spell(type), TypeTable::kMaxParts,
          "members, those of its members counted");
    laid_out.num_members = laid_out.num_named = laid_out.num_parts = 0;
  }
  info(n).bits = 1;
  return PushMemberSignatures(type) ? Visit::kAgain : Visit::kNext;
}

}  // namespace ws::front
