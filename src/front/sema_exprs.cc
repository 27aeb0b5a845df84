// device-clean
// Operators.
#include "front/constants.h"
#include "front/copies.h"
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

WS_HD bool Walker::CheckAssignable(NodeId n) {
  ChooseObject(n);
  const NodeInfo& target = info(n);
  if (target.type == TypeId()) return false;
  const TypeKind k = kind(target.type);
  const bool fixed = k == TypeKind::kStruct && types().Struct(target.type).has_const;
  if (target.category != Category::kLvalue || k == TypeKind::kArray || fixed) {
    Error(Kind::kNotAssignable, n);
    return false;
  }
  if (target.type.is_const()) {
    Error(Kind::kAssignToConst, n, Spell(target.type));
    return false;
  }
  return true;
}

WS_HD Walker::Visit Walker::VisitUnary(NodeId n) {
  const UnaryOp op = static_cast<UnaryOp>(tree().data(n));
  const NodeId child(n.index - 1);
  const bool address = op == UnaryOp::kAddressOf;
  if (address) ChooseObject(child);
  NodeInfo operand = info(child);
  if (operand.type == TypeId()) return Visit::kNext;
  if (HasOperators(operand.type) && (!address || kind(operand.type) == TypeKind::kStruct)) {
    bool called = false;
    const bool postfix = op == UnaryOp::kPostInc || op == UnaryOp::kPostDec;
    const Visit visit = CallOperator(n, token(n).kind, {&child, 1}, &called, postfix);
    if (visit == Visit::kAgain || called) return visit;
  }
  if (op <= UnaryOp::kDeref && op != UnaryOp::kNot) operand = Operand(child);
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
        return Visit::kNext;
      }
      uint64_t value = operand.bits;
      if (operand.constant && ConvertConstant(k, kind(type), operand.bits, &value) &&
          FoldUnary(op, kind(type), value, &value)) {
        SetConstant(n, type, value);
      } else {
        SetValue(n, type, operand.pure);
      }
      return Visit::kNext;
    }
    case UnaryOp::kNot:
      if (!CheckCondition(child)) return Visit::kNext;
      if (operand.constant) {
        SetConstant(n, TypeId(TypeKind::kBool), IsTrue(k, operand.bits) ? 0 : 1);
      } else {
        SetValue(n, TypeId(TypeKind::kBool), operand.pure);
      }
      return Visit::kNext;
    case UnaryOp::kDeref: {
      if (operand.category == Category::kFunction) {
        info(n) = operand;
        return Visit::kNext;
      }
      const TypeId decayed = types().Decay(operand.type);
      if (kind(decayed) != TypeKind::kPointer ||
          kind(types().Element(decayed)) == TypeKind::kVoid) {
        Error(Kind::kNotAPointer, child, Spell(operand.type));
        return Visit::kNext;
      }
      info(n).type = types().Element(decayed);
      info(n).category = Category::kLvalue;
      return Visit::kNext;
    }
    case UnaryOp::kAddressOf: {
      if (operand.category == Category::kFunction) {
        info(n) = operand;
        return Visit::kNext;
      }
      if (operand.category != Category::kLvalue) {
        Error(Kind::kNotAddressable, child);
        return Visit::kNext;
      }
      MarkAddressTaken(child);
      SetValue(n, types().Pointer(operand.type), operand.pure);
      return Visit::kNext;
    }
    case UnaryOp::kPreInc:
    case UnaryOp::kPreDec:
    case UnaryOp::kPostInc:
    case UnaryOp::kPostDec: {
      if (!CheckAssignable(child)) return Visit::kNext;
      if (!(IsArithmeticKind(k) || IsHalfKind(k) || k == TypeKind::kPointer) ||
          k == TypeKind::kBool ||
          (k == TypeKind::kPointer && types().Bytes(types().Element(operand.type)) == 0)) {
        const bool inc = op == UnaryOp::kPreInc || op == UnaryOp::kPostInc;
        Error(Kind::kBadOperand, n, inc ? "++" : "--", Spell(operand.type));
        return Visit::kNext;
      }
      last_change_ = n;
      SetValue(n, operand.type, false);
      if (op == UnaryOp::kPreInc || op == UnaryOp::kPreDec) {
        info(n).category = Category::kLvalue;
        info(n).type = operand.type;
      }
      return Visit::kNext;
    }
  }
  return Visit::kNext;
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

WS_HD Walker::Visit Walker::VisitBinary(NodeId n) {
  const BinaryOp op = static_cast<BinaryOp>(tree().data(n));
  const NodeId rhs(n.index - 1);
  const NodeId lhs = tree().PrevSibling(n, rhs);
  if (Compares(op)) {  // a pointer with a function
    if (types().IsFunctionPointer(info(lhs).type)) {
      if (info(rhs).category == Category::kFunction) CheckConvert(rhs, info(lhs).type);
    } else if (types().IsFunctionPointer(info(rhs).type)) {
      if (info(lhs).category == Category::kFunction) CheckConvert(lhs, info(rhs).type);
    }
  }
  NodeInfo l = info(lhs);
  NodeInfo r = info(rhs);
  if (op == BinaryOp::kComma) {
    info(n) = r;
    info(n).constant = false;
    info(n).builtin = kNoBuiltin;
    info(n).entity = EntityId();
    info(n).field = false;
    info(n).conversion = 0;
    info(n).either = false;
    info(n).function = false;
    info(n).pure = l.pure && r.pure;
    return Visit::kNext;
  }
  if (l.type == TypeId() || r.type == TypeId()) return Visit::kNext;
  if (HasOperators(l.type) || HasOperators(r.type)) {
    const NodeId operands[2] = {lhs, rhs};
    bool called = false;
    const Visit visit = CallOperator(n, token(n).kind, operands, &called);
    if (visit == Visit::kAgain || called) return visit;
    const bool inserts = kind(l.type) == TypeKind::kOstream;
    l = Operand(lhs, r.type);
    if (!inserts) r = Operand(rhs, l.type);
  }
  const TypeId lt = types().Decay(l.type);
  const TypeId rt = types().Decay(r.type);
  const bool l_pointer = kind(lt) == TypeKind::kPointer;
  const bool r_pointer = kind(rt) == TypeKind::kPointer;
  const bool pure = l.pure && r.pure;
  if (kind(lt) == TypeKind::kOstream && op == BinaryOp::kShl && VisitInsertion(n, rhs))
    return Visit::kNext;
  if ((op == BinaryOp::kAdd || op == BinaryOp::kSub) && (l_pointer || r_pointer)) {
    if (l_pointer && r_pointer && op == BinaryOp::kSub) {
      if (types().Element(lt).Unqualified() != types().Element(rt).Unqualified() ||
          types().Bytes(types().Element(lt)) == 0) {
        BadOperands(n, op, lhs, rhs);
        return Visit::kNext;
      }
      SetValue(n, TypeId(TypeKind::kLong), pure);
      return Visit::kNext;
    }
    const TypeKind index = kind(l_pointer ? rt : lt);
    const TypeId pointer = l_pointer ? lt : rt;
    if (!IsIntegerKind(index) || (!l_pointer && op == BinaryOp::kSub) ||
        types().Bytes(types().Element(pointer)) == 0) {
      BadOperands(n, op, lhs, rhs);
      return Visit::kNext;
    }
    SetValue(n, pointer, pure);
    return Visit::kNext;
  }
  if (CompareVectors(n, op, lt, rt)) return Visit::kNext;
  const TypeId common = s_->OperandType(op, lt, rt);
  if (common == TypeId()) {
    BadOperands(n, op, lhs, rhs);
    return Visit::kNext;
  }
  // The values of a scoped enumeration are compared as integers.
  const TypeKind k = kind(types().Underlying(common));
  // A pointer is compared with a pointer or with zero.
  if (Compares(op) && l_pointer != r_pointer && (l_pointer || r_pointer)) {
    const NodeInfo& other = l_pointer ? r : l;
    if (kind(other.type) != TypeKind::kNullptr && !(other.constant && other.bits == 0)) {
      BadOperands(n, op, lhs, rhs);
      return Visit::kNext;
    }
  }
  const TypeId result = Compares(op) ? TypeId(TypeKind::kBool) : common;
  if (l.constant && r.constant && (IsArithmeticKind(k) || IsHalfKind(k)) &&
      kind(lt) != TypeKind::kNullptr && kind(rt) != TypeKind::kNullptr) {
    uint64_t a = 0;
    uint64_t b = 0;
    uint64_t value = 0;
    const bool shift = op == BinaryOp::kShl || op == BinaryOp::kShr;
    if (ConvertConstant(kind(types().Underlying(lt)), k, l.bits, &a) &&
        ConvertConstant(kind(types().Underlying(rt)), shift ? kind(rt) : k, r.bits, &b) &&
        FoldBinary(op, k, a, b, &value)) {
      SetConstant(n, result, value);
      return Visit::kNext;
    }
    if ((op == BinaryOp::kDiv || op == BinaryOp::kRem) && IsIntegerKind(k) && b == 0) {
      Error(Kind::kDivisionByZero, n);
    }
  }
  const bool divides = (op == BinaryOp::kDiv || op == BinaryOp::kRem) && !IsFloatKind(k);
  SetValue(n, result, pure && !divides);
  return Visit::kNext;
}

// stream << value; false if the value cannot be written.
WS_HD bool Walker::VisitInsertion(NodeId n, NodeId value) {
  TypeId type = types().Decay(info(value).type);
  const bool object = kind(type) == TypeKind::kStruct;
  const bool string = object && SameText(types().Struct(type).text, "std::string");
  if (object && !string) type = Operand(value, TypeId(TypeKind::kInt)).type;
  const TypeKind k = kind(type);
  if (!string && !IsHalfKind(k) && !IsArithmeticKind(k) && !IsEnumKind(k) &&
      k != TypeKind::kPointer && k != TypeKind::kManipulator) {
    return false;
  }
  SetValue(n, TypeId(TypeKind::kOstream), false);
  return true;
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
  const TypeId at = types().Decay(TypeAsValue(then));
  const TypeId bt = types().Decay(TypeAsValue(other));
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
  for (const NodeId side : {then, other}) {
    if (info(side).category == Category::kFunction) CheckConvert(side, type);
  }
  // One of two objects, not a copy.
  const bool is_vector = kind(type) == TypeKind::kStdVector;
  if ((kind(type) == TypeKind::kStruct || is_vector) && a.category == Category::kLvalue &&
      b.category == Category::kLvalue && at == bt) {
    MarkAddressTaken(then);
    MarkAddressTaken(other);
    info(n).type = a.type.With(b.type.index & 3);
    info(n).category = Category::kLvalue;
    return;
  }
  if (is_vector) {
    Error(Kind::kUnsupported, n, "a choice between std::vectors that are not both variables");
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
  info(n).either = a.type.Unqualified() == b.type.Unqualified() &&
                   (a.category == Category::kLvalue || a.either) &&
                   (b.category == Category::kLvalue || b.either);
}

WS_HD Walker::Visit Walker::VisitAssign(NodeId n) {
  const BinaryOp op = static_cast<BinaryOp>(tree().data(n));
  const NodeId rhs(n.index - 1);
  const NodeId lhs = tree().PrevSibling(n, rhs);
  const TypeId target = info(lhs).type;
  if (HasOperators(target) && tree().kind(rhs) != NodeKind::kInitList &&
      info(rhs).type != TypeId()) {
    const NodeId operands[2] = {lhs, rhs};
    bool called = false;
    const Visit visit = CallOperator(n, token(n).kind, operands, &called);
    if (visit == Visit::kAgain || called) return visit;
  }
  if (PrepareConversion(rhs, target) == Visit::kAgain) return Visit::kAgain;
  info(n).type = target;
  info(n).category = Category::kLvalue;
  if (!CheckAssignable(lhs)) return Visit::kNext;
  CheckOrder(n, lhs, rhs);
  last_change_ = n;
  if (op == BinaryOp::kNoOp && kind(target) == TypeKind::kStruct) {
    const NodeInfo& from = info(rhs);
    if (types().NeedsDestroy(target)) {
      if (tree().kind(rhs) == NodeKind::kInitList || from.conversion != 0 ||
          (from.type != TypeId() && from.type.Unqualified() != target.Unqualified())) {
        Error(Kind::kUnsupported, n, "an assignment of something else to an object of this kind");
        return Visit::kNext;
      }
      UseDestructors(n, target);
    }
    if (from.category == Category::kLvalue || AssignsParts(*s_, target, Side())) {
      UseAssigns(n, target.Unqualified(), from.moved || from.category != Category::kLvalue);
    }
    // A temporary object takes the place of the old one.
    if (types().NeedsDestroy(target)) return Visit::kNext;
  }
  if (op == BinaryOp::kNoOp) {
    CheckConvert(rhs, target.Unqualified());
    return Visit::kNext;
  }
  const TypeId value = Operand(rhs, target).type;
  if (value == TypeId()) return Visit::kNext;
  const TypeKind k = kind(target);
  if (k == TypeKind::kPointer) {
    const bool moves = op == BinaryOp::kAdd || op == BinaryOp::kSub;
    if (!moves || !IsIntegerKind(kind(value)) || types().Bytes(types().Element(target)) == 0) {
      BadOperands(n, op, lhs, rhs);
    }
    return Visit::kNext;
  }
  // half += x takes anything that converts to half.
  if (IsHalfKind(k) && op <= BinaryOp::kSub && op != BinaryOp::kRem) {
    CheckConvert(rhs, target.Unqualified());
    return Visit::kNext;
  }
  if (s_->OperandType(op, types().Decay(target), types().Decay(value)) == TypeId()) {
    BadOperands(n, op, lhs, rhs);
  }
  return Visit::kNext;
}

WS_HD void Walker::VisitReturn(NodeId n) {
  if (!in_function()) return;
  TypeId result = current().result;
  if (result == TypeId()) return;
  const NodeId written(n.index - 1);  // the value, if there is one
  if (HasAuto(result)) {
    if (tree().subtree_size(n) == 1) {
      result = TypeId(TypeKind::kVoid);
    } else if (tree().kind(written) == NodeKind::kInitList) {
      Error(Kind::kCannotDeduceAuto, n);
      result = {};
    } else if (info(written).type == TypeId(TypeKind::kVoid)) {
      result = TypeId(TypeKind::kVoid);
    } else {
      result = AsksDecltype(current().node) ? DecltypeOf(written)
                                            : DeduceAutoFrom(written, result, TypeAsValue(written));
    }
    current().result = result == TypeId() ? result : result.Unqualified();
    result = current().result;
    if (result == TypeId()) return;
  } else if (current().deduces && tree().subtree_size(n) > 1 && info(written).type != TypeId() &&
             !AsksDecltype(current().node) &&
             types().Decay(info(written).type) != types().StripReference(result).Unqualified()) {
    Error(Kind::kCannotConvert, written, Spell(info(written).type), Spell(result));
    return;
  }
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
  if (kind(result) == TypeKind::kReference) ChooseObject(value);
  if (kind(result) == TypeKind::kReference && info(value).category != Category::kLvalue &&
      info(value).type != TypeId()) {
    Error(Kind::kNotAddressable, value);
    return;
  }
  const EntityId returned = tree().kind(value) == NodeKind::kName ? info(value).entity : EntityId();
  moves_ = returned.valid() && s_->entities_[returned.index].kind == EntityKind::kLocal &&
           s_->entities_[returned.index].owner == frames_.back().instance &&
           kind(s_->entities_[returned.index].type) != TypeKind::kReference;
  CheckConvert(value, result);
  moves_ = false;
}

}  // namespace ws::front
