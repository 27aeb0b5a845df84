// device-clean
// Declarations: types as written, variables, parameters, signatures.
#include "front/constants.h"
#include "front/walker.h"

namespace ws::front {
namespace {

WS_HD TypeKind KindOf(BuiltinType type) {
  switch (type) {
    case BuiltinType::kVoid:
      return TypeKind::kVoid;
    case BuiltinType::kBool:
      return TypeKind::kBool;
    case BuiltinType::kChar:
      return TypeKind::kChar;
    case BuiltinType::kSChar:
      return TypeKind::kSChar;
    case BuiltinType::kUChar:
      return TypeKind::kUChar;
    case BuiltinType::kShort:
      return TypeKind::kShort;
    case BuiltinType::kUShort:
      return TypeKind::kUShort;
    case BuiltinType::kInt:
      return TypeKind::kInt;
    case BuiltinType::kUInt:
      return TypeKind::kUInt;
    case BuiltinType::kLong:
      return TypeKind::kLong;
    case BuiltinType::kULong:
      return TypeKind::kULong;
    case BuiltinType::kLongLong:
      return TypeKind::kLongLong;
    case BuiltinType::kULongLong:
      return TypeKind::kULongLong;
    case BuiltinType::kFloat:
      return TypeKind::kFloat;
    case BuiltinType::kDouble:
      return TypeKind::kDouble;
    case BuiltinType::kAuto:
      return TypeKind::kAuto;
    case BuiltinType::kNamed:
      break;
  }
  return TypeKind::kError;
}

WS_HD uint32_t Qualifiers(uint32_t flags) {
  return ((flags & qualifier::kConst) != 0 ? TypeId::kConst : 0u) |
         ((flags & qualifier::kVolatile) != 0 ? TypeId::kVolatile : 0u);
}

WS_HD bool IsOp(NodeKind k) {
  return k == NodeKind::kPtrOp || k == NodeKind::kRefOp || k == NodeKind::kArrayOp;
}

}  // namespace

WS_HD void Walker::VisitTypeSpec(NodeId n) {
  const uint32_t data = tree().data(n);
  const BuiltinType builtin = static_cast<BuiltinType>(data >> 8);
  NodeInfo& out = info(n);
  out.category = Category::kType;
  if (builtin != BuiltinType::kNamed) {
    out.type = TypeId(KindOf(builtin)).With(Qualifiers(data));
    return;
  }
  const NameId name = token(n).name;
  if (!name.valid()) {
    Error(Kind::kUnknownType, n, token(n).view());
    return;
  }
  const EntityId e = LookUp(name);
  if (e.valid()) {
    const Entity& entity = s_->entities_[e.index];
    if (entity.kind != EntityKind::kTypeAlias) {
      Error(Kind::kUnknownType, n, s_->names_->view(name));
      return;
    }
    out.entity = e;
    out.type = entity.type == TypeId() ? entity.type : entity.type.With(Qualifiers(data));
    return;
  }
  const BuiltinTypeName row = s_->names_->builtin_type(name);
  if (row == BuiltinTypeName::kNone) {
    Error(Kind::kUnknownType, n, s_->names_->view(name));
    return;
  }
  const BuiltinTypeInfo type = InfoOf(row);
  TypeId made;
  switch (type.kind) {
    case BuiltinTypeKind::kScalar:
      made = TypeId(KindOf(type.scalar));
      break;
    case BuiltinTypeKind::kHalf:
      made = TypeId(TypeKind::kHalf);
      break;
    case BuiltinTypeKind::kHalf2:
      made = TypeId(TypeKind::kHalf2);
      break;
    case BuiltinTypeKind::kBf16:
      made = TypeId(TypeKind::kBFloat16);
      break;
    case BuiltinTypeKind::kBf162:
      made = TypeId(TypeKind::kBFloat162);
      break;
    case BuiltinTypeKind::kVector:
      made = VectorType(KindOf(type.scalar), type.count);
      break;
    case BuiltinTypeKind::kDim3:
      made = TypeId(TypeKind::kDim3);
      break;
    case BuiltinTypeKind::kHandle:
      made = TypeId(row == BuiltinTypeName::kCudaEventT ? TypeKind::kEvent : TypeKind::kStream);
      break;
    case BuiltinTypeKind::kTemplate:
      Error(Kind::kUnsupported, n, "std::vector");
      return;
  }
  if (made == TypeId(TypeKind::kBFloat16) || made == TypeId(TypeKind::kBFloat162)) {
    Error(Kind::kUnsupported, n, "the type __nv_bfloat16");
    return;
  }
  out.type = made.With(Qualifiers(data));
}

WS_HD TypeId Walker::ArrayOf(TypeId element, NodeId op) {
  if (element == TypeId()) return element;
  const TypeKind k = kind(element);
  if (k == TypeKind::kVoid || k == TypeKind::kReference || k == TypeKind::kFunction) {
    Error(Kind::kBadArrayElement, op, Spell(element));
    return {};
  }
  if (tree().subtree_size(op) == 1) return types().Array(element, 0);
  const NodeId size(op.index - 1);
  if (info(size).type == TypeId()) return {};
  uint64_t count = 0;
  if (!CheckInteger(size)) return {};
  if (!ConstantAs(size, TypeId(TypeKind::kLongLong), &count)) {
    Error(Kind::kNotConstant, size, "an array's size");
    return {};
  }
  if (static_cast<int64_t>(count) <= 0) {
    Error(Kind::kBadArraySize, size, static_cast<int64_t>(count));
    return {};
  }
  const TypeId array = types().Array(element, count);
  if (array == TypeId() && !types().full()) Error(Kind::kTypeTooLarge, size, "the array");
  return array;
}

WS_HD TypeId Walker::ApplyOps(TypeId base, std::span<const NodeId> ops) {
  size_t i = 0;
  while (i < ops.size() && base != TypeId()) {
    const NodeId op = ops[i];
    switch (tree().kind(op)) {
      case NodeKind::kPtrOp:
        if (kind(base) == TypeKind::kReference) {
          Error(Kind::kPointerToReference, op);
          return {};
        }
        base = types().Pointer(base);
        if (base != TypeId()) base = base.With(Qualifiers(tree().data(op)));
        ++i;
        break;
      case NodeKind::kRefOp:
        if (kind(base) != TypeKind::kReference) base = types().Reference(base);
        ++i;
        break;
      case NodeKind::kArrayOp: {
        // a[2][3] is two arrays of three: the last bound is applied first.
        size_t end = i;
        while (end < ops.size() && tree().kind(ops[end]) == NodeKind::kArrayOp) ++end;
        for (size_t k = end; k > i; --k) base = ArrayOf(base, ops[k - 1]);
        i = end;
        break;
      }
      default:
        ++i;
        break;
    }
  }
  if (base == TypeId() && types().full() && !ops.empty()) {
    Error(Kind::kTooManyTypes, ops[0], TypeTable::kMaxMade);
  }
  return base;
}

WS_HD void Walker::VisitTypeId(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  NodeInfo& out = info(n);
  out.category = Category::kType;
  if (kids.empty()) return;
  out.type = info(kids[0]).type;
  if (kids.size() > 1) {
    const TypeId made = ApplyOps(out.type, kids.subspan(1));
    info(n).type = made;
  }
}

WS_HD void Walker::VisitDeclarator(NodeId n) {
  const NodeId declaration(link_[n.index]);
  const NodeId spec(link_[declaration.index]);
  const std::span<const NodeId> kids = Children(n);
  size_t num_ops = 0;
  while (num_ops < kids.size() && IsOp(tree().kind(kids[num_ops]))) ++num_ops;
  const NodeId init = num_ops < kids.size() ? kids[num_ops] : NodeId();
  TypeId type = info(spec).type;
  const bool is_constexpr = tree().kind(declaration) == NodeKind::kVarDecl &&
                            (tree().data(declaration) & storage_flag::kConstexpr) != 0;
  if (num_ops > 0) type = ApplyOps(type, kids.subspan(0, num_ops));
  if (is_constexpr && type != TypeId() && kind(type) != TypeKind::kReference) type = type.Const();
  switch (tree().kind(declaration)) {
    case NodeKind::kVarDecl:
      DeclareVariable(n, declaration, type, init);
      return;
    case NodeKind::kParam:
      DeclareParam(n, declaration, type);
      return;
    case NodeKind::kTemplateValueParam:
      DeclareTemplateValue(n, init, type);
      return;
    case NodeKind::kTypedef:
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
  const TypeId from = info(value).type;
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

// An array without bound gets it from its initialiser.
WS_HD TypeId Walker::CountInitializers(TypeId type, NodeId init) {
  if (kind(type) != TypeKind::kArray || types().Info(type).count != 0 || !init.valid()) return type;
  NodeId list = init;
  if (tree().kind(init) == NodeKind::kInitEq) list = NodeId(init.index - 1);
  if (tree().kind(list) != NodeKind::kInitList) return type;
  const uint32_t count = static_cast<uint32_t>(Children(list).size());
  return count == 0 ? type : types().Array(types().Element(type), count);
}

WS_HD void Walker::DeclareVariable(NodeId n, NodeId declaration, TypeId type, NodeId init) {
  const uint32_t flags = tree().data(declaration);
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
    if (k == TypeKind::kVoid || k == TypeKind::kFunction) {
      Error(Kind::kBadVariableType, n, name, Spell(type));
      type = {};
    } else if (k == TypeKind::kReference && !init.valid()) {
      Error(Kind::kReferenceNeedsValue, n, name);
      type = {};
    } else if (k == TypeKind::kReference && entity.kind != EntityKind::kLocal) {
      Error(Kind::kUnsupported, n, "a reference at file scope");
      type = {};
    } else if (k == TypeKind::kArray && types().Bytes(type) == 0 && !entity.dynamic) {
      Error(Kind::kArrayWithoutSize, n, name);
      type = {};
    }
    if (type != TypeId() && init.valid() && shared) {
      Error(Kind::kSharedInitialized, init, name);
    }
    if (shared && in_function() && target == Target::kHost) {
      Error(Kind::kSharedOnHost, n, name);
    }
    if (shared && !in_function() && !is_extern) Error(Kind::kSharedAtFileScope, n, name);
  }
  entity.type = type;
  entity.address_taken = type != TypeId() && kind(type) == TypeKind::kArray;
  if (type != TypeId() && init.valid() && !shared) CheckInit(type, init);

  // A const scalar with a known value is that value wherever it is named.
  if (type != TypeId() && init.valid() && type.is_const() && !type.is_volatile() &&
      (IsIntegerKind(kind(type)) || (flags & storage_flag::kConstexpr) != 0 ||
       IsFloatKind(kind(type)))) {
    NodeId value = init;
    if (tree().kind(init) != NodeKind::kInitList || Children(init).size() == 1) {
      value = NodeId(init.index - 1);
    }
    if (value != init && ConstantAs(value, type, &entity.bits)) entity.is_constant = true;
    if (!entity.is_constant && (flags & storage_flag::kConstexpr) != 0 &&
        info(value).type != TypeId()) {
      Error(Kind::kNotConstant, init, "the value of a constexpr variable");
    }
  } else if (type != TypeId() && type.is_const() && !init.valid() && !is_extern && !shared &&
             kind(type) != TypeKind::kArray && !types().IsAggregate(type)) {
    Error(Kind::kConstNeedsValue, n, token(n).view());
  }
  info(n).type = type;
  if (entity.name.valid() && !in_function()) {
    const EntityId old = global_[entity.name.index];
    const bool again = old.valid() && s_->entities_[old.index].kind == entity.kind &&
                       s_->entities_[old.index].type == type && is_extern;
    if (old.valid() && !again) Error(Kind::kRedeclared, n, token(n).view());
    if (again) {
      info(n).entity = old;
      return;
    }
  }
  const EntityId e = AddEntity(entity);
  info(n).entity = e;
  if (!entity.name.valid()) return;
  if (in_function()) {
    BindLocal(e);
  } else {
    global_[entity.name.index] = e;
  }
}

// Checks an initialiser node (InitEq, InitParen, InitList) against the variable's type.
WS_HD void Walker::CheckInit(TypeId type, NodeId init) {
  const NodeKind k = tree().kind(init);
  info(init).type = type;
  if (k == NodeKind::kInitList) {
    CheckList(init, type);
    return;
  }
  const std::span<const NodeId> kids = Children(init);
  const TypeId object = types().StripReference(type);
  if (kids.size() == 1) {
    const NodeId value = kids[0];
    if (kind(type) == TypeKind::kArray && tree().kind(value) != NodeKind::kInitList) {
      if (info(value).type != TypeId()) {
        Error(Kind::kCannotConvert, value, Spell(info(value).type), Spell(type));
      }
      return;
    }
    CheckConvert(value, type);
    return;
  }
  // dim3 d(x, y, z); half2 h(a, b); T x() cannot occur, it is a function.
  const uint32_t most = kind(object) == TypeKind::kDim3 || IsPackedKind(kind(object))
                            ? static_cast<uint32_t>(types().Info(object).count)
                            : 0;
  if (kids.size() > most) {
    Error(Kind::kTooManyInitializers, init, Spell(type));
    return;
  }
  const TypeId element = types().ComponentType(object);
  for (const NodeId value : kids) {
    if (tree().kind(value) == NodeKind::kInitList) {
      Error(Kind::kTooManyInitializers, value, Spell(element));
    } else {
      CheckConvert(value, element);
    }
  }
}

// Checks {a, b, {c}} against a type, innermost lists included. Rows of lists get their type.
WS_HD bool Walker::CheckList(NodeId list, TypeId type) {
  struct Item {
    NodeId list;
    TypeId type;
  };
  Vec<Item> work(*s_->arena_);
  work.push_back({list, type});
  bool ok = true;
  while (!work.empty() && !s_->arena_->failed()) {
    const Item item = work.back();
    work.pop_back();
    info(item.list).type = item.type;
    info(item.list).category = Category::kRvalue;
    const TypeId object = types().StripReference(item.type);
    if (object == TypeId()) continue;
    const TypeInfo made = types().Info(object);
    uint64_t most = 1;
    TypeId element = object;
    if (made.kind == TypeKind::kArray) {
      most = made.count;
      element = made.element;
    } else if (made.kind == TypeKind::kVector || made.kind == TypeKind::kDim3 ||
               IsPackedKind(made.kind)) {
      most = made.count;
      element = made.element;
    }
    const std::span<const NodeId> kids = Children(item.list);
    if (kids.size() > most) {
      // float4 f = {g} copies, which `most` allows; more than there is room for is an error.
      Error(Kind::kTooManyInitializers, item.list, Spell(object));
      ok = false;
      continue;
    }
    // A list of one value of the type itself copies it.
    if (kids.size() == 1 && made.kind != TypeKind::kArray &&
        info(kids[0]).type.Unqualified() == object.Unqualified()) {
      continue;
    }
    for (const NodeId kid : kids) {
      if (tree().kind(kid) == NodeKind::kInitList) {
        work.push_back({kid, element});
        continue;
      }
      if (kind(element) == TypeKind::kArray) {
        Error(Kind::kUnsupported, kid, "an initialiser of an inner array without its own braces");
        ok = false;
        break;
      }
      ok &= CheckConvert(kid, element);
    }
  }
  return ok;
}

WS_HD void Walker::DeclareParam(NodeId n, NodeId param, TypeId type) {
  if (type != TypeId() && kind(type) == TypeKind::kAuto) {
    Error(Kind::kUnsupported, n, "a parameter of type auto");
    type = {};
  }
  if (type != TypeId() && kind(type) == TypeKind::kArray) {
    type = types().Pointer(types().Element(type));
  }
  Entity entity;
  entity.kind = EntityKind::kParam;
  entity.type = type;
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
  if (!arg.known && init.valid()) {
    if (ConstantAs(NodeId(init.index - 1), type, &bits)) {
      arg = {type.Unqualified(), bits, false, true};
    }
  } else if (arg.known) {
    if (ConvertConstant(kind(arg.type), kind(type), arg.bits, &bits)) {
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
  if (in_function()) {
    BindLocal(e);
    return;
  }
  EntityId& slot = global_[entity.name.index];
  if (slot.valid() && (s_->entities_[slot.index].kind != EntityKind::kTypeAlias ||
                       s_->entities_[slot.index].type != type)) {
    Error(Kind::kRedeclared, name_node, token(name_node).view());
  }
  slot = e;
}

// An enumerator is one more than the one before it, or what is written.
WS_HD void Walker::DeclareEnumerator(NodeId n) {
  uint64_t bits = 0;
  if (tree().subtree_size(n) > 1) {
    const NodeId value(n.index - 1);
    if (CheckInteger(value) && !ConstantAs(value, TypeId(TypeKind::kInt), &bits)) {
      Error(Kind::kNotConstant, value, "an enumerator");
    }
  } else if (n.index > 0 && tree().kind(NodeId(n.index - 1)) == NodeKind::kEnumerator) {
    bits = ExtendInteger(TypeKind::kInt, info(NodeId(n.index - 1)).bits + 1);
  }
  info(n).bits = bits;
  Entity entity;
  entity.kind = EntityKind::kConstant;
  entity.type = TypeId(TypeKind::kInt);
  entity.is_constant = true;
  entity.bits = bits;
  entity.name = token(n).name;
  entity.node = n;
  entity.owner = frames_.back().instance;
  if (!entity.name.valid()) return;
  const EntityId e = AddEntity(entity);
  info(n).entity = e;
  if (in_function()) {
    BindLocal(e);
    return;
  }
  if (global_[entity.name.index].valid()) Error(Kind::kRedeclared, n, token(n).view());
  global_[entity.name.index] = e;
}

// An enumeration is int under another name.
WS_HD void Walker::DeclareEnum(NodeId n) {
  if (token(n).kind == TokenKind::kIdentifier) DeclareAlias(n, TypeId(TypeKind::kInt));
}

WS_HD void Walker::CheckStaticAssert(NodeId n) {
  const std::span<const NodeId> kids = Children(n);
  if (kids.empty() || info(kids[0]).type == TypeId()) return;
  const NodeInfo condition = info(kids[0]);
  const NodeId message = kids.size() > 1 ? kids[1] : NodeId();
  if (!condition.constant) {
    Error(Kind::kNotConstant, kids[0], "the condition of static_assert");
  } else if (!IsTrue(kind(condition.type), condition.bits)) {
    Error(Kind::kStaticAssertFailed, kids[0],
          message.valid() ? token(message).view() : std::string_view("\"\""));
  }
}

// --- functions

// Declares the function at node n; its signature is walked at once unless it is a template.
WS_HD void Walker::DeclareFunction(NodeId n) {
  const bool is_template = FirstOfKind(n, NodeKind::kTemplateParams).valid();
  const bool has_body = tree().kind(NodeId(n.index - 1)) == NodeKind::kCompound;
  const uint32_t flags = tree().data(n);
  Entity entity;
  entity.kind = EntityKind::kFunction;
  entity.type = TypeId(TypeKind::kFunction);
  entity.name = token(n).name;
  entity.node = n;
  entity.type_node = n;
  entity.owner = InstanceId(0);
  entity.flags = flags;
  entity.is_template = is_template;
  if (!entity.name.valid()) return;
  EntityId& slot = global_[entity.name.index];
  if (slot.valid() && s_->entities_[slot.index].kind != EntityKind::kFunction) {
    PushFrame(InstanceId(0), n, n, true);
    Error(Kind::kRedeclared, n, token(n).view());
    PopFrame();
    return;
  }
  if (is_template) {
    // A declaration followed by its definition is one template: the definition takes its place.
    if (slot.valid()) {
      Entity& old = s_->entities_[slot.index];
      const bool old_body = tree().kind(NodeId(old.node.index - 1)) == NodeKind::kCompound;
      if (old.is_template && !old_body && has_body) {
        old.node = n;
        old.flags |= flags;
        return;
      }
    }
    entity.next = slot;
    slot = AddEntity(entity);
    return;
  }
  Instance inst;
  inst.node = n;
  inst.has_body = has_body;
  inst.target = TargetOf(flags, Target::kFile);
  inst.first_arg = s_->args_.size();
  const InstanceId id(s_->instances_.size());
  if (id.index >= Sema::kMaxInstances) {
    s_->arena_->Fail();
    return;
  }
  entity.next = slot;
  entity.bits = id.index;
  const EntityId e = AddEntity(entity);
  inst.function = e;
  s_->instances_.push_back(inst);
  if (!AllocateInfos(id)) return;
  PushFrame(id, tree().first(n), FirstOfKind(n, NodeKind::kParamList), true);
  RunFrames();

  // The same signature again: a declaration and its definition.
  const Instance mine = s_->instances_[id.index];
  for (EntityId old = slot; old.valid(); old = s_->entities_[old.index].next) {
    Entity& other = s_->entities_[old.index];
    if (other.is_template) continue;
    Instance& theirs = s_->instances_[other.bits];
    bool same = theirs.num_params == mine.num_params;
    for (uint32_t i = 0; same && i < mine.num_params; ++i) {
      same = s_->params_[theirs.first_param + i].type.Unqualified() ==
             s_->params_[mine.first_param + i].type.Unqualified();
    }
    if (!same) continue;
    if (theirs.has_body && mine.has_body) {
      PushFrame(InstanceId(0), n, n, true);
      Error(Kind::kRedeclared, n, token(n).view());
      PopFrame();
      return;
    }
    if (mine.has_body) {
      // Default arguments stay those of the declaration.
      for (uint32_t i = 0; i < mine.num_params; ++i) {
        ParamInfo& p = s_->params_[mine.first_param + i];
        if (p.has_default) continue;
        p.has_default = s_->params_[theirs.first_param + i].has_default;
        p.default_bits = s_->params_[theirs.first_param + i].default_bits;
      }
      const uint32_t required =
          theirs.num_required < mine.num_required ? theirs.num_required : mine.num_required;
      s_->instances_[id.index].num_required = required;
      s_->entities_[e.index].flags |= other.flags;
      s_->instances_[id.index].target = TargetOf(s_->entities_[e.index].flags, Target::kFile);
      other.bits = id.index;
      other.node = n;
      other.flags |= flags;
      s_->instances_[id.index].function = old;
      Queue(id);
    }
    return;
  }
  global_[entity.name.index] = e;
  if (has_body) Queue(id);
}

// At the end of the parameter list: of a signature frame the signature, of a body its parameters'
// entities.
WS_HD void Walker::FinishSignature(NodeId param_list) {
  const Frame frame = frames_.back();
  Instance& inst = current();
  const std::span<const NodeId> params = Children(param_list);
  if (!frame.signature) {
    for (uint32_t i = 0; i < inst.num_params && i < params.size(); ++i) {
      s_->params_[inst.first_param + i].entity = info(params[i]).entity;
    }
    return;
  }
  inst.has_signature = true;
  inst.first_param = s_->params_.size();
  bool defaults = false;
  for (const NodeId p : params) {
    ParamInfo param;
    param.type = info(p).type;
    param.node = p;
    if (param.type != TypeId() && kind(param.type) == TypeKind::kVoid) {
      if (params.size() == 1) break;  // f(void)
      Error(Kind::kBadVariableType, p, token(p).view(), "void");
    }
    NodeId value;
    const NodeId declarator = tree().LastChild(p);
    for (NodeId c = tree().LastChild(declarator); c.valid();
         c = tree().PrevSibling(declarator, c)) {
      if (tree().kind(c) == NodeKind::kInitEq) value = NodeId(c.index - 1);
      if (tree().kind(c) == NodeKind::kPtrOp && (tree().data(c) & qualifier::kRestrict) != 0) {
        param.is_restrict = true;
      }
    }
    if (value.valid()) {
      defaults = param.has_default = true;
      if (CheckConvert(value, param.type) &&
          !ConstantAs(value, types().StripReference(param.type), &param.default_bits)) {
        Error(Kind::kNotConstant, value, "a default argument");
      }
    } else if (defaults) {
      Error(Kind::kDefaultArgumentOrder, p);
    }
    if (!defaults) ++inst.num_required;
    s_->params_.push_back(param);
    ++inst.num_params;
  }
  const std::span<const NodeId> kids = Children(inst.node);
  size_t spec = 0;
  while (spec < kids.size() && tree().kind(kids[spec]) != NodeKind::kTypeSpec) ++spec;
  if (spec == kids.size()) return;
  size_t end = spec + 1;
  while (end < kids.size() && IsOp(tree().kind(kids[end]))) ++end;
  TypeId result = info(kids[spec]).type;
  const Vec<NodeId> all = children_;
  if (end > spec + 1) result = ApplyOps(result, all.span().subspan(spec + 1, end - spec - 1));
  if (result != TypeId() && kind(result) == TypeKind::kAuto) {
    Error(Kind::kUnsupported, all[static_cast<uint32_t>(spec)], "a function returning auto");
    result = {};
  }
  if (result != TypeId() && kind(result) == TypeKind::kReference) {
    Error(Kind::kUnsupported, all[static_cast<uint32_t>(spec)], "a function returning a reference");
    result = {};
  }
  inst.result = result == TypeId() ? result : result.Unqualified();
  if (end < all.size() && tree().kind(all[static_cast<uint32_t>(end)]) == NodeKind::kLaunchBounds) {
    const std::span<const NodeId> bounds = Children(all[static_cast<uint32_t>(end)]);
    for (size_t i = 0; i < bounds.size() && i < 2; ++i) {
      uint64_t bits = 0;
      if (ConstantAs(bounds[i], TypeId(TypeKind::kInt), &bits)) {
        (i == 0 ? inst.max_threads : inst.min_blocks) = static_cast<uint32_t>(bits);
      } else {
        Error(Kind::kNotConstant, bounds[i], "a launch bound");
      }
    }
  }
  if (inst.target == Target::kKernel && inst.result != TypeId() &&
      kind(inst.result) != TypeKind::kVoid) {
    Error(Kind::kKernelResult, inst.node, s_->NameOf(inst.function));
  }
  if (inst.target == Target::kKernel) {
    for (uint32_t i = 0; i < inst.num_params; ++i) {
      const ParamInfo& p = s_->params_[inst.first_param + i];
      if (p.type != TypeId() && kind(p.type) == TypeKind::kReference) {
        Error(Kind::kUnsupported, p.node, "a reference parameter of a kernel");
      }
    }
  }
}

}  // namespace ws::front
