#include "nest/lift_eval.h"

#include <algorithm>
#include <bit>

#include "base/format.h"
#include "front/builtins.h"
#include "front/names.h"

namespace ws::nest {
namespace {

using front::BinaryOp;
using front::NodeId;
using front::NodeKind;
using front::TypeKind;
using front::UnaryOp;

bool IsMarker(NodeKind kind) {
  switch (kind) {
    case NodeKind::kIfThen:
    case NodeKind::kIfElse:
    case NodeKind::kWhileBegin:
    case NodeKind::kWhileBody:
    case NodeKind::kDoBegin:
    case NodeKind::kDoCond:
    case NodeKind::kAndRight:
    case NodeKind::kOrRight:
    case NodeKind::kConditionalThen:
    case NodeKind::kConditionalElse:
    case NodeKind::kSizeofBegin:
    case NodeKind::kSwitchBody:
      return true;
    default:
      return false;
  }
}

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

// Functions that are an operator or a conversion in disguise.
struct Disguise {
  std::string_view name;
  ExprOp op;
  ir::Type cast;
};
constexpr Disguise kDisguises[] = {
    {"fmaxf", ExprOp::kMax, ir::Type::kNone},
    {"fmax", ExprOp::kMax, ir::Type::kNone},
    {"max", ExprOp::kMax, ir::Type::kNone},
    {"__hmax", ExprOp::kMax, ir::Type::kNone},
    {"fminf", ExprOp::kMin, ir::Type::kNone},
    {"fmin", ExprOp::kMin, ir::Type::kNone},
    {"min", ExprOp::kMin, ir::Type::kNone},
    {"__hmin", ExprOp::kMin, ir::Type::kNone},
    {"__hadd", ExprOp::kAdd, ir::Type::kNone},
    {"__hsub", ExprOp::kSub, ir::Type::kNone},
    {"__hmul", ExprOp::kMul, ir::Type::kNone},
    {"__hdiv", ExprOp::kDiv, ir::Type::kNone},
    {"__fadd_rn", ExprOp::kAdd, ir::Type::kNone},
    {"__fmul_rn", ExprOp::kMul, ir::Type::kNone},
    {"__half2float", ExprOp::kNone, ir::Type::kF32},
    {"__float2half", ExprOp::kNone, ir::Type::kF16},
    {"__float2half_rn", ExprOp::kNone, ir::Type::kF16},
    {"__int2float_rn", ExprOp::kNone, ir::Type::kF32},
};

bool IsLongInteger(ir::Type type) { return ir::IsInteger(type) && ir::BytesOf(type) >= 4; }

}  // namespace

void Evaluator::Fail(NodeId at, std::string why) const {
  throw LiftFailure{std::move(why), LocOf(at)};
}

std::vector<NodeId> Evaluator::Children(NodeId node) const {
  std::vector<NodeId> out;
  const front::Tree& tree = *source_.tree;
  for (NodeId c = tree.LastChild(node); c.valid(); c = tree.PrevSibling(node, c)) {
    if (!IsMarker(tree.kind(c))) out.push_back(c);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::string_view Evaluator::Text(NodeId n) const {
  return (*source_.tokens)[source_.tree->token(n).index].view();
}

diag::Loc Evaluator::LocOf(NodeId n) const {
  return (*source_.tokens)[source_.tree->token(n).index].loc;
}

ir::Type Evaluator::TypeOf(front::TypeId type) const {
  const front::TypeTable& types = source_.sema->types();
  const front::TypeId value = types.StripReference(type);
  // long and long long index as s64; predicates are bool.
  return types.IrType(value);
}

front::EntityId Evaluator::LocalNamed(NodeId expr) const {
  while (Kind(expr) == NodeKind::kParen) expr = Children(expr)[0];
  if (Kind(expr) != NodeKind::kName) return {};
  const front::EntityId entity = Info(expr).entity;
  return entity.valid() && env_.contains(entity) ? entity : front::EntityId();
}

ExprId Evaluator::Negate(ExprId condition) {
  const Expr e = program_.expr(condition);
  if (e.kind == ExprKind::kBinary) {
    switch (e.op) {
      case ExprOp::kLt:
        return program_.Binary(ExprOp::kGe, e.args[0], e.args[1]);
      case ExprOp::kLe:
        return program_.Binary(ExprOp::kGt, e.args[0], e.args[1]);
      case ExprOp::kGt:
        return program_.Binary(ExprOp::kLe, e.args[0], e.args[1]);
      case ExprOp::kGe:
        return program_.Binary(ExprOp::kLt, e.args[0], e.args[1]);
      case ExprOp::kLogicalOr:
        return And(Negate(e.args[0]), Negate(e.args[1]));
      default:
        break;
    }
  }
  return program_.Unary(ExprOp::kNot, condition);
}

ExprId Evaluator::And(ExprId a, ExprId b) {
  if (!a.valid()) return b;
  if (!b.valid()) return a;
  return program_.Binary(ExprOp::kLogicalAnd, a, b);
}

ExprId Evaluator::Convert(ExprId value, front::TypeId type) {
  const ir::Type to = TypeOf(type);
  const ir::Type from = program_.expr(value).type;
  if (to == from || to == ir::Type::kNone) return value;
  if (IsLongInteger(to) && IsLongInteger(from)) return value;
  if (to == ir::Type::kPred) {
    return program_.Binary(ExprOp::kNe, value, program_.Cast(from, program_.Int(0)));
  }
  return program_.Cast(to, value);
}

Value Evaluator::Constant(const front::NodeInfo& info, NodeId at) {
  const ir::Type type = TypeOf(info.type);
  if (ir::IsFloat(type)) {
    return Value::Scalar(program_.Float(std::bit_cast<double>(info.bits), type));
  }
  if (type == ir::Type::kPred || ir::IsInteger(type)) {
    return Value::Scalar(program_.Int(static_cast<int64_t>(info.bits)));
  }
  Fail(at, "a constant of this type");
}

ExprId Evaluator::EvalScalar(NodeId node) {
  const Value value = Eval(node);
  if (value.kind != Value::Kind::kScalar) Fail(node, "a value that is not a scalar");
  return value.scalar;
}

Value Evaluator::Eval(NodeId node) {
  const front::NodeInfo& info = Info(node);
  if (info.constant && info.category != front::Category::kType) return Constant(info, node);
  switch (Kind(node)) {
    case NodeKind::kParen:
      return Eval(Children(node)[0]);
    case NodeKind::kName:
    case NodeKind::kIndex:
      if (info.builtin != front::kNoBuiltin) {
        return Builtin(front::RowOf(info.builtin).spelling, node);
      }
      return Read(EvalPlace(node), node);
    case NodeKind::kMember: {
      const Value base = Eval(Children(node)[0]);
      if (base.kind != Value::Kind::kDim3) Fail(node, "a member of a vector");
      const std::string_view name = Text(node);
      return Value::Scalar(base.dim[name == "x" ? 0 : name == "y" ? 1 : 2]);
    }
    case NodeKind::kUnary:
      return EvalUnary(node);
    case NodeKind::kBinary:
      return EvalBinary(node);
    case NodeKind::kLogicalAnd:
    case NodeKind::kLogicalOr: {
      const std::vector<NodeId> c = Children(node);
      return Value::Scalar(program_.Binary(
          Kind(node) == NodeKind::kLogicalAnd ? ExprOp::kLogicalAnd : ExprOp::kLogicalOr,
          EvalScalar(c[0]), EvalScalar(c[1])));
    }
    case NodeKind::kConditional: {
      const std::vector<NodeId> c = Children(node);
      const ExprId condition = EvalScalar(c[0]);
      const ExprId then = Convert(EvalScalar(c[1]), info.type);
      const ExprId otherwise = Convert(EvalScalar(c[2]), info.type);
      return Value::Scalar(program_.Select(condition, then, otherwise));
    }
    case NodeKind::kAssign:
      return EvalAssign(node);
    case NodeKind::kCast:
      return EvalCast(node);
    case NodeKind::kCall:
      return EvalCall(node);
    default:
      Fail(node, Format("`{}`", Text(node)));
  }
}

Evaluator::Place Evaluator::EvalPlace(NodeId node) {
  switch (Kind(node)) {
    case NodeKind::kParen:
      return EvalPlace(Children(node)[0]);
    case NodeKind::kName: {
      const front::EntityId entity = Info(node).entity;
      if (entity.valid() && env_.contains(entity))
        return {.local = entity, .buffer = {}, .index = {}};
      if (entity.valid() && source_.sema->entity(entity).kind == front::EntityKind::kShared) {
        Fail(node, "cooperative code through shared memory");
      }
      Fail(node, Format("the variable `{}`", Text(node)));
    }
    case NodeKind::kIndex: {
      const std::vector<NodeId> c = Children(node);
      const Value base = Eval(c[0]);
      if (base.kind != Value::Kind::kPointer) Fail(node, "indexing of a local array");
      return {.local = {},
              .buffer = base.buffer,
              .index = program_.Binary(ExprOp::kAdd, base.scalar, EvalScalar(c[1]))};
    }
    case NodeKind::kUnary:
      if (static_cast<UnaryOp>(source_.tree->data(node)) == UnaryOp::kDeref) {
        const Value base = Eval(Children(node)[0]);
        if (base.kind != Value::Kind::kPointer) Fail(node, "dereferencing of this value");
        return {.local = {}, .buffer = base.buffer, .index = base.scalar};
      }
      break;
    default:
      break;
  }
  Fail(node, Format("the lvalue `{}`", Text(node)));
}

Value Evaluator::Read(const Place& place, NodeId at) {
  if (place.local.valid()) {
    const Value& value = env_.at(place.local);
    if (value.kind == Value::Kind::kNone) {
      Fail(at, Format("`{}`, used before it has a value that can be followed", Text(at)));
    }
    return value;
  }
  return Value::Scalar(LoadFrom(place.buffer, place.index));
}

void Evaluator::Write(const Place& place, Value value, front::TypeId type, NodeId at) {
  if (value.kind == Value::Kind::kScalar) value.scalar = Convert(value.scalar, type);
  if (place.local.valid()) {
    env_[place.local] = value;
    return;
  }
  if (value.kind != Value::Kind::kScalar) Fail(at, "a store of a value that is not a scalar");
  Store(place.buffer, place.index, value.scalar, at);
}

Value Evaluator::EvalUnary(NodeId node) {
  const NodeId operand = Children(node)[0];
  const auto op = static_cast<UnaryOp>(source_.tree->data(node));
  switch (op) {
    case UnaryOp::kPlus:
      return Value::Scalar(Convert(EvalScalar(operand), Info(node).type));
    case UnaryOp::kMinus:
      return Value::Scalar(
          program_.Unary(ExprOp::kNeg, Convert(EvalScalar(operand), Info(node).type)));
    case UnaryOp::kNot:
      return Value::Scalar(Negate(EvalScalar(operand)));
    case UnaryOp::kBitNot:
      return Value::Scalar(program_.Unary(ExprOp::kBitNot, EvalScalar(operand)));
    case UnaryOp::kDeref:
      return Read(EvalPlace(node), node);
    case UnaryOp::kAddressOf: {
      const Place place = EvalPlace(operand);
      if (place.local.valid()) Fail(node, "the address of a local variable");
      return Value::Pointer(place.buffer, place.index);
    }
    case UnaryOp::kPreInc:
    case UnaryOp::kPreDec:
    case UnaryOp::kPostInc:
    case UnaryOp::kPostDec: {
      const Place place = EvalPlace(operand);
      const Value before = Read(place, operand);
      const bool up = op == UnaryOp::kPreInc || op == UnaryOp::kPostInc;
      Value after = before;
      if (before.kind != Value::Kind::kScalar && before.kind != Value::Kind::kPointer) {
        Fail(node, "an increment of this value");
      }
      after.scalar =
          program_.Binary(up ? ExprOp::kAdd : ExprOp::kSub, before.scalar, program_.Int(1));
      Write(place, after, Info(operand).type, node);
      return op == UnaryOp::kPreInc || op == UnaryOp::kPreDec ? after : before;
    }
  }
  Fail(node, "this operator");
}

ExprId Evaluator::Arithmetic(BinaryOp op, ExprId a, ExprId b, front::TypeId type, NodeId at) {
  const ExprOp operation = OpOf(op);
  if (operation == ExprOp::kNone) Fail(at, "this operator");
  return program_.Binary(operation, Convert(a, type), Convert(b, type));
}

Value Evaluator::EvalBinary(NodeId node) {
  const std::vector<NodeId> c = Children(node);
  const auto op = static_cast<BinaryOp>(source_.tree->data(node));
  const Value a = Eval(c[0]);
  const Value b = Eval(c[1]);
  if (op == BinaryOp::kComma) return b;
  if (a.kind == Value::Kind::kPointer && b.kind == Value::Kind::kScalar &&
      (op == BinaryOp::kAdd || op == BinaryOp::kSub)) {
    return Value::Pointer(a.buffer, program_.Binary(OpOf(op), a.scalar, b.scalar));
  }
  if (b.kind == Value::Kind::kPointer && a.kind == Value::Kind::kScalar && op == BinaryOp::kAdd) {
    return Value::Pointer(b.buffer, program_.Binary(ExprOp::kAdd, a.scalar, b.scalar));
  }
  if (a.kind != Value::Kind::kScalar || b.kind != Value::Kind::kScalar) {
    Fail(node, "arithmetic on values that are not scalars");
  }
  const front::TypeId type = source_.sema->OperandType(op, Info(c[0]).type, Info(c[1]).type);
  return Value::Scalar(Arithmetic(op, a.scalar, b.scalar, type, node));
}

Value Evaluator::EvalAssign(NodeId node) {
  const std::vector<NodeId> c = Children(node);
  const auto op = static_cast<BinaryOp>(source_.tree->data(node));
  const Place place = EvalPlace(c[0]);
  Value value = Eval(c[1]);
  if (op != BinaryOp::kNoOp) {
    const Value before = Read(place, c[0]);
    if (before.kind == Value::Kind::kPointer) {
      value = Value::Pointer(before.buffer, program_.Binary(OpOf(op), before.scalar, value.scalar));
    } else if (before.kind == Value::Kind::kScalar && value.kind == Value::Kind::kScalar) {
      const front::TypeId type = source_.sema->OperandType(op, Info(c[0]).type, Info(c[1]).type);
      value.scalar = Arithmetic(op, before.scalar, value.scalar, type, node);
    } else {
      Fail(node, "an assignment to this value");
    }
  }
  Write(place, value, Info(c[0]).type, node);
  return value;
}

Value Evaluator::EvalCast(NodeId node) {
  const std::vector<NodeId> c = Children(node);
  const front::TypeId type = Info(node).type;
  const TypeKind kind = source_.sema->types().Kind(type);
  if (kind == TypeKind::kDim3) {
    Value out = Value::Dim3({program_.Int(1), program_.Int(1), program_.Int(1)});
    for (size_t i = 1; i < c.size() && i <= 3; ++i) out.dim[i - 1] = EvalScalar(c[i]);
    return out;
  }
  if (c.size() != 2) Fail(node, "a construction of this type");
  const Value value = Eval(c[1]);
  if (kind == TypeKind::kVoid) return value;
  if (value.kind == Value::Kind::kPointer) {
    const front::TypeTable& types = source_.sema->types();
    const front::TypeId element = types.Element(type);
    const ir::Type wanted = TypeOf(element);
    const bool same = types.Kind(element) == TypeKind::kVoid ||
                      wanted == program_.buffers[value.buffer.index].type;
    if (!same) Fail(node, "a pointer reinterpreted as another type");
    return value;
  }
  if (value.kind != Value::Kind::kScalar) Fail(node, "a conversion of this value");
  return Value::Scalar(Convert(value.scalar, type));
}

ExprId Evaluator::EvalMath(std::string_view name, NodeId node) {
  const std::vector<NodeId> c = Children(node);
  std::vector<ExprId> args;
  for (size_t i = 1; i < c.size(); ++i) args.push_back(EvalScalar(c[i]));
  const front::TypeId result = Info(node).type;
  for (const Disguise& d : kDisguises) {
    if (d.name != name) continue;
    if (d.cast != ir::Type::kNone) return program_.Cast(d.cast, args[0]);
    return program_.Binary(d.op, Convert(args[0], result), Convert(args[1], result));
  }
  const ir::Type type = TypeOf(result);
  if (type == ir::Type::kNone) Fail(node, Format("`{}`", name));
  // Arguments of a function of floats are floats: CUDA's overloads choose by the result here.
  if (ir::IsFloat(type)) {
    for (ExprId& a : args) {
      if (ir::IsInteger(program_.expr(a).type)) a = program_.Cast(type, a);
    }
  }
  return program_.Call(name, type, std::move(args));
}

Value Evaluator::EvalCall(NodeId node) {
  const std::vector<NodeId> c = Children(node);
  const front::InstanceId callee = source_.sema->Callee(instance_, node);
  if (callee.valid()) {
    std::vector<Value> args;
    for (size_t i = 1; i < c.size(); ++i) args.push_back(Eval(c[i]));
    return CallFunction(callee, args, node);
  }
  if (Info(node).builtin == front::kNoBuiltin) Fail(node, "this call");
  const front::BuiltinRow& row = front::RowOf(Info(node).builtin);
  if (EffectCall(row.spelling, node)) return {};
  using front::BuiltinHow;
  switch (row.how) {
    case BuiltinHow::kLd: {
      const Value pointer = Eval(c[1]);
      if (pointer.kind != Value::Kind::kPointer) Fail(node, "a load through this pointer");
      return Value::Scalar(LoadFrom(pointer.buffer, pointer.scalar));
    }
    case BuiltinHow::kAtomic:
    case BuiltinHow::kAtomicSub:
      Fail(node, "an atomic operation");
    case BuiltinHow::kBarrier:
    case BuiltinHow::kBarWarp:
    case BuiltinHow::kShfl:
    case BuiltinHow::kVote:
    case BuiltinHow::kRedux:
    case BuiltinHow::kMatch:
      Fail(node, Format("cooperation of threads through `{}`", row.spelling));
    case BuiltinHow::kSt:
    case BuiltinHow::kRt:
    case BuiltinHow::kPrintf:
    case BuiltinHow::kTrap:
    case BuiltinHow::kExit:
      Fail(node, Format("`{}`", row.spelling));
    default:
      return Value::Scalar(EvalMath(row.spelling, node));
  }
}

Value Evaluator::CallFunction(front::InstanceId callee, const std::vector<Value>& args, NodeId at) {
  const front::Instance& function = source_.sema->instance(callee);
  if (!function.has_body || depth_ > 16) Fail(at, "a call of a function without a body");
  const std::span<const front::ParamInfo> params = source_.sema->Params(function);
  Env inner;
  for (size_t i = 0; i < params.size(); ++i) {
    Value value;
    if (i < args.size()) {
      value = args[i];
      if (source_.sema->types().Kind(params[i].type) == TypeKind::kReference) {
        Fail(at, "an argument passed by reference");
      }
    } else {
      const front::InstanceId caller = std::exchange(instance_, callee);
      front::NodeInfo info;
      info.type = params[i].type;
      info.bits = params[i].default_bits;
      value = Constant(info, at);
      instance_ = caller;
    }
    if (value.kind == Value::Kind::kScalar) value.scalar = Convert(value.scalar, params[i].type);
    if (params[i].entity.valid()) inner[params[i].entity] = value;
  }
  const front::InstanceId caller = std::exchange(instance_, callee);
  Env outer = std::exchange(env_, std::move(inner));
  const bool was_in_function = std::exchange(in_function_, true);
  std::optional<Value> outer_returned = std::exchange(returned_, std::nullopt);
  ++depth_;
  Statement(NodeId(function.node.index - 1));  // the body is the last child
  --depth_;
  Value result = returned_.value_or(Value());
  if (result.kind == Value::Kind::kScalar) result.scalar = Convert(result.scalar, function.result);
  instance_ = caller;
  env_ = std::move(outer);
  in_function_ = was_in_function;
  returned_ = std::move(outer_returned);
  return result;
}

void Evaluator::Declare(NodeId var_decl) {
  const uint32_t storage = source_.tree->data(var_decl);
  for (const NodeId child : Children(var_decl)) {
    if (Kind(child) != NodeKind::kDeclarator) continue;
    const front::EntityId entity = Info(child).entity;
    const front::TypeId type = Info(child).type;
    const front::TypeTable& types = source_.sema->types();
    if ((storage & front::storage_flag::kShared) != 0) {
      Fail(child, "cooperative code through shared memory");
    }
    if (types.Kind(type) == TypeKind::kReference) Fail(child, "a reference variable");
    if (types.Kind(type) == TypeKind::kArray) Fail(child, "a local array");
    Value value;
    if (types.Kind(type) == TypeKind::kDim3) {
      value = Value::Dim3({program_.Int(1), program_.Int(1), program_.Int(1)});
    }
    for (const NodeId part : Children(child)) {
      const NodeKind kind = Kind(part);
      if (kind != NodeKind::kInitEq && kind != NodeKind::kInitParen &&
          kind != NodeKind::kInitList) {
        continue;
      }
      std::vector<NodeId> args = Children(part);
      if (kind == NodeKind::kInitEq && !args.empty() && Kind(args[0]) == NodeKind::kInitList) {
        args = Children(args[0]);
      }
      const bool components =
          value.kind == Value::Kind::kDim3 &&
          (args.size() != 1 || types.Kind(Info(args[0]).type) != TypeKind::kDim3);
      if (components) {
        for (size_t i = 0; i < args.size() && i < 3; ++i) value.dim[i] = EvalScalar(args[i]);
      } else if (args.size() == 1) {
        value = Eval(args[0]);
        if (value.kind == Value::Kind::kScalar) value.scalar = Convert(value.scalar, type);
      } else {
        Fail(child, "this initialiser");
      }
    }
    if (entity.valid()) env_[entity] = value;
  }
}

void Evaluator::Statement(NodeId node) {
  if (returned_) return;
  switch (Kind(node)) {
    case NodeKind::kCompound:
      for (const NodeId child : Children(node)) Statement(child);
      return;
    case NodeKind::kVarDecl:
      Declare(node);
      return;
    case NodeKind::kExprStmt:
      Eval(Children(node)[0]);
      return;
    case NodeKind::kEmptyStmt:
    case NodeKind::kTypedef:
    case NodeKind::kUsing:
    case NodeKind::kStaticAssert:
      return;
    case NodeKind::kReturn: {
      const std::vector<NodeId> c = Children(node);
      returned_ = c.empty() ? Value() : Eval(c[0]);
      return;
    }
    default:
      Fail(node, Format("the statement `{}`", Text(node)));
  }
}

}  // namespace ws::nest
