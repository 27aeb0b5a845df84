// device-clean
// Expressions other than calls.
#include "front/constants.h"
#include "front/numbers.h"
#include "front/walker.h"

namespace ws::front {
namespace {

WS_HD const char* SpellingOf(BinaryOp op) {
  switch (op) {
    case BinaryOp::kNoOp:
      return "=";
    case BinaryOp::kMul:
      return "*";
    case BinaryOp::kDiv:
      return "/";
    case BinaryOp::kRem:
      return "%";
    case BinaryOp::kAdd:
      return "+";
    case BinaryOp::kSub:
      return "-";
    case BinaryOp::kShl:
      return "<<";
    case BinaryOp::kShr:
      return ">>";
    case BinaryOp::kLt:
      return "<";
    case BinaryOp::kGt:
      return ">";
    case BinaryOp::kLe:
      return "<=";
    case BinaryOp::kGe:
      return ">=";
    case BinaryOp::kEq:
      return "==";
    case BinaryOp::kNe:
      return "!=";
    case BinaryOp::kBitAnd:
      return "&";
    case BinaryOp::kBitXor:
      return "^";
    case BinaryOp::kBitOr:
      return "|";
    case BinaryOp::kComma:
      return ",";
  }
  return "";
}

WS_HD bool Compares(BinaryOp op) { return op >= BinaryOp::kLt && op <= BinaryOp::kNe; }

}  // namespace

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

WS_HD void Walker::VisitName(NodeId n) {
  NodeInfo& out = info(n);
  const NameId name = token(n).name;
  if (!name.valid()) {
    Error(Kind::kUnknownName, n, token(n).view());
    return;
  }
  const bool is_std = tree().data(n) != 0;
  EntityId e;
  if (!is_std) {
    e = LookUpLocal(name);
    if (!e.valid()) {
      e = global_[name.index];
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
  if (range.count == 0) {
    Error(Kind::kUnknownName, n, token(n).view());
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
    return;
  }
  const TypeId type = BuiltinResult(row, {});
  if (row.how == BuiltinHow::kConst && kind(type) != TypeKind::kPointer) {
    SetConstant(n, type, row.extra);
    return;
  }
  if (row.how == BuiltinHow::kDim && in_function() && current().target == Target::kHost) {
    Error(Kind::kBuiltinOnHost, n, token(n).view());
    return;
  }
  SetValue(n, type, true);
}

WS_HD bool Walker::CheckAssignable(NodeId n) {
  const NodeInfo& target = info(n);
  if (target.type == TypeId()) return false;
  const TypeKind k = kind(target.type);
  if (target.category != Category::kLvalue || k == TypeKind::kArray) {
    Error(Kind::kNotAssignable, n);
    return false;
  }
  if (target.type.is_const()) {
    Error(Kind::kAssignToConst, n, Spell(target.type));
    return false;
  }
  return true;
}

WS_HD void Walker::VisitUnary(NodeId n) {
  const UnaryOp op = static_cast<UnaryOp>(tree().data(n));
  const NodeId child(n.index - 1);
  const NodeInfo operand = info(child);
  if (operand.type == TypeId()) return;
  TypeKind k = kind(operand.type);
  switch (op) {
    case UnaryOp::kPlus:
    case UnaryOp::kMinus:
    case UnaryOp::kBitNot: {
      TypeId type = operand.type.Unqualified();
      if (IsIntegerKind(k) || IsEnumKind(k)) {
        type = s_->OperandType(BinaryOp::kAdd, type, TypeId(TypeKind::kInt));
        if (k >= TypeKind::kInt && !IsEnumKind(k)) type = operand.type.Unqualified();
      } else if (!(op != UnaryOp::kBitNot &&
                   (IsFloatKind(k) || IsHalfKind(k) || IsPackedKind(k)))) {
        Error(Kind::kBadOperand, n,
              op == UnaryOp::kBitNot ? "~"
              : op == UnaryOp::kPlus ? "+"
                                     : "-",
              Spell(operand.type));
        return;
      }
      uint64_t value = operand.bits;
      if (operand.constant && ConvertConstant(k, kind(type), operand.bits, &value) &&
          FoldUnary(op, kind(type), value, &value)) {
        SetConstant(n, type, value);
      } else {
        SetValue(n, type, operand.pure);
      }
      return;
    }
    case UnaryOp::kNot:
      if (!CheckCondition(child)) return;
      if (operand.constant) {
        SetConstant(n, TypeId(TypeKind::kBool), IsTrue(k, operand.bits) ? 0 : 1);
      } else {
        SetValue(n, TypeId(TypeKind::kBool), operand.pure);
      }
      return;
    case UnaryOp::kDeref: {
      const TypeId decayed = types().Decay(operand.type);
      if (kind(decayed) != TypeKind::kPointer ||
          kind(types().Element(decayed)) == TypeKind::kVoid) {
        Error(Kind::kNotAPointer, child, Spell(operand.type));
        return;
      }
      info(n).type = types().Element(decayed);
      info(n).category = Category::kLvalue;
      return;
    }
    case UnaryOp::kAddressOf: {
      if (operand.category == Category::kFunction) {
        info(n) = operand;
        return;
      }
      if (operand.category != Category::kLvalue) {
        Error(Kind::kNotAddressable, child);
        return;
      }
      MarkAddressTaken(child);
      SetValue(n, types().Pointer(operand.type), operand.pure);
      return;
    }
    case UnaryOp::kPreInc:
    case UnaryOp::kPreDec:
    case UnaryOp::kPostInc:
    case UnaryOp::kPostDec: {
      if (!CheckAssignable(child)) return;
      if (!(IsArithmeticKind(k) || IsHalfKind(k) || k == TypeKind::kPointer) ||
          k == TypeKind::kBool ||
          (k == TypeKind::kPointer && types().Bytes(types().Element(operand.type)) == 0)) {
        const bool inc = op == UnaryOp::kPreInc || op == UnaryOp::kPostInc;
        Error(Kind::kBadOperand, n, inc ? "++" : "--", Spell(operand.type));
        return;
      }
      SetValue(n, operand.type, false);
      if (op == UnaryOp::kPreInc || op == UnaryOp::kPreDec) {
        info(n).category = Category::kLvalue;
        info(n).type = operand.type;
      }
      return;
    }
  }
}

// Reports why the operands do not fit each other; always false.
WS_HD bool Walker::BadOperands(NodeId n, BinaryOp op, NodeId lhs, NodeId rhs) {
  const TypeId l = info(lhs).type;
  const TypeId r = info(rhs).type;
  const bool mixed = (IsHalfKind(kind(l)) && IsArithmeticKind(kind(r))) ||
                     (IsHalfKind(kind(r)) && IsArithmeticKind(kind(l)));
  Error(mixed ? Kind::kHalfAmbiguous : Kind::kBadOperands, n, SpellingOf(op), Spell(l), Spell(r));
  return false;
}

WS_HD void Walker::VisitBinary(NodeId n) {
  const BinaryOp op = static_cast<BinaryOp>(tree().data(n));
  const NodeId rhs(n.index - 1);
  const NodeId lhs = tree().PrevSibling(n, rhs);
  const NodeInfo l = info(lhs);
  const NodeInfo r = info(rhs);
  if (op == BinaryOp::kComma) {
    info(n) = r;
    info(n).constant = false;
    info(n).builtin = kNoBuiltin;
    info(n).pure = l.pure && r.pure;
    return;
  }
  if (l.type == TypeId() || r.type == TypeId()) return;
  const TypeId lt = types().Decay(l.type);
  const TypeId rt = types().Decay(r.type);
  const bool l_pointer = kind(lt) == TypeKind::kPointer;
  const bool r_pointer = kind(rt) == TypeKind::kPointer;
  const bool pure = l.pure && r.pure;
  if ((op == BinaryOp::kAdd || op == BinaryOp::kSub) && (l_pointer || r_pointer)) {
    if (l_pointer && r_pointer && op == BinaryOp::kSub) {
      if (types().Element(lt).Unqualified() != types().Element(rt).Unqualified() ||
          types().Bytes(types().Element(lt)) == 0) {
        BadOperands(n, op, lhs, rhs);
        return;
      }
      SetValue(n, TypeId(TypeKind::kLong), pure);
      return;
    }
    const TypeKind index = kind(l_pointer ? rt : lt);
    const TypeId pointer = l_pointer ? lt : rt;
    if (!IsIntegerKind(index) || (!l_pointer && op == BinaryOp::kSub) ||
        types().Bytes(types().Element(pointer)) == 0) {
      BadOperands(n, op, lhs, rhs);
      return;
    }
    SetValue(n, pointer, pure);
    return;
  }
  const TypeId common = s_->OperandType(op, lt, rt);
  if (common == TypeId()) {
    BadOperands(n, op, lhs, rhs);
    return;
  }
  const TypeKind k = kind(common);
  if (IsPackedKind(k) && Compares(op)) {
    Error(Kind::kUnsupported, n, "a comparison of half2");
    return;
  }
  // A pointer is compared with a pointer or with zero.
  if (Compares(op) && l_pointer != r_pointer && (l_pointer || r_pointer)) {
    const NodeInfo& other = l_pointer ? r : l;
    if (kind(other.type) != TypeKind::kNullptr && !(other.constant && other.bits == 0)) {
      BadOperands(n, op, lhs, rhs);
      return;
    }
  }
  const TypeId result = Compares(op) ? TypeId(TypeKind::kBool) : common;
  if (l.constant && r.constant && (IsArithmeticKind(k) || IsHalfKind(k)) &&
      kind(lt) != TypeKind::kNullptr && kind(rt) != TypeKind::kNullptr) {
    uint64_t a = 0;
    uint64_t b = 0;
    uint64_t value = 0;
    const bool shift = op == BinaryOp::kShl || op == BinaryOp::kShr;
    if (ConvertConstant(kind(lt), k, l.bits, &a) &&
        ConvertConstant(kind(rt), shift ? kind(rt) : k, r.bits, &b) &&
        FoldBinary(op, k, a, b, &value)) {
      SetConstant(n, result, value);
      return;
    }
    if ((op == BinaryOp::kDiv || op == BinaryOp::kRem) && IsIntegerKind(k) && b == 0) {
      Error(Kind::kDivisionByZero, n);
    }
  }
  const bool divides = (op == BinaryOp::kDiv || op == BinaryOp::kRem) && !IsFloatKind(k);
  SetValue(n, result, pure && !divides);
}

WS_HD void Walker::VisitLogical(NodeId n, bool is_and) {
  const NodeId rhs(n.index - 1);
  const NodeId marker = tree().PrevSibling(n, rhs);
  const NodeId lhs(marker.index - 1);
  const NodeInfo l = info(lhs);
  const NodeInfo r = info(rhs);
  if (!CheckCondition(lhs) || !CheckCondition(rhs)) return;
  if (l.type == TypeId() || r.type == TypeId()) return;
  const TypeId type(TypeKind::kBool);
  if (l.constant) {
    const bool left = IsTrue(kind(l.type), l.bits);
    if (left != is_and) {
      SetConstant(n, type, left ? 1 : 0);
      return;
    }
    if (r.constant) {
      SetConstant(n, type, IsTrue(kind(r.type), r.bits) ? 1 : 0);
      return;
    }
  }
  SetValue(n, type, l.pure && r.pure);
}

WS_HD void Walker::VisitConditional(NodeId n) {
  const NodeId other(n.index - 1);
  const NodeId else_marker = tree().PrevSibling(n, other);
  const NodeId then(else_marker.index - 1);
  const NodeId then_marker = tree().PrevSibling(n, then);
  const NodeId condition(then_marker.index - 1);
  CheckCondition(condition);
  const NodeInfo c = info(condition);
  const NodeInfo a = info(then);
  const NodeInfo b = info(other);
  if (a.type == TypeId() || b.type == TypeId()) return;
  const TypeId at = types().Decay(a.type);
  const TypeId bt = types().Decay(b.type);
  const TypeKind ak = kind(at);
  const TypeKind bk = kind(bt);
  TypeId type;
  if (at == bt) {
    type = at;
  } else if (IsArithmeticKind(ak) && IsArithmeticKind(bk)) {
    type = s_->OperandType(BinaryOp::kAdd, at, bt);
  } else if (ak == TypeKind::kPointer || bk == TypeKind::kPointer) {
    if (RankOf(a, bt) != kNoConversion) {
      type = bt;
    } else if (RankOf(b, at) != kNoConversion) {
      type = at;
    }
  }
  if (type == TypeId()) {
    BadOperands(n, BinaryOp::kNoOp, then, other);
    return;
  }
  if (c.constant && a.constant && b.constant) {
    uint64_t bits = 0;
    const NodeInfo& chosen = IsTrue(kind(c.type), c.bits) ? a : b;
    if (ConvertConstant(kind(chosen.type), kind(type), chosen.bits, &bits)) {
      SetConstant(n, type, bits);
      return;
    }
  }
  SetValue(n, type, c.pure && a.pure && b.pure);
}

WS_HD void Walker::VisitAssign(NodeId n) {
  const BinaryOp op = static_cast<BinaryOp>(tree().data(n));
  const NodeId rhs(n.index - 1);
  const NodeId lhs = tree().PrevSibling(n, rhs);
  const TypeId target = info(lhs).type;
  info(n).type = target;
  info(n).category = Category::kLvalue;
  if (!CheckAssignable(lhs)) return;
  if (op == BinaryOp::kNoOp) {
    CheckConvert(rhs, target.Unqualified());
    return;
  }
  const TypeId value = info(rhs).type;
  if (value == TypeId()) return;
  const TypeKind k = kind(target);
  if (k == TypeKind::kPointer) {
    const bool moves = op == BinaryOp::kAdd || op == BinaryOp::kSub;
    if (!moves || !IsIntegerKind(kind(value)) || types().Bytes(types().Element(target)) == 0) {
      BadOperands(n, op, lhs, rhs);
    }
    return;
  }
  // half += x takes anything that converts to half.
  if (IsHalfKind(k) && op <= BinaryOp::kSub && op != BinaryOp::kRem) {
    CheckConvert(rhs, target.Unqualified());
    return;
  }
  if (s_->OperandType(op, types().Decay(target), types().Decay(value)) == TypeId()) {
    BadOperands(n, op, lhs, rhs);
  }
}

WS_HD void Walker::VisitCast(NodeId n) {
  const CastKind how = static_cast<CastKind>(tree().data(n));
  const std::span<const NodeId> kids = Children(n);
  const TypeId to = info(kids[0]).type;
  NodeInfo& out = info(n);
  if (to == TypeId()) return;
  const TypeId object = types().StripReference(to);
  const TypeKind k = kind(object);
  if (kids.size() != 2) {
    // T(), dim3(x, y), half2(a, b)
    const bool several = k == TypeKind::kDim3 || IsPackedKind(k);
    if (kids.size() > 2 && !(several && kids.size() - 1 <= types().Info(object).count)) {
      Error(Kind::kTooManyInitializers, n, Spell(to));
      return;
    }
    bool pure = true;
    const TypeId element = types().ComponentType(object);
    for (size_t i = 1; i < kids.size(); ++i) {
      if (tree().kind(kids[i]) == NodeKind::kInitList) {
        Error(Kind::kTooManyInitializers, kids[i], Spell(to));
        return;
      }
      CheckConvert(kids[i], element);
      pure &= info(kids[i]).pure;
    }
    if (kids.size() == 1 && (IsArithmeticKind(k) || IsHalfKind(k))) {
      SetConstant(n, object, 0);
    } else {
      SetValue(n, object, pure);
    }
    return;
  }
  const NodeId value = kids[1];
  if (tree().kind(value) == NodeKind::kInitList) {
    CheckList(value, object);
    SetValue(n, object, false);
    return;
  }
  const NodeInfo from = info(value);
  if (from.type == TypeId()) {
    SetValue(n, object, false);
    return;
  }
  if (kind(to) == TypeKind::kReference) {
    // reinterpret_cast<T&>(lvalue): the same object under another type.
    if (from.category != Category::kLvalue) {
      Error(Kind::kNotAddressable, value);
      return;
    }
    if (object.Unqualified() != from.type.Unqualified()) MarkAddressTaken(value);
    out.type = object;
    out.category = Category::kLvalue;
    return;
  }
  if (k == TypeKind::kVoid) {
    SetValue(n, object, from.pure);
    return;
  }
  const TypeId source = types().Decay(from.type);
  const TypeKind sk = kind(source);
  const bool s_pointer = sk == TypeKind::kPointer || sk == TypeKind::kNullptr || IsHandleKind(sk);
  const bool t_pointer = k == TypeKind::kPointer || IsHandleKind(k);
  const bool wide_integer = IsIntegerKind(k) && types().Bytes(object) == 8;
  bool ok = RankOf(from, object) != kNoConversion;
  if (from.category == Category::kFunction) {
    out = from;
    return;
  }
  switch (how) {
    case CastKind::kCStyle:
    case CastKind::kFunctional:
      ok |= (s_pointer && t_pointer) || (s_pointer && wide_integer) ||
            (IsIntegerKind(sk) && t_pointer) || (IsPackedKind(k) && IsHalfKind(sk));
      break;
    case CastKind::kStatic:
      // void* to T*, and what goes the other way implicitly.
      ok |= s_pointer && t_pointer && sk == TypeKind::kPointer && k == TypeKind::kPointer &&
            kind(types().Element(source)) == TypeKind::kVoid &&
            (types().Element(object).is_const() || !types().Element(source).is_const());
      break;
    case CastKind::kReinterpret:
      ok = (s_pointer && t_pointer) || (s_pointer && wide_integer) ||
           (IsIntegerKind(sk) && t_pointer) || source == object.Unqualified();
      if (s_pointer && t_pointer && sk == TypeKind::kPointer && k == TypeKind::kPointer &&
          types().Element(source).is_const() && !types().Element(object).is_const()) {
        ok = false;
      }
      break;
    case CastKind::kConst:
      ok = s_pointer && t_pointer && sk == TypeKind::kPointer && k == TypeKind::kPointer &&
           types().Element(source).Unqualified() == types().Element(object).Unqualified();
      break;
  }
  if (!ok) {
    Error(Kind::kBadCast, n, Spell(from.type), Spell(to));
    return;
  }
  uint64_t bits = 0;
  if (from.constant && (IsArithmeticKind(k) || IsHalfKind(k)) && sk != TypeKind::kNullptr &&
      ConvertConstant(sk, k, from.bits, &bits)) {
    SetConstant(n, object, bits);
  } else {
    SetValue(n, object, from.pure);
  }
}

WS_HD void Walker::VisitIndex(NodeId n) {
  const NodeId index(n.index - 1);
  const NodeId base = tree().PrevSibling(n, index);
  const TypeId type = info(base).type;
  if (type == TypeId()) return;
  const TypeId decayed = types().Decay(type);
  if (kind(decayed) != TypeKind::kPointer) {
    Error(Kind::kNotAPointer, base, Spell(type));
    return;
  }
  const TypeId element = types().Element(decayed);
  info(n).type = element;
  info(n).category = Category::kLvalue;
  if (types().Bytes(element) == 0) {
    Error(Kind::kNotAPointer, base, Spell(type));
    info(n).type = {};
    return;
  }
  CheckInteger(index);
  // The whole array must be in memory, which it is; a const array's elements are const.
  if (kind(type) == TypeKind::kArray && type.is_const()) info(n).type = element.Const();
}

WS_HD void Walker::VisitMember(NodeId n) {
  const NodeId child(n.index - 1);
  const NodeInfo base = info(child);
  if (base.type == TypeId()) return;
  TypeId object = base.type;
  const bool arrow = tree().data(n) == 1;
  const std::string_view member = token(n).view();
  if (arrow) {
    const TypeId decayed = types().Decay(object);
    if (kind(decayed) != TypeKind::kPointer) {
      Error(Kind::kNotAPointer, child, Spell(object));
      return;
    }
    object = types().Element(decayed);
  }
  const TypeInfo made = types().Info(object);
  const bool has_members =
      made.kind == TypeKind::kVector || made.kind == TypeKind::kDim3 || IsPackedKind(made.kind);
  uint32_t component = 4;
  if (has_members && member.size() == 1) {
    const char c = member.data()[0];
    component = c == 'w' ? 3u : c >= 'x' && c <= 'z' ? static_cast<uint32_t>(c - 'x') : 4u;
  }
  if (!has_members || component >= made.count) {
    Error(Kind::kNoMember, n, member, Spell(object));
    return;
  }
  NodeInfo& out = info(n);
  out.type = made.element.With(object.index & 3);
  out.bits = component;
  out.category = arrow ? Category::kLvalue : base.category;
  out.pure = !arrow && base.pure;
  if (out.category == Category::kRvalue) out.type = out.type.Unqualified();
}

WS_HD void Walker::VisitSizeof(NodeId n) {
  const bool of_type = tree().kind(n) == NodeKind::kSizeofType;
  const TypeId type = info(NodeId(n.index - 1)).type;
  if (type == TypeId()) return;
  const TypeId object = types().StripReference(type);
  const bool align = of_type && tree().data(n) == 1;
  const uint64_t bytes = align ? types().Align(object) : types().Bytes(object);
  if (bytes == 0) {
    Error(Kind::kNoSize, n, Spell(type));
    return;
  }
  SetConstant(n, TypeId(TypeKind::kULong), bytes);
}

WS_HD void Walker::VisitReturn(NodeId n) {
  if (!in_function()) return;
  const TypeId result = current().result;
  if (result == TypeId()) return;
  const bool is_void = kind(result) == TypeKind::kVoid;
  if (tree().subtree_size(n) == 1) {
    if (!is_void) Error(Kind::kReturnNeedsValue, n, Spell(result));
    return;
  }
  const NodeId value(n.index - 1);
  if (is_void) {
    if (info(value).type != TypeId() && kind(info(value).type) != TypeKind::kVoid) {
      Error(Kind::kReturnInVoid, n);
    }
    return;
  }
  CheckConvert(value, result);
}

}  // namespace ws::front
