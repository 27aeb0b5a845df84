// Expressions of the source as values.
#include <bit>

#include "nest/fold.h"
#include "nest/lifter.h"

namespace ws::nest {

using front::BinaryOp;
using front::NodeId;
using front::NodeKind;
using front::TypeId;
using front::TypeKind;
using front::UnaryOp;

namespace {

ExprOp OpOf(BinaryOp op) {
  switch (op) {
    case BinaryOp::kMul:
      return ExprOp::kMul;
    case BinaryOp::kDiv:
      return ExprOp::kDiv;
    case BinaryOp::kRem:
      return ExprOp::kRem;
    case BinaryOp::kAdd:
      return ExprOp::kAdd;
    case BinaryOp::kSub:
      return ExprOp::kSub;
    case BinaryOp::kShl:
      return ExprOp::kShl;
    case BinaryOp::kShr:
      return ExprOp::kShr;
    case BinaryOp::kLt:
      return ExprOp::kLt;
    case BinaryOp::kGt:
      return ExprOp::kGt;
    case BinaryOp::kLe:
      return ExprOp::kLe;
    case BinaryOp::kGe:
      return ExprOp::kGe;
    case BinaryOp::kEq:
      return ExprOp::kEq;
    case BinaryOp::kNe:
      return ExprOp::kNe;
    case BinaryOp::kBitAnd:
      return ExprOp::kAnd;
    case BinaryOp::kBitXor:
      return ExprOp::kXor;
    case BinaryOp::kBitOr:
      return ExprOp::kOr;
    case BinaryOp::kNoOp:
    case BinaryOp::kComma:
      break;
  }
  return ExprOp::kNone;
}

}  // namespace

// Structs and operators of the program's own are not followed.
void Lifter::RefuseStruct(NodeId n) const {
  const front::NodeInfo& info = Info(n);
  const bool is_struct =
      info.field || info.conversion != 0 || tree_.kind(n) == NodeKind::kThis ||
      sema_.types().Kind(sema_.types().InnerElement(info.type)) == TypeKind::kStruct;
  if (is_struct) Refuse("a struct value", n);
  const NodeKind kind = tree_.kind(n);
  const bool is_operator = kind == NodeKind::kUnary || kind == NodeKind::kBinary ||
                           kind == NodeKind::kAssign || kind == NodeKind::kIndex;
  if (is_operator && info.entity.valid() && info.category != front::Category::kFunction) {
    Refuse("an operator that the program defines", n);
  }
}

Value Lifter::Eval(NodeId n) {
  const front::NodeInfo& info = Info(n);
  if (info.constant) return EvalConstant(info);
  RefuseStruct(n);
  const std::vector<NodeId> children = Children(n);
  switch (tree_.kind(n)) {
    case NodeKind::kParen:
      return Eval(children[0]);
    case NodeKind::kName:
      return EvalName(n);
    case NodeKind::kUnary:
      return EvalUnary(n);
    case NodeKind::kBinary:
      return EvalBinary(n);
    case NodeKind::kLogicalAnd:
      return Value::Scalar(And(EvalCondition(children[0]), EvalCondition(children[2])));
    case NodeKind::kLogicalOr:
      return Value::Scalar(
          p_.Binary(ExprOp::kLogicalOr, EvalCondition(children[0]), EvalCondition(children[2])));
    case NodeKind::kConditional:
      return EvalConditional(n);
    case NodeKind::kAssign:
      return EvalAssign(n);
    case NodeKind::kCast:
      return EvalCast(n);
    case NodeKind::kCall:
      return EvalCall(n);
    case NodeKind::kLaunch:
      return EvalLaunch(n);
    case NodeKind::kIndex:
    case NodeKind::kMember:
      if (tree_.kind(n) == NodeKind::kMember &&
          Info(children[0]).category != front::Category::kLvalue) {
        const Value base = Eval(children[0]);
        const uint32_t component = ComponentIndex(TokenText(n));
        if (base.kind != Value::kTuple || component >= base.parts.size()) {
          Refuse("a member of a value that is no vector", n);
        }
        return base.parts[component];
      }
      return Load(EvalPlace(n), LocOf(n));
    case NodeKind::kInitList: {
      std::vector<Value> parts;
      for (const NodeId c : children) parts.push_back(Eval(c));
      return Value::Tuple(std::move(parts));
    }
    case NodeKind::kStringLiteral:
      return Value::Unknown("a string");
    default:
      break;
  }
  Refuse("an expression of a kind that lifting does not know", n);
}

Value Lifter::EvalConstant(const front::NodeInfo& info) {
  const ir::Type type = IrType(info.type);
  if (IsPointer(info.type) || sema_.types().Kind(info.type) == TypeKind::kNullptr) {
    Value v;
    v.kind = Value::kPointer;
    return v;
  }
  if (ir::IsFloat(type)) return Value::Scalar(p_.Float(std::bit_cast<double>(info.bits), type));
  return Value::Scalar(p_.Add({.kind = ExprKind::kInt, .type = type, .bits = info.bits}));
}

ExprId Lifter::EvalScalar(NodeId n) {
  const Value v = Eval(n);
  if (v.kind == Value::kUnknown) Refuse(v.why, n);
  if (v.kind == Value::kNone) Refuse("a variable that may not have been set", n);
  if (v.kind != Value::kScalar) Refuse("a value that is no scalar where one is needed", n);
  return v.scalar;
}

ExprId Lifter::EvalCondition(NodeId n) {
  const Value v = Eval(n);
  if (v.kind == Value::kPointer) {
    return p_.Add({.kind = ExprKind::kInt, .type = ir::Type::kPred, .bits = v.buffer.valid()});
  }
  if (v.kind == Value::kUnknown) Refuse(v.why, n);
  if (v.kind != Value::kScalar) Refuse("a condition that is no scalar", n);
  const ir::Type type = p_.expr(v.scalar).type;
  if (type == ir::Type::kPred) return Simplify(p_, v.scalar);
  const ExprId zero = ir::IsFloat(type) ? p_.Float(0, type) : p_.Int(0);
  return Simplify(p_, p_.Binary(ExprOp::kNe, v.scalar, zero));
}

Value Lifter::EvalName(NodeId n) {
  const front::NodeInfo& info = Info(n);
  if (info.builtin != front::kNoBuiltin) {
    const std::string_view name = TokenText(n);
    const auto tuple = [](const std::array<ExprId, 3>& d) {
      return Value::Tuple({Value::Scalar(d[0]), Value::Scalar(d[1]), Value::Scalar(d[2])});
    };
    if (!on_host_) {
      if (name == "threadIdx") return tuple(thread_);
      if (name == "blockIdx") return tuple(block_index_);
      if (name == "blockDim") return tuple(block_dim_);
      if (name == "gridDim") return tuple(grid_dim_);
    }
    return Value::Unknown("the builtin " + std::string(name));
  }
  if (!info.entity.valid()) Refuse("a name without a meaning", n);
  return Load(EvalPlace(n), LocOf(n));
}

Value Lifter::EvalUnary(NodeId n) {
  const NodeId operand = Children(n)[0];
  const auto op = static_cast<UnaryOp>(tree_.data(n));
  const auto each = [&](ExprOp expr_op) {
    const Value v = Convert(Eval(operand), TypeOf(operand), TypeOf(n), LocOf(n));
    if (v.kind == Value::kTuple) {
      std::vector<Value> parts;
      for (const Value& part : v.parts)
        parts.push_back(Value::Scalar(p_.Unary(expr_op, part.scalar)));
      return Value::Tuple(std::move(parts));
    }
    if (v.kind == Value::kUnknown) Refuse(v.why, n);
    if (v.kind != Value::kScalar) Refuse("this operand", n);
    return Value::Scalar(p_.Unary(expr_op, v.scalar));
  };
  switch (op) {
    case UnaryOp::kPlus:
      return Convert(Eval(operand), TypeOf(operand), TypeOf(n), LocOf(n));
    case UnaryOp::kMinus:
      return each(ExprOp::kNeg);
    case UnaryOp::kBitNot:
      return each(ExprOp::kBitNot);
    case UnaryOp::kNot:
      return Value::Scalar(Not(EvalCondition(operand)));
    case UnaryOp::kDeref:
      return Load(EvalPlace(n), LocOf(n));
    case UnaryOp::kAddressOf:
      return PointerTo(EvalPlace(operand));
    case UnaryOp::kPreInc:
    case UnaryOp::kPreDec:
    case UnaryOp::kPostInc:
    case UnaryOp::kPostDec:
      return Increment(n);
  }
  Refuse("this operator", n);
}

Value Lifter::Increment(NodeId n) {
  const NodeId operand = Children(n)[0];
  const auto op = static_cast<UnaryOp>(tree_.data(n));
  const bool up = op == UnaryOp::kPreInc || op == UnaryOp::kPostInc;
  const bool before = op == UnaryOp::kPostInc || op == UnaryOp::kPostDec;
  const Place place = EvalPlace(operand);
  const Value old = Load(place, LocOf(n));
  Value next;
  if (old.kind == Value::kPointer) {
    next = Advance(old, sema_.types().Element(TypeOf(operand)), p_.Int(up ? 1 : -1), LocOf(n));
  } else {
    if (old.kind != Value::kScalar) Refuse("incrementing this value", n);
    const ir::Type type = p_.expr(old.scalar).type;
    const ExprId one = ir::IsFloat(type) ? p_.Float(1, type) : p_.Int(1);
    next =
        Value::Scalar(p_.Cast(type, p_.Binary(up ? ExprOp::kAdd : ExprOp::kSub, old.scalar, one)));
  }
  Store(place, next, LocOf(n));
  return before ? old : next;
}

Value Lifter::EvalBinary(NodeId n) {
  const std::vector<NodeId> c = Children(n);
  const auto op = static_cast<BinaryOp>(tree_.data(n));
  const Value a = Eval(c[0]);
  const Value b = Eval(c[1]);
  if (op == BinaryOp::kComma) return b;
  return Arithmetic(op, a, TypeOf(c[0]), b, TypeOf(c[1]), TypeOf(n), LocOf(n));
}

Value Lifter::Arithmetic(BinaryOp op, const Value& a, TypeId a_type, const Value& b, TypeId b_type,
                         TypeId result, diag::Loc loc) {
  for (const Value* v : {&a, &b}) {
    if (v->kind == Value::kUnknown) Refuse(v->why, loc);
    if (v->kind == Value::kNone) Refuse("a variable that may not have been set", loc);
  }
  const ExprOp expr_op = OpOf(op);
  if (a.kind == Value::kPointer && b.kind == Value::kPointer) {
    if (op == BinaryOp::kEq || op == BinaryOp::kNe) {
      const bool same = a.buffer == b.buffer;
      if (same && a.buffer.valid()) Refuse("comparing pointers", loc);
      return Value::Scalar(p_.Add({.kind = ExprKind::kInt,
                                   .type = ir::Type::kPred,
                                   .bits = (op == BinaryOp::kEq) == same}));
    }
    Refuse("arithmetic on two pointers", loc);
  }
  if (a.kind == Value::kPointer || b.kind == Value::kPointer) {
    const bool first = a.kind == Value::kPointer;
    ExprId count = first ? b.scalar : a.scalar;
    if (!count.valid()) Refuse("this pointer arithmetic", loc);
    if (op == BinaryOp::kSub) count = p_.Unary(ExprOp::kNeg, count);
    const TypeId pointer_type = sema_.types().StripReference(first ? a_type : b_type);
    return Advance(first ? a : b, sema_.types().Element(pointer_type), count, loc);
  }
  if (a.kind == Value::kTuple || b.kind == Value::kTuple) {
    if (a.kind != b.kind || a.parts.size() != b.parts.size()) Refuse("this vector arithmetic", loc);
    std::vector<Value> parts;
    for (size_t i = 0; i < a.parts.size(); ++i) {
      parts.push_back(Arithmetic(op, a.parts[i], ComponentType(a_type), b.parts[i],
                                 ComponentType(b_type), ComponentType(result), loc));
    }
    return Value::Tuple(std::move(parts));
  }
  if (a.kind != Value::kScalar || b.kind != Value::kScalar) Refuse("these operands", loc);
  const TypeId common = sema_.OperandType(op, a_type.Unqualified(), b_type.Unqualified());
  const ir::Type type = IrType(common);
  const bool shift = op == BinaryOp::kShl || op == BinaryOp::kShr;
  const ExprId x = p_.Cast(type, a.scalar);
  const ExprId y = shift ? b.scalar : p_.Cast(type, b.scalar);
  return Value::Scalar(p_.Add({.kind = ExprKind::kBinary,
                               .op = expr_op,
                               .type = IsComparison(expr_op) ? ir::Type::kPred : type,
                               .args = {x, y},
                               .loc = loc}));
}

Value Lifter::EvalConditional(NodeId n) {
  const std::vector<NodeId> c = Children(n);
  const ExprId condition = EvalCondition(c[0]);
  if (IsTrue(condition)) return Convert(Eval(c[2]), TypeOf(c[2]), TypeOf(n), LocOf(n));
  if (IsFalse(condition)) return Convert(Eval(c[4]), TypeOf(c[4]), TypeOf(n), LocOf(n));
  const Value a = Convert(Eval(c[2]), TypeOf(c[2]), TypeOf(n), LocOf(n));
  const Value b = Convert(Eval(c[4]), TypeOf(c[4]), TypeOf(n), LocOf(n));
  return Merge(condition, a, b);
}

Value Lifter::EvalAssign(NodeId n) {
  const std::vector<NodeId> c = Children(n);
  const auto op = static_cast<BinaryOp>(tree_.data(n));
  const TypeId type = sema_.types().StripReference(TypeOf(c[0]));
  Value value = Eval(c[1]);
  const Place place = EvalPlace(c[0]);
  if (op == BinaryOp::kNoOp) {
    value = Convert(value, TypeOf(c[1]), type, LocOf(n));
  } else {
    const TypeId right = TypeOf(c[1]);
    const Value old = Load(place, LocOf(n));
    TypeId result = type;
    if (old.kind == Value::kScalar) {
      result = sema_.OperandType(op, type.Unqualified(), right.Unqualified());
    }
    value = Arithmetic(op, old, type, value, right, result, LocOf(n));
    value = Convert(value, result, type, LocOf(n));
  }
  Store(place, value, LocOf(n));
  return value;
}

Value Lifter::EvalCast(NodeId n) {
  const std::vector<NodeId> c = Children(n);
  const TypeId to = TypeOf(n);
  if (c.size() == 1) {  // T()
    return Components(to) > 1 ? Blank(to) : Value::Scalar(p_.Cast(IrType(to), p_.Int(0)));
  }
  if (sema_.types().Kind(to) == TypeKind::kVoid) {
    Eval(c[1]);
    return {};
  }
  if (sema_.types().Kind(to) == TypeKind::kDim3 || (Components(to) > 1 && c.size() > 2)) {
    std::vector<Value> parts;
    for (size_t i = 1; i < c.size(); ++i) {
      parts.push_back(Convert(Eval(c[i]), TypeOf(c[i]), ComponentType(to), LocOf(n)));
    }
    if (c.size() == 2 && Components(TypeOf(c[1])) > 1) return parts[0];
    while (parts.size() < Components(to)) parts.push_back(Value::Scalar(p_.Int(1)));
    return Value::Tuple(std::move(parts));
  }
  if (Info(n).category == front::Category::kLvalue) return Load(EvalPlace(n), LocOf(n));
  return Convert(Eval(c[1]), TypeOf(c[1]), to, LocOf(n));
}

Value Lifter::Convert(const Value& value, TypeId from, TypeId to, diag::Loc loc) {
  if (value.kind == Value::kPointer && IsPointer(to)) {
    const TypeId pointee = sema_.types().Element(sema_.types().StripReference(to));
    if (value.buffer.valid() && sema_.types().Kind(pointee) != TypeKind::kVoid &&
        p_.buffers[value.buffer.index].type == ir::Type::kNone &&
        sema_.types().Bytes(pointee) > 0) {
      ElementsOf(value.buffer, pointee, loc);
    }
    return value;
  }
  if (value.kind == Value::kTuple && sema_.types().Kind(to) == TypeKind::kArray) return value;
  if (value.kind == Value::kTuple && Components(to) > 1) {
    if (Components(from) != Components(to) && value.parts.size() != Components(to)) {
      Refuse("a conversion between vectors of different length", loc);
    }
    std::vector<Value> parts;
    for (const Value& part : value.parts) {
      parts.push_back(Convert(part, ComponentType(from), ComponentType(to), loc));
    }
    return Value::Tuple(std::move(parts));
  }
  if (value.kind != Value::kScalar) return value;
  if (sema_.types().Kind(to) == TypeKind::kDim3) {
    return Value::Tuple({value, Value::Scalar(p_.Int(1)), Value::Scalar(p_.Int(1))});
  }
  const ir::Type type = IrType(sema_.types().StripReference(to));
  if (type == ir::Type::kNone) return value;
  if (type == ir::Type::kPred && p_.expr(value.scalar).type != ir::Type::kPred) {
    const ir::Type source = p_.expr(value.scalar).type;
    const ExprId zero = ir::IsFloat(source) ? p_.Float(0, source) : p_.Int(0);
    return Value::Scalar(p_.Binary(ExprOp::kNe, value.scalar, zero));
  }
  return Value::Scalar(p_.Cast(type, value.scalar));
}

Value Lifter::Blank(TypeId type) {
  const TypeKind kind = sema_.types().Kind(type);
  if (kind == TypeKind::kArray) {
    const front::TypeInfo info = sema_.types().Info(type);
    if (info.count > 4096) return Value::Unknown("a large local array");
    return Value::Tuple(std::vector<Value>(info.count, Blank(info.element)));
  }
  if (kind == TypeKind::kDim3) {
    return Value::Tuple(std::vector<Value>(3, Value::Scalar(p_.Int(1))));
  }
  if (Components(type) > 1) return Value::Tuple(std::vector<Value>(Components(type)));
  return {};
}

}  // namespace ws::nest
