// device-clean
// Types as written: specifiers, declarator operators, type names.
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

}  // namespace

WS_HD Walker::Visit Walker::VisitTypeSpec(NodeId n) {
  const uint32_t data = tree().data(n);
  const BuiltinType builtin = static_cast<BuiltinType>(data >> 8);
  NodeInfo& out = info(n);
  out.category = Category::kType;
  if (token(n).kind == TokenKind::kDecltype) {
    const TypeId type = DecltypeOf(NodeId(n.index - 1));
    info(n).type = type == TypeId() ? type : type.With(Qualifiers(data));
    return Visit::kNext;
  }
  if (builtin == BuiltinType::kAuto && link_[n.index] != 0 && current().num_args > 0) {
    const uint32_t which = AutoIndex(current().node, NodeId(link_[n.index]));
    if (which < current().num_args) {
      const TemplateArg& arg = s_->args_[current().first_arg + which];
      if (arg.known) {
        out.type = arg.type.With(Qualifiers(data));
      } else {
        current().signature_failed = true;
      }
      return Visit::kNext;
    }
  }
  if (builtin != BuiltinType::kNamed) {
    out.type = TypeId(KindOf(builtin)).With(Qualifiers(data));
    return Visit::kNext;
  }
  if ((data & qualifier::kTrait) != 0) {
    const TypeId type = TraitType(n);
    info(n).type = type == TypeId() ? type : type.With(Qualifiers(data));
    return Visit::kNext;
  }
  if (tree().subtree_size(n) > 1) {
    const NodeId made(n.index - 1);
    if (tree().kind(made) == NodeKind::kStruct || tree().kind(made) == NodeKind::kEnum) {
      const TypeId type = info(made).type;
      out.type = type == TypeId() ? type : type.With(Qualifiers(data));
      return Visit::kNext;
    }
  }
  const NameId name = token(n).name;
  if (!name.valid()) {
    Error(Kind::kUnknownType, n, token(n).view());
    return Visit::kNext;
  }
  uint32_t at = tree().token(n).index;
  if (at > 1 && (*s_->tokens_)[at - 1].kind == TokenKind::kTemplate) --at;
  const bool qualified = at > 0 && (*s_->tokens_)[at - 1].kind == TokenKind::kColonColon;
  const TypeId scope = qualified ? QualifyingType(n) : TypeId();
  const NodeId args = FirstOfKind(n, NodeKind::kTemplateArgs);
  const bool spaced = qualified && scope == TypeId() && QualifyingSpace(n) != Spaces::kNone;
  if ((data & qualifier::kElaborated) != 0 && scope == TypeId() && !spaced &&
      !LookUp(name).valid()) {
    DeclareForward(n);
  }
  EntityId e = spaced              ? FindNamed(n).first()
               : scope == TypeId() ? LookUp(name)
                                   : FindMember(scope, name);
  if (e.valid() && args.valid() && !s_->entities_[e.index].is_template) {
    e = LookUpGlobal(name);  // within a struct template its name alone means the struct
  }
  if (e.valid()) {
    const Entity& entity = s_->entities_[e.index];
    if (entity.kind != EntityKind::kTypeAlias) {
      Error(Kind::kUnknownType, n, s_->names_->view(name));
      return Visit::kNext;
    }
    if (entity.is_template && tree().kind(entity.node) == NodeKind::kVarDecl) {
      if (!args.valid()) {
        CannotDeduce(n, e, {});
        return Visit::kNext;
      }
      TypeId made;
      if (InstantiateStruct(n, args, e, &made) == Visit::kAgain) return Visit::kAgain;
      info(n).type = made == TypeId() ? made : made.With(Qualifiers(data));
      return Visit::kNext;
    }
    if (entity.is_template) return InstantiateAlias(n, e);
    out.entity = e;
    out.type = entity.type == TypeId() ? entity.type : entity.type.With(Qualifiers(data));
    return Visit::kNext;
  }
  const BuiltinTypeName row = s_->names_->builtin_type(name);
  if (row == BuiltinTypeName::kNone) {
    Error(Kind::kUnknownType, n, s_->names_->view(name));
    return Visit::kNext;
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
    case BuiltinTypeKind::kManipulator:
      made = TypeId(TypeKind::kManipulator);
      break;
    case BuiltinTypeKind::kPointer:
      made = types().Pointer(TypeId(KindOf(type.scalar)));
      break;
    case BuiltinTypeKind::kTemplate: {
      if (const EntityId objects = ObjectVector(n); objects.valid()) {
        TypeId made;
        if (InstantiateStruct(n, args, objects, &made) == Visit::kAgain) return Visit::kAgain;
        info(n).type = made == TypeId() ? made : made.With(Qualifiers(data));
        return Visit::kNext;
      }
      const TypeId type = VectorTypeOf(n);
      info(n).type = type == TypeId() ? type : type.With(Qualifiers(data));
      return Visit::kNext;
    }
  }
  out.type = made.With(Qualifiers(data));
  return Visit::kNext;
}

// Whether the type of a function or of a declaration is written decltype(auto).
WS_HD bool Walker::AsksDecltype(NodeId holder) const {
  NodeId spec = FirstOfKind(holder, NodeKind::kTypeId);  // behind ->
  spec = FirstOfKind(spec.valid() ? spec : holder, NodeKind::kTypeSpec);
  return spec.valid() && (tree().data(spec) & qualifier::kDecltype) != 0;
}

// The declared type of a name; of other expressions the type, a reference if it is an lvalue.
WS_HD TypeId Walker::DecltypeOf(NodeId expr) {
  const NodeInfo& from = info(expr);
  if (from.type == TypeId()) return {};
  if (kind(from.type) == TypeKind::kFunction || kind(from.type) == TypeKind::kString) {
    Error(Kind::kUnsupported, expr, "decltype of this");
    return {};
  }
  if (tree().kind(expr) == NodeKind::kName && from.entity.valid()) {
    return s_->entities_[from.entity.index].type;
  }
  if (tree().kind(expr) == NodeKind::kMember || tree().kind(expr) == NodeKind::kName) {
    return from.type;
  }
  return from.category == Category::kLvalue ? types().Reference(from.type) : from.type;
}

WS_HD TypeId Walker::ArrayOf(TypeId element, NodeId op) {
  if (element == TypeId()) return element;
  const TypeKind k = kind(element);
  if (k == TypeKind::kVoid || k == TypeKind::kReference || k == TypeKind::kFunction ||
      k == TypeKind::kSignature) {
    Error(Kind::kBadArrayElement, op, Spell(element));
    return {};
  }
  if (!CheckComplete(op, element)) return {};
  if (tree().subtree_size(op) == 1) return types().Array(element, 0);
  const NodeId size(op.index - 1);
  if (info(size).type == TypeId()) return {};
  uint64_t count = 0;
  if (!CheckInteger(size)) return {};
  if (!ConstantAs(size, TypeId(TypeKind::kLongLong), &count)) {
    NotConstant(size, "an array's size");
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
      case NodeKind::kFunctionOp: {
        Vec<TypeId> params(*s_->arena_);
        bool known = true;
        for (NodeId c = tree().LastChild(op); c.valid(); c = tree().PrevSibling(op, c)) {
          params.push_back(types().Decay(info(c).type));
          if (kind(params.back()) == TypeKind::kSignature) {
            params.back() = types().Pointer(params.back());
          }
          known &= info(c).type != TypeId();
        }
        for (uint32_t a = 0, b = params.size(); a + 1 < b; ++a) {
          --b;
          const TypeId swap = params[a];
          params[a] = params[b];
          params[b] = swap;
        }
        if (HasAuto(base) || kind(base) == TypeKind::kArray || kind(base) == TypeKind::kSignature) {
          Error(Kind::kBadVariableType, op, "the result", Spell(base));
          return {};
        }
        base = known ? types().Signature(base, params.span()) : TypeId();
        ++i;
        break;
      }
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

}  // namespace ws::front
