// device-clean
// Literals and names.
#include "front/constants.h"
#include "front/known_names.h"
#include "front/literal.h"
#include "front/operators.h"
#include "front/walker.h"

namespace ws::front {

WS_HD void Walker::SetValue(NodeId n, TypeId type, bool pure) {
  NodeInfo& out = info(n);
  out.type = type == TypeId() ? type : type.Unqualified();
  out.category = Category::kRvalue;
  out.pure = pure;
}

WS_HD void Walker::SetConstant(NodeId n, TypeId type, uint64_t bits) {
  NodeInfo& out = info(n);
  out.type = type.Unqualified();
  out.category = Category::kRvalue;
  out.constant = true;
  out.pure = true;
  out.bits = bits;
}

WS_HD void Walker::VisitLiteral(NodeId n) {
  const std::string_view text = token(n).view();
  switch (tree().kind(n)) {
    case NodeKind::kIntLiteral: {
      const IntegerValue v = ParseIntegerLiteral(text);
      if (v.problem != nullptr) {
        Error(Kind::kBadLiteral, n, text, v.problem);
        return;
      }
      SetConstant(n, TypeId(v.type), v.value);
      return;
    }
    case NodeKind::kFloatLiteral: {
      const FloatValue v = ParseFloatingLiteral(text);
      if (v.problem != nullptr) {
        Error(Kind::kBadLiteral, n, text, v.problem);
        return;
      }
      SetConstant(n, TypeId(v.type), RoundConstant(TypeKind::kDouble, v.value));
      return;
    }
    case NodeKind::kCharLiteral: {
      int64_t value = 0;
      const char* problem = ParseCharacter(text, &value);
      if (problem != nullptr) {
        Error(Kind::kBadLiteral, n, text, problem);
        return;
      }
      SetConstant(n, TypeId(TypeKind::kChar), static_cast<uint64_t>(value));
      return;
    }
    case NodeKind::kBoolLiteral:
      SetConstant(n, TypeId(TypeKind::kBool), tree().data(n) != 0 ? 1 : 0);
      return;
    case NodeKind::kNullLiteral:
      SetConstant(n, TypeId(TypeKind::kNullptr), 0);
      return;
    default:
      SetValue(n, TypeId(TypeKind::kString), true);
      return;
  }
}

// A name that was found nowhere: one that we know and do not support, or a mistake.
WS_HD void Walker::ReportUnknown(NodeId n) {
  const std::string_view name = token(n).view();
  const std::string_view what = KnownUnsupported(name);
  if (!what.empty()) {
    Error(Kind::kKnownUnsupported, n, name, what);
    return;
  }
  std::string_view near = InSpace(token(n).name);
  if (near.empty()) near = Nearest(name);
  if (!near.empty()) {
    Error(Kind::kUnknownNameNear, n, name, near);
    return;
  }
  constexpr char kPrefix[] = "cuda";
  bool cuda = name.size() > 4;
  for (size_t i = 0; cuda && i < 4; ++i) cuda = name.data()[i] == kPrefix[i];
  if (cuda) {
    Error(Kind::kKnownUnsupported, n, name, "the run-time library");
  } else {
    Error(Kind::kUnknownName, n, name);
  }
}

// What the name was perhaps meant to be: the nearest name in scope, or of a builtin.
WS_HD std::string_view Walker::Nearest(std::string_view name) const {
  // Of a program full of unknown names only the first ones are worth the time.
  constexpr uint32_t kMostSuggested = 256;
  if (name.size() < 3 || s_->sink_->errors() > kMostSuggested) return {};
  uint32_t most = name.size() < 6 ? 1 : 2;
  std::string_view best;
  const auto consider = [&](std::string_view other) {
    if (other.size() < 3) return;
    const uint32_t distance = EditDistance(name, other, most);
    if (distance > most || distance == 0 || (distance == most && !best.empty())) return;
    best = other;
    most = distance;
  };
  constexpr uint32_t kMostNames = 4096;
  for (uint32_t i = 0; i < s_->names_->size() && i < kMostNames; ++i) {
    if (LookUp(NameId(i)).valid()) consider(s_->names_->view(NameId(i)));
  }
  for (uint32_t i = 0; i < NumBuiltinRows(); ++i)
    consider(RowOf(static_cast<uint16_t>(i)).spelling);
  return best;
}

// p in `T* p = malloc(n * sizeof *p)`: a name is in scope from its declarator on, and has a type
// there, but no value. False if it is not such a name.
WS_HD bool Walker::NameBeingDeclared(NodeId n) {
  constexpr uint32_t kFarthest = 4096;
  bool evaluated = true;
  for (uint32_t i = n.index + 1; i < tree().size() && i < n.index + kFarthest; ++i) {
    const NodeId around(i);
    if (tree().first(around).index > n.index) continue;
    const NodeKind k = tree().kind(around);
    if (k == NodeKind::kSizeofExpr) evaluated = false;
    if (k == NodeKind::kVarDecl || k == NodeKind::kCompound || k == NodeKind::kFunction) {
      return false;
    }
    if (k != NodeKind::kDeclarator) continue;
    if (evaluated || token(around).name != token(n).name) return false;
    NodeId init;
    const TypeId type = DeclaredType(around, &init);
    if (type == TypeId() || HasAuto(type)) return false;
    info(n).type = types().StripReference(type);
    info(n).category = Category::kLvalue;
    return true;
  }
  return false;
}

// Whether only the type of the expression at n is asked for: in decltype and sizeof.
WS_HD bool Walker::IsUnevaluated(NodeId n) const {
  constexpr uint32_t kFarthest = 4096;
  for (uint32_t i = n.index + 1; i < tree().size() && i < n.index + kFarthest; ++i) {
    const NodeId around(i);
    if (tree().first(around).index > n.index) continue;
    switch (tree().kind(around)) {
      case NodeKind::kSizeofExpr:
        return true;
      case NodeKind::kTypeSpec:
        if (token(around).kind == TokenKind::kDecltype) return true;
        break;
      case NodeKind::kCompound:
      case NodeKind::kFunction:
      case NodeKind::kVarDecl:
      case NodeKind::kExprStmt:
        return false;
      default:
        break;
    }
  }
  return false;
}

// __func__ and what it is called elsewhere: the name of the function around it.
WS_HD static bool NamesFunction(std::string_view name) {
  return SameText(name, "__func__") || SameText(name, "__FUNCTION__") ||
         SameText(name, "__PRETTY_FUNCTION__");
}

WS_HD void Walker::VisitName(NodeId n) {
  NodeInfo& out = info(n);
  const NameId name = token(n).name;
  if (tree().data(n) == 5) {  // Struct::operator+
    const TypeId within = QualifyingType(n);
    if (within == TypeId()) return;
    const EntityId e = FindOperator(within, OperatorOf(token(n).kind));
    if (!e.valid()) {
      ReportNoMember(n, within);
      return;
    }
    out.entity = e;
    out.type = s_->entities_[e.index].type;
    out.category = Category::kFunction;
    return;
  }
  if (!name.valid()) {
    ReportUnknown(n);
    return;
  }
  if (tree().data(n) == 2) {
    VisitLimit(n);
    return;
  }
  if (tree().data(n) == 3) {
    VisitTraitValue(n);
    return;
  }
  const bool is_std = tree().data(n) == 1;
  EntityId e;
  if (is_std && !SameText(token(n).view(), s_->names_->view(name))) {
    e = GlobalIn(name, 0);  // one of lib/*.cu
  }
  const TypeId scope = tree().data(n) == 4 ? QualifyingType(n) : TypeId();
  if (scope != TypeId()) {
    e = FindMember(scope, name);
    if (!e.valid()) {
      const bool is_struct = kind(scope) == TypeKind::kStruct;
      const uint32_t field = is_struct ? FindField(scope, name) : TypeTable::kNoField;
      if (field != TypeTable::kNoField && IsUnevaluated(n)) {
        out.type = types().StripReference(types().NamedMembers(scope)[field].type);
        out.category = Category::kLvalue;
        return;
      }
      if (is_struct && NameField(n)) return;
      if (is_struct && FindField(scope, name) != TypeTable::kNoField) {
        Error(Kind::kNeedsObject, n, token(n).view(), Spell(scope));
      } else {
        ReportNoMember(n, scope);
      }
      return;
    }
    CheckAccess(n, scope,
                (s_->entities_[e.index].flags & storage_flag::kPrivate) != 0 &&
                    s_->entities_[e.index].kind == EntityKind::kGlobal);
  } else if (const uint32_t space = is_std ? Spaces::kNone : QualifyingSpace(n);
             space != Spaces::kNone) {
    e = FindNamed(n).first();
    if (!e.valid() && space != 0) {
      ReportUnknown(n);
      return;
    }
  } else if (!is_std) {
    e = LookUpOpen(name);
    if (!e.valid()) e = LookUpLocal(name);
    if (!e.valid() && (InStruct() || current().self != TypeId())) {
      if (NameField(n)) return;
    }
    if (!e.valid()) e = LookUpSelf(name);
    if (!e.valid()) {
      e = FindNamed(n).first();
      // Functions are seen where they are called; what else is declared later is not known yet.
      if (e.valid() && s_->entities_[e.index].node.index > n.index &&
          s_->entities_[e.index].kind != EntityKind::kFunction) {
        e = EntityId();
      }
    }
  }
  if (e.valid()) {
    const Entity& entity = s_->entities_[e.index];
    out.entity = e;
    if (entity.kind == EntityKind::kConstant && entity.is_template) return;  // InstantiateNamed
    switch (entity.kind) {
      case EntityKind::kFunction:
        out.type = entity.type;
        out.category = Category::kFunction;
        return;
      case EntityKind::kTypeAlias:
        // The parser takes T(x) for a call only where it does not know T.
        out.type = entity.type;
        out.category = Category::kType;
        return;
      case EntityKind::kConstant:
        if (kind(entity.type) == TypeKind::kFunction) return NameParameter(n, entity);
        out.type = entity.type;
        out.category = Category::kRvalue;
        out.constant = entity.is_constant;
        out.bits = entity.bits;
        out.pure = true;
        return;
      default:
        break;
    }
    out.type = entity.type == TypeId() ? TypeId() : types().StripReference(entity.type);
    out.category = Category::kLvalue;
    out.constant = entity.is_constant;
    out.bits = entity.bits;
    out.pure = entity.is_constant ||
               ((entity.kind == EntityKind::kLocal || entity.kind == EntityKind::kParam) &&
                entity.type != TypeId() && kind(entity.type) != TypeKind::kReference);
    if (in_function() && entity.kind == EntityKind::kGlobal && !entity.is_constant &&
        entity.type != TypeId()) {
      const bool on_device =
          (entity.flags & (storage_flag::kDevice | storage_flag::kConstant)) != 0;
      // Default arguments and launch bounds belong to neither side.
      const NodeId body(current().node.index - 1);
      if (tree().kind(body) != NodeKind::kCompound || n.index < tree().first(body).index) return;
      const bool is_host_code = current().target == Target::kHost;
      if (entity.owner.index == 0 && on_device && is_host_code) {
        if (naming_symbol_ || (entity.flags & storage_flag::kManaged) != 0) return;
        Error(Kind::kDeviceVariableOnHost, n, token(n).view());
      } else if (entity.owner.index == 0 && !on_device && !is_host_code &&
                 !(entity.type.is_const() || kind(entity.type) == TypeKind::kArray)) {
        Error(Kind::kHostVariableOnDevice, n, token(n).view());
      }
    }
    return;
  }
  if (builtin_known_[name.index] == 0) {
    builtins_[name.index] = FindBuiltin(s_->names_->view(name));
    builtin_known_[name.index] = 1;
  }
  const BuiltinRange range = builtins_[name.index];
  if (range.count == 0 && global_[name.index] != 0 && IsCallee(n)) {
    // A function of a namespace, which the arguments may lead to.
    const EntityId hidden = groups_[global_[name.index] - 1].head;
    if (s_->entities_[hidden.index].kind == EntityKind::kFunction) {
      out.type = TypeId(TypeKind::kFunction);
      out.category = Category::kFunction;
      out.entity = hidden;
      return;
    }
  }
  if (range.count == 0) {
    if (in_function() && NamesFunction(token(n).view())) {
      SetValue(n, TypeId(TypeKind::kString), true);
    } else if (!NameBeingDeclared(n)) {
      ReportUnknown(n);
    }
    return;
  }
  const BuiltinRow& row = RowOf(range.first);
  out.builtin = range.first;
  const bool is_function = [&] {
    for (const char* c = row.signature; *c != 0; ++c) {
      if (*c == '(') return true;
    }
    return false;
  }();
  if (is_function) {
    out.type = TypeId(TypeKind::kFunction);
    out.category = Category::kBuiltin;
    if (TakesSymbol(row.how)) naming_symbol_ = true;
    return;
  }
  const TypeId type = BuiltinResult(row, {});
  if (row.how == BuiltinHow::kConst && kind(type) != TypeKind::kPointer) {
    SetConstant(n, type, row.extra);
    return;
  }
  if (row.how == BuiltinHow::kStream && in_function() && current().target != Target::kHost) {
    Error(Kind::kBuiltinOnDevice, n, token(n).view());
    return;
  }
  if (row.how == BuiltinHow::kDim && in_function() && current().target == Target::kHost) {
    Error(Kind::kBuiltinOnHost, n, token(n).view());
    return;
  }
  SetValue(n, type, true);
}

}  // namespace ws::front
