// device-clean
// Declarations: variables, parameters, aliases, enumerations, initialisers.
#include "front/constants.h"
#include "front/init_list.h"
#include "front/text_literal.h"
#include "front/walker.h"

namespace ws::front {

// Whether making an object without arguments does nothing: its constructor is written `= default`
// or has an empty body, and so it is with its parts.
WS_HD static bool ConstructsNothing(const Sema& sema, TypeId type) {
  const TypeTable& types = sema.types();
  const Tree& tree = sema.tree();
  Vec<TypeId> work(sema.arena());
  work.push_back(types.InnerElement(type).Unqualified());
  while (!work.empty()) {
    const TypeId part = work.back();
    work.pop_back();
    if (!types.NeedsInit(part) || types.Kind(part) != TypeKind::kStruct) continue;
    const StructInfo& made = types.Struct(part);
    if (made.is_polymorphic || made.inherits) return false;
    if (made.has_constructor && !made.defaulted) {
      const InstanceId id = sema.DefaultConstructor(part, Target::kDevice);
      if (!id.valid() || sema.Params(sema.instance(id)).size() > 0) return false;
      const NodeId function = sema.entity(sema.instance(id).function).node;
      const NodeId body(function.index - 1);
      if (tree.kind(body) != NodeKind::kCompound || tree.subtree_size(body) > 1) return false;
      const NodeId before = tree.PrevSibling(function, body);
      if (before.valid() && tree.kind(before) == NodeKind::kMemberInit) return false;
    }
    for (const StructMember& member : types.Members(part)) {
      if (member.init.valid() || member.made_by.valid()) return false;
      work.push_back(types.InnerElement(member.type).Unqualified());
    }
  }
  return true;
}

// The type as written, auto included, and the initialiser, if any.
WS_HD TypeId Walker::DeclaredType(NodeId n, NodeId* init) {
  const NodeId declaration(link_[n.index]);
  const NodeId spec(link_[declaration.index]);
  const std::span<const NodeId> kids = Children(n);
  size_t num_ops = 0;
  while (num_ops < kids.size() && IsDeclaratorOp(tree().kind(kids[num_ops]))) ++num_ops;
  size_t at = num_ops;
  while (at < kids.size() && (tree().kind(kids[at]) == NodeKind::kBinding ||
                              tree().kind(kids[at]) == NodeKind::kTemplateArgs)) {
    ++at;
  }
  *init = at < kids.size() ? kids[at] : NodeId();
  TypeId type = info(spec).type;
  const bool is_constexpr = tree().kind(declaration) == NodeKind::kVarDecl &&
                            (tree().data(declaration) & storage_flag::kConstexpr) != 0;
  if (num_ops > 0) type = ApplyOps(type, kids.subspan(0, num_ops));
  if (is_constexpr && type != TypeId() && kind(type) != TypeKind::kReference) type = type.Const();
  return type;
}

WS_HD void Walker::VisitDeclarator(NodeId n) {
  const NodeId declaration(link_[n.index]);
  NodeId init;
  const TypeId type = DeclaredType(n, &init);
  const bool plain_member =
      tree().kind(declaration) == NodeKind::kVarDecl &&
      (tree().data(declaration) & (storage_flag::kMember | storage_flag::kStatic)) ==
          storage_flag::kMember;
  if (plain_member && InStruct()) {
    DeclareField(n, declaration, type, init);
    return;
  }
  switch (tree().kind(declaration)) {
    case NodeKind::kVarDecl:
      if ((tree().data(declaration) & storage_flag::kRange) != 0) return;  // see DeclareRange
      if (in_function() && current().node == declaration) {
        return SetTemplateVariable(n, type, init);
      }
      if ((tree().data(declaration) & storage_flag::kMember) != 0 && !InStruct()) {
        return DefineStaticMember(n, type, init);
      }
      DeclareVariable(n, declaration, type, init);
      return;
    case NodeKind::kParam:
      DeclareParam(n, declaration, type);
      return;
    case NodeKind::kTemplateValueParam:
      DeclareTemplateValue(n, init, type);
      return;
    case NodeKind::kTypedef:
      // typedef struct {...} Name: its name for the reader.
      if (kind(type) == TypeKind::kStruct && !types().Struct(type).name.valid()) {
        types().Struct(type).text = QualifiedHere(n, token(n).view());
      }
      DeclareAlias(n, type);
      return;
    default:
      return;
  }
}

WS_HD TypeId Walker::DeduceAuto(NodeId n, TypeId pattern, NodeId init) {
  const TypeKind outer = kind(pattern);
  const TypeId inner = outer == TypeKind::kPointer || outer == TypeKind::kReference
                           ? types().Element(pattern)
                           : pattern;
  if (kind(inner) != TypeKind::kAuto) return pattern;
  NodeId value;
  if (init.valid() && tree().kind(init) != NodeKind::kInitList) {
    const std::span<const NodeId> kids = Children(init);
    if (kids.size() == 1) value = kids[0];
  }
  if (!value.valid() || tree().kind(value) == NodeKind::kInitList) {
    Error(Kind::kCannotDeduceAuto, n);
    return {};
  }
  return DeduceAutoFrom(n, pattern, TypeAsValue(value));
}

// What auto stands for in the pattern where the initialiser has the type `from`.
WS_HD TypeId Walker::DeduceAutoFrom(NodeId n, TypeId pattern, TypeId from) {
  const TypeKind outer = kind(pattern);
  const TypeId inner = outer == TypeKind::kPointer || outer == TypeKind::kReference
                           ? types().Element(pattern)
                           : pattern;
  if (kind(inner) != TypeKind::kAuto) return pattern;
  if (from == TypeId()) return {};
  if (kind(from) == TypeKind::kVoid || kind(from) == TypeKind::kFunction) {
    Error(Kind::kCannotDeduceAuto, n);
    return {};
  }
  const uint32_t qualifiers = inner.index & 3;
  if (outer == TypeKind::kReference) {
    return types().Reference(from.With(qualifiers));
  }
  const TypeId decayed = types().Decay(from);
  if (outer == TypeKind::kPointer) {
    if (kind(decayed) != TypeKind::kPointer) {
      Error(Kind::kCannotDeduceAuto, n);
      return {};
    }
    return types().Pointer(types().Element(decayed).With(qualifiers)).With(pattern.index & 3);
  }
  return decayed.With(qualifiers);
}

// Characters of the string literal, with the zero.
WS_HD uint32_t Walker::TextSize(NodeId literal) {
  Vec<uint8_t> text(*s_->arena_);
  uint32_t bad = 0;
  ReadText(*s_->tokens_, tree().token(literal).index, text, &bad);
  return text.size();
}

// An array without bound gets it from its initialiser.
WS_HD TypeId Walker::CountInitializers(TypeId type, NodeId init) {
  if (kind(type) != TypeKind::kArray || types().Info(type).count != 0 || !init.valid()) return type;
  NodeId list = init;
  if (tree().kind(init) == NodeKind::kInitEq) list = NodeId(init.index - 1);
  if (tree().kind(init) == NodeKind::kInitParen && tree().subtree_size(init) == 2) {
    list = NodeId(init.index - 1);
  }
  if (tree().kind(list) == NodeKind::kStringLiteral) {
    return types().Array(types().Element(type), TextSize(list));
  }
  if (tree().kind(list) != NodeKind::kInitList) return type;
  const uint32_t count = static_cast<uint32_t>(Children(list).size());
  return count == 0 ? type : types().Array(types().Element(type), count);
}

WS_HD void Walker::DeclareVariable(NodeId n, NodeId declaration, TypeId type, NodeId init) {
  const uint32_t flags = tree().data(declaration);
  const bool caught = (flags & storage_flag::kCaught) != 0;
  if (AsksDecltype(declaration) && init.valid() && tree().subtree_size(init) > 1) {
    type = DecltypeOf(NodeId(init.index - 1));
  }
  type = DeduceAuto(n, type, init);
  if (type != TypeId()) type = CountInitializers(type, init);
  const bool shared = (flags & storage_flag::kShared) != 0;
  const bool is_extern = (flags & storage_flag::kExtern) != 0;
  Entity entity;
  entity.name = token(n).name;
  entity.node = n;
  entity.type_node = declaration;
  entity.owner = frames_.back().instance;
  entity.flags = flags;
  entity.kind = shared ? EntityKind::kShared
                : !in_function() || (flags & (storage_flag::kStatic | storage_flag::kConstant |
                                              storage_flag::kDevice)) != 0
                    ? EntityKind::kGlobal
                    : EntityKind::kLocal;
  entity.in_constant_memory = (flags & storage_flag::kConstant) != 0;
  entity.dynamic = shared && is_extern;
  const Target target = current().target;
  entity.on_host = in_function() && target == Target::kHost;
  if (type != TypeId()) {
    const TypeKind k = kind(type);
    const std::string_view name = token(n).view();
    if (k == TypeKind::kVoid || k == TypeKind::kFunction || k == TypeKind::kSignature) {
      Error(Kind::kBadVariableType, n, name, Spell(type));
      type = {};
    } else if (k == TypeKind::kReference && !init.valid() && !caught) {
      Error(Kind::kReferenceNeedsValue, n, name);
      type = {};
    } else if (k == TypeKind::kReference && entity.kind != EntityKind::kLocal) {
      Error(Kind::kUnsupported, n, "a reference at file scope");
      type = {};
    } else if (!is_extern && !CheckObject(n, type)) {
      type = {};
    } else if (k == TypeKind::kArray && types().Bytes(type) == 0 && !entity.dynamic) {
      Error(Kind::kArrayWithoutSize, n, name);
      type = {};
    }
    if (k == TypeKind::kStdVector && !CheckVectorPlace(n, entity.kind, init)) type = {};
    if (type != TypeId() && shared && (init.valid() || !ConstructsNothing(*s_, type))) {
      Error(Kind::kSharedInitialized, init.valid() ? init : n, name);
    }
    if (shared && in_function() && target == Target::kHost) {
      Error(Kind::kSharedOnHost, n, name);
    }
    if (shared && !in_function() && !is_extern) Error(Kind::kSharedAtFileScope, n, name);
  }
  if (type != TypeId() && types().NeedsDestroy(type)) {
    if (entity.kind == EntityKind::kLocal || !in_function()) {
      UseDestructors(n, type);
    } else if (init.valid() || types().NeedsInit(type) || HasDestructor(type)) {
      Error(Kind::kUnsupported, n,
            "a static object of a function with a destructor, or with a value and a std::vector in "
            "it");
      type = {};
    }
  }
  // An empty vector is all zeros.
  const bool zeros = entity.kind == EntityKind::kGlobal && type != TypeId() &&
                     kind(type) == TypeKind::kStdVector &&
                     (in_function() || (init.valid() && tree().subtree_size(init) == 1));
  if (zeros) init = NodeId();
  entity.type = type;
  const bool object = type != TypeId() && kind(type) == TypeKind::kStruct;
  entity.address_taken = type != TypeId() && (kind(type) == TypeKind::kArray || object ||
                                              kind(type) == TypeKind::kStdVector);
  if (type != TypeId() && init.valid() && !shared) CheckInit(type, init);
  if (caught && type != TypeId()) {
    CheckCaught(n, type);
  } else if (type != TypeId() && !init.valid() && !shared && !is_extern &&
             types().NeedsInit(type)) {
    RequireDefault(n, type);
  }

  // A const scalar with a known value is that value wherever it is named.
  const bool scalar = type != TypeId() && kind(type) != TypeKind::kArray && !object;
  if (type != TypeId() && !scalar && !object && init.valid() &&
      (flags & storage_flag::kConstexpr) != 0) {
    CheckConstantElements(init, type);
  }
  if (scalar && init.valid() && type.is_const() && !type.is_volatile() &&
      (kind(type) == TypeKind::kEnumClass || IsIntegerKind(kind(type)) ||
       (flags & storage_flag::kConstexpr) != 0 || IsFloatKind(kind(type)))) {
    NodeId value = init;
    if (tree().kind(init) != NodeKind::kInitList || Children(init).size() == 1) {
      value = NodeId(init.index - 1);
    }
    if (value != init && ConstantAs(value, type, &entity.bits)) entity.is_constant = true;
    if (!entity.is_constant && (flags & storage_flag::kConstexpr) != 0 &&
        info(value).type != TypeId() && !IsAddressConstant(value, type)) {
      NotConstant(init, "the value of a constexpr variable");
    }
  } else if (type != TypeId() && type.is_const() && !init.valid() && !is_extern && !shared &&
             !caught && !InStruct() && kind(type) != TypeKind::kArray &&
             !types().IsAggregate(type) && !types().NeedsInit(type)) {
    Error(Kind::kConstNeedsValue, n, token(n).view());
  }
  info(n).type = type;
  if (InStruct()) {
    entity.scope = open_structs_.back().type;
    for (const Outside& outside : outside_) {
      const bool names_it = tree().kind(outside.node) == NodeKind::kDeclarator &&
                            token(outside.node).name == entity.name;
      if (names_it && IsOutsideOf(outside, entity.scope)) entity.node = outside.node;
    }
    if (!init.valid() && entity.node == n && type.is_const()) {
      Error(Kind::kConstNeedsValue, n, token(n).view());
    }
    entity.kind = EntityKind::kGlobal;
    const EntityId e = AddEntity(entity);
    info(n).entity = e;
    AddMember(entity.scope, e);
    return;
  }
  if (entity.name.valid() && !in_function()) {
    const EntityId old = GlobalIn(entity.name, SpaceOf(n));
    const bool again = old.valid() && s_->entities_[old.index].kind == entity.kind &&
                       s_->entities_[old.index].type == type && is_extern;
    if (old.valid() && !again) Error(Kind::kRedeclared, n, token(n).view());
    if (again) {
      info(n).entity = old;
      return;
    }
  }
  const bool binds = FirstOfKind(n, NodeKind::kBinding).valid();
  entity.address_taken |= binds;
  const EntityId e = AddEntity(entity);
  info(n).entity = e;
  if (entity.kind == EntityKind::kLocal &&
      (init.valid() || (type != TypeId() && types().NeedsInit(type)))) {
    NoteInitialised(n);
  }
  if (binds) return DeclareBindings(n, type);
  if (!entity.name.valid()) return;
  if (in_function()) {
    BindLocal(e);
  } else {
    GlobalSlot(entity.name, SpaceOf(n)) = e;
  }
}

// The name of a declaration that could not be read: of no type, so that its uses say nothing.
WS_HD void Walker::DeclareBroken(NodeId n) {
  if (tree().data(n) != 1 || (!frames_.empty() && InStruct())) return;
  const bool local = !frames_.empty() && in_function();
  Entity entity;
  entity.kind = local ? EntityKind::kLocal : EntityKind::kGlobal;
  entity.name = token(n).name;
  entity.node = n;
  entity.owner = frames_.empty() ? InstanceId(0) : frames_.back().instance;
  if (local) {
    BindLocal(AddEntity(entity));
  } else if (!GlobalIn(entity.name, SpaceOf(n)).valid()) {
    const EntityId e = AddEntity(entity);
    GlobalSlot(entity.name, SpaceOf(n)) = e;
  }
}

// Whether the expression gives a pointer an address that is known before the program runs.
WS_HD bool Walker::IsAddressConstant(NodeId value, TypeId type) const {
  return kind(type) == TypeKind::kPointer &&
         AddressConstant(*s_, frames_.back().instance, value).valid();
}

// The elements of a constexpr array are constants.
WS_HD void Walker::CheckConstantElements(NodeId init, TypeId type) {
  const NodeId list = tree().kind(init) == NodeKind::kInitEq ? NodeId(init.index - 1) : init;
  if (type == TypeId() || tree().kind(list) != NodeKind::kInitList) return;
  Vec<ListItem> work(*s_->arena_);
  work.push_back({list, type, 0});
  for (uint32_t i = 0; i < work.size() && !s_->arena_->failed(); ++i) {
    const ListItem item = work[i];
    if (tree().kind(item.value) == NodeKind::kInitList) {
      SplitList(*s_, frames_.back().instance, item, work);
    } else if (info(item.value).type != TypeId() && !info(item.value).constant &&
               !IsAddressConstant(item.value, item.type)) {
      NotConstant(item.value, "an element of a constexpr array");
      return;
    }
  }
}

WS_HD void Walker::DeclareParam(NodeId n, NodeId param, TypeId type) {
  if (type != TypeId() && kind(type) == TypeKind::kAuto) {
    Error(Kind::kUnsupported, n, "a parameter of type auto");
    type = {};
  }
  if (type != TypeId() && kind(type) == TypeKind::kArray) {
    type = types().Pointer(types().Element(type));
  }
  if (type != TypeId() && kind(type) == TypeKind::kSignature) type = types().Pointer(type);
  if (type != TypeId() && types().NeedsDestroy(type)) {
    if (current().target == Target::kKernel) {
      Error(Kind::kUnsupported, n, "a parameter of a kernel of a type with a destructor");
    } else {
      UseDestructors(n, type);  // the caller's, of the copy
    }
  }
  Entity entity;
  entity.kind = EntityKind::kParam;
  entity.type = type;
  entity.address_taken = type != TypeId() && kind(type) == TypeKind::kStruct;
  entity.node = n;
  entity.type_node = param;
  entity.owner = frames_.back().instance;
  // An unnamed parameter's token is whatever stands there.
  const Token& t = token(n);
  if (t.kind == TokenKind::kIdentifier) entity.name = t.name;
  const EntityId e = AddEntity(entity);
  info(n).type = type;
  info(n).entity = e;
  info(param).type = type;
  info(param).entity = e;
  if (entity.name.valid()) BindLocal(e);
}

WS_HD void Walker::DeclareTemplateType(NodeId n) {
  Frame& frame = frames_.back();
  const uint32_t index = frame.next_template++;
  Instance& inst = current();
  if (index >= inst.num_args) return;
  TemplateArg& arg = s_->args_[inst.first_arg + index];
  if (!arg.known && tree().subtree_size(n) > 1) {
    arg = {info(NodeId(n.index - 1)).type, 0, true, true};
  }
  Entity entity;
  entity.kind = EntityKind::kTypeAlias;
  entity.type = arg.known && arg.is_type ? arg.type : TypeId();
  entity.name = token(n).name;
  entity.node = n;
  entity.owner = frame.instance;
  if (!arg.known) inst.signature_failed = true;
  info(n).type = entity.type;
  if (entity.name.valid()) BindLocal(AddEntity(entity));
}

WS_HD void Walker::DeclareTemplateValue(NodeId n, NodeId init, TypeId type) {
  Frame& frame = frames_.back();
  const uint32_t index = frame.next_template++;
  Instance& inst = current();
  if (index >= inst.num_args || type == TypeId()) return;
  TemplateArg& arg = s_->args_[inst.first_arg + index];
  uint64_t bits = 0;
  if (kind(type) == TypeKind::kAuto) {
    if (!arg.known && init.valid()) type = info(NodeId(init.index - 1)).type;
    if (arg.known && !arg.is_type && kind(arg.type) != TypeKind::kFunction) type = arg.type;
    if (type == TypeId()) return;
  }
  if (!arg.known && init.valid()) {
    if (ConstantAs(NodeId(init.index - 1), type, &bits)) {
      arg = {type.Unqualified(), bits, false, true};
    }
  } else if (arg.known && kind(arg.type) == TypeKind::kFunction) {
    NodeInfo named;
    named.category = Category::kFunction;
    const bool is_instance = arg.bits >> 32 != 0;
    const uint32_t which = static_cast<uint32_t>(arg.bits);
    named.entity = is_instance ? s_->instances_[which].function : EntityId(which);
    named.bits = is_instance ? which : 0;
    const TypeId wanted = types().IsFunctionPointer(type) ? types().Element(type) : TypeId();
    const Target side = inst.target == Target::kHost ? Target::kHost : Target::kDevice;
    const InstanceId id = wanted == TypeId() ? InstanceId() : ChooseFunction(named, wanted, side);
    TemplateArg& chosen = s_->args_[current().first_arg + index];
    if (id.valid()) {
      chosen.bits = uint64_t{1} << 32 | id.index;
    } else {
      Error(Kind::kCannotConvert, n, s_->NameOf(named.entity), Spell(type));
      chosen.known = false;
    }
    Entity entity;
    entity.kind = EntityKind::kConstant;
    entity.type = chosen.type;
    entity.bits = chosen.bits;
    entity.name = token(n).name;
    entity.node = n;
    entity.owner = frame.instance;
    if (!chosen.known) current().signature_failed = true;
    info(n).type = type.Unqualified();
    if (entity.name.valid()) BindLocal(AddEntity(entity));
    return;
  } else if (arg.known) {
    const bool scoped =
        kind(type) == TypeKind::kEnumClass || kind(arg.type) == TypeKind::kEnumClass;
    if (scoped && arg.type == type.Unqualified()) {
      // Scoped enumerations convert to nothing else.
    } else if (!scoped && ConvertConstant(kind(arg.type), kind(type), arg.bits, &bits)) {
      arg.type = type.Unqualified();
      arg.bits = bits;
    } else {
      Error(Kind::kCannotConvert, n, Spell(arg.type), Spell(type));
    }
  }
  Entity entity;
  entity.kind = EntityKind::kConstant;
  entity.type = type.Unqualified();
  entity.is_constant = arg.known && !arg.is_type;
  entity.bits = arg.bits;
  entity.name = token(n).name;
  entity.node = n;
  entity.owner = frame.instance;
  if (!arg.known) inst.signature_failed = true;
  info(n).type = entity.type;
  if (entity.name.valid()) {
    const EntityId e = AddEntity(entity);
    info(n).entity = e;
    BindLocal(e);
  }
}

WS_HD void Walker::DeclareAlias(NodeId name_node, TypeId type) {
  Entity entity;
  entity.kind = EntityKind::kTypeAlias;
  entity.type = type;
  entity.name = token(name_node).name;
  entity.node = name_node;
  entity.owner = frames_.back().instance;
  info(name_node).type = type;
  info(name_node).category = Category::kType;
  if (!entity.name.valid()) return;
  const EntityId e = AddEntity(entity);
  info(name_node).entity = e;
  if (InStruct()) {
    AddMember(open_structs_.back().type, e);
    return;
  }
  if (in_function()) {
    BindLocal(e);
    return;
  }
  EntityId& slot = GlobalSlot(entity.name, SpaceOf(name_node));
  if (slot.valid() && (s_->entities_[slot.index].kind != EntityKind::kTypeAlias ||
                       s_->entities_[slot.index].type != type)) {
    Error(Kind::kRedeclared, name_node, token(name_node).view());
  }
  slot = e;
}

// The type that an enumeration's values have; made when the first of them is declared.
WS_HD TypeId Walker::EnumType(NodeId n) {
  if (info(n).type != TypeId()) return info(n).type;
  TypeId type(TypeKind::kInt);
  for (const NodeId c : Children(n)) {
    if (tree().kind(c) != NodeKind::kTypeSpec) continue;
    if (IsIntegerKind(kind(info(c).type))) {
      type = info(c).type.Unqualified();
    } else if (info(c).type != TypeId()) {
      Error(Kind::kNotAnInteger, c, Spell(info(c).type));
    }
  }
  if (tree().data(n) != 0) {
    type = types().AddEnumClass(QualifiedHere(n, token(n).view()), kind(type));
    s_->enum_scopes_.push_back({});
    if (type == TypeId()) {
      Error(Kind::kStructLimit, n, "the program", TypeTable::kMaxStructs, "enumerations");
      type = TypeId(TypeKind::kInt);
    }
  }
  info(n).type = type;
  return type;
}

// An enumerator is one more than the one before it, or what is written.
WS_HD void Walker::DeclareEnumerator(NodeId n) {
  if (!enum_.valid()) return;
  const TypeId type = EnumType(enum_);
  const TypeKind held = kind(types().Underlying(type));
  uint64_t bits = 0;
  if (tree().subtree_size(n) > 1) {
    const NodeId value(n.index - 1);
    if (CheckInteger(value) && !ConstantAs(value, TypeId(held), &bits)) {
      NotConstant(value, "an enumerator");
    }
  } else if (n.index > 0 && tree().kind(NodeId(n.index - 1)) == NodeKind::kEnumerator) {
    bits = ExtendInteger(held, info(NodeId(n.index - 1)).bits + 1);
  }
  info(n).bits = bits;
  Entity entity;
  entity.kind = EntityKind::kConstant;
  entity.type = type;
  entity.is_constant = true;
  entity.bits = bits;
  entity.name = token(n).name;
  entity.node = n;
  entity.owner = frames_.back().instance;
  if (!entity.name.valid()) return;
  const EntityId e = AddEntity(entity);
  info(n).entity = e;
  if (kind(type) == TypeKind::kEnumClass) {
    AddMember(type, e);
    return;
  }
  if (InStruct()) {
    AddMember(open_structs_.back().type, e);
    return;
  }
  if (in_function()) {
    BindLocal(e);
    return;
  }
  EntityId& slot = GlobalSlot(entity.name, SpaceOf(n));
  if (slot.valid()) Error(Kind::kRedeclared, n, token(n).view());
  slot = e;
}

// An enumeration that is not scoped is its integer type under another name.
WS_HD void Walker::DeclareEnum(NodeId n) {
  const TypeId type = EnumType(n);
  if (token(n).kind == TokenKind::kIdentifier) DeclareAlias(n, type);
  info(n).type = type;
}

WS_HD void Walker::CheckStaticAssert(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  if (kids.empty() || info(kids[0]).type == TypeId()) return;
  if (tree().data(n) == 1 && InStruct()) {  // the struct's alignment
    constexpr uint64_t kMost = 8192;
    uint64_t bytes = 0;
    if (!ConstantAs(kids[0], TypeId(TypeKind::kULong), &bytes)) {
      NotConstant(kids[0], "an alignment");
    } else if ((bytes & (bytes - 1)) != 0 || bytes > kMost) {
      Error(Kind::kUnsupported, kids[0], "an alignment that is no power of two");
    } else if (bytes > open_structs_.back().align) {
      open_structs_.back().align = static_cast<uint32_t>(bytes);
    }
    return;
  }
  const NodeInfo condition = info(kids[0]);
  const NodeId message = kids.size() > 1 ? kids[1] : NodeId();
  if (!condition.constant) {
    NotConstant(kids[0], "the condition of static_assert");
  } else if (!IsTrue(kind(condition.type), condition.bits)) {
    Error(Kind::kStaticAssertFailed, kids[0],
          message.valid() ? token(message).view() : std::string_view("\"\""));
  }
}

}  // namespace ws::front
