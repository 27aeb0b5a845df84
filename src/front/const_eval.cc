// device-clean
#include "front/const_eval.h"

#include "front/constants.h"

namespace ws::front {
namespace {

WS_HD bool IsLoop(NodeKind k) {
  return k == NodeKind::kFor || k == NodeKind::kWhile || k == NodeKind::kDo ||
         k == NodeKind::kRangeFor;
}

}  // namespace

WS_HD ConstEval::Outcome ConstEval::Call(InstanceId function, std::span<const uint64_t> args,
                                         uint64_t* result) {
  missing_ = InstanceId();
  bool ok = Enter(function, args);
  while (ok && !frames_.empty()) {
    Frame& frame = frames_.back();
    if (*fuel_ == 0 || frame.at > frame.end) {  // too long, or ended without a value
      ok = false;
      break;
    }
    --*fuel_;
    const NodeId n(frame.at++);
    ok = Visit(n);
    if (!ok) stopped_ = n;
  }
  frames_.clear();
  values_.clear();
  variables_.clear();
  if (missing_.valid()) return Outcome::kNeedsBody;
  *result = result_;
  return ok ? Outcome::kValue : Outcome::kNotConstant;
}

WS_HD bool ConstEval::Enter(InstanceId function, std::span<const uint64_t> args) {
  const Instance& inst = sema_->instance(function);
  if (!inst.has_body || inst.signature_failed || frames_.size() >= kMaxFrames) return false;
  if ((sema_->entity(inst.function).flags & function_flag::kConstexpr) == 0) return false;
  if (!inst.body_done) {
    missing_ = function;
    return false;
  }
  const NodeId body(inst.node.index - 1);
  Frame frame;
  frame.instance = function;
  frame.infos = sema_->InfosOf(function);
  frame.first = frame.at = tree().first(body).index;
  frame.end = body.index;
  frame.values = values_.size();
  frame.variables = variables_.size();
  if (values_.size() + tree().subtree_size(body) > kMaxValues) return false;
  if (!values_.append(tree().subtree_size(body), 0)) return false;
  const std::span<const ParamInfo> params = sema_->Params(inst);
  for (size_t i = 0; i < params.size() && i < args.size(); ++i) {
    variables_.push_back({params[i].entity, args[i]});
  }
  frames_.push_back(frame);
  return true;
}

WS_HD bool ConstEval::Return(uint64_t bits) {
  const Frame done = frames_.back();
  frames_.pop_back();
  values_.truncate(done.values);
  variables_.truncate(done.variables);
  if (frames_.empty()) {
    result_ = bits;
  } else {
    // The caller stands behind its call.
    Set(NodeId(frames_.back().at - 1), bits);
  }
  return true;
}

WS_HD NodeId ConstEval::ChildOfKind(NodeId owner, NodeKind kind) const {
  for (NodeId c = tree().LastChild(owner); c.valid(); c = tree().PrevSibling(owner, c)) {
    if (tree().kind(c) == kind) return c;
  }
  return {};
}

WS_HD void ConstEval::Set(NodeId n, uint64_t bits) {
  const Frame& frame = frames_.back();
  values_[frame.values + n.index - frame.first] = bits;
}

// The value of an expression converted to a type.
WS_HD bool ConstEval::Get(NodeId n, TypeId type, uint64_t* bits) {
  if (tree().kind(n) == NodeKind::kInitList) {  // {x} and {} of a scalar
    if (tree().subtree_size(n) == 1) {
      *bits = 0;
      return true;
    }
    n = NodeId(n.index - 1);
  }
  const NodeInfo& from = info(n);
  const TypeTable& types = sema_->types();
  const TypeId to = types.StripReference(type);
  const Frame& frame = frames_.back();
  const uint64_t held = values_[frame.values + n.index - frame.first];
  if (types.IsFunctionPointer(to)) {  // its value is the instance
    if (!from.function && kind(from.type) != TypeKind::kNullptr &&
        !types.IsFunctionPointer(from.type)) {
      return false;
    }
    *bits = from.function ? from.bits : kind(from.type) == TypeKind::kNullptr ? 0 : held;
    return true;
  }
  const TypeKind source = kind(types.Underlying(from.type));
  const TypeKind target = kind(types.Underlying(to));
  if (!IsArithmeticKind(source) || !IsArithmeticKind(target)) return false;
  return ConvertConstant(source, target, from.constant ? from.bits : held, bits);
}

WS_HD bool ConstEval::IsTrueAt(NodeId n, bool* truth) {
  uint64_t bits = 0;
  if (!Get(n, TypeId(TypeKind::kBool), &bits)) return false;
  *truth = bits != 0;
  return true;
}

// The variable that an lvalue names.
WS_HD ConstEval::Variable* ConstEval::Find(NodeId n) {
  while (tree().kind(n) == NodeKind::kParen) n = NodeId(n.index - 1);
  if (tree().kind(n) != NodeKind::kName) return nullptr;
  const EntityId e = info(n).entity;
  for (uint32_t i = variables_.size(); i > frames_.back().variables; --i) {
    if (variables_[i - 1].entity == e) return &variables_[i - 1];
  }
  return nullptr;
}

WS_HD bool ConstEval::VisitDeclarator(NodeId n) {
  const EntityId e = info(n).entity;
  if (!e.valid()) return true;  // a typedef
  const Entity& entity = sema_->entity(e);
  if (entity.is_constant || entity.kind != EntityKind::kLocal) {
    return entity.is_constant || entity.kind == EntityKind::kTypeAlias;
  }
  const bool is_reference = kind(entity.type) == TypeKind::kReference;
  const NodeId init = tree().LastChild(n);
  uint64_t bits = 0;
  const NodeKind k = init.valid() ? tree().kind(init) : NodeKind::kCompound;
  if (k == NodeKind::kInitEq || k == NodeKind::kInitParen) {
    if (tree().subtree_size(init) == 1 || !Get(NodeId(init.index - 1), entity.type, &bits)) {
      return false;
    }
  } else if (k == NodeKind::kInitList) {
    if (!Get(init, entity.type, &bits)) return false;
  } else if (!IsArithmeticKind(kind(entity.type))) {
    return false;
  }
  if (is_reference && !sema_->types().Element(entity.type).is_const()) return false;
  // A loop comes here again.
  for (uint32_t i = frames_.back().variables; i < variables_.size(); ++i) {
    if (variables_[i].entity == e) {
      variables_[i].bits = bits;
      return true;
    }
  }
  variables_.push_back({e, bits});
  return true;
}

WS_HD bool ConstEval::VisitUnary(NodeId n) {
  const UnaryOp op = static_cast<UnaryOp>(tree().data(n));
  const NodeId child(n.index - 1);
  const TypeId type = info(n).type;
  uint64_t bits = 0;
  switch (op) {
    case UnaryOp::kPlus:
    case UnaryOp::kMinus:
    case UnaryOp::kBitNot:
      if (!Get(child, type, &bits) || !FoldUnary(op, kind(type), bits, &bits)) return false;
      Set(n, bits);
      return true;
    case UnaryOp::kNot: {
      bool truth = false;
      if (!IsTrueAt(child, &truth)) return false;
      Set(n, truth ? 0 : 1);
      return true;
    }
    case UnaryOp::kPreInc:
    case UnaryOp::kPreDec:
    case UnaryOp::kPostInc:
    case UnaryOp::kPostDec: {
      Variable* variable = Find(child);
      if (variable == nullptr || !IsArithmeticKind(kind(type))) return false;
      const bool increments = op == UnaryOp::kPreInc || op == UnaryOp::kPostInc;
      const TypeId common = sema_->OperandType(BinaryOp::kAdd, type, TypeId(TypeKind::kInt));
      const uint64_t old = variable->bits;
      uint64_t wide = 0;
      uint64_t one = 0;
      if (!ConvertConstant(kind(type), kind(common), old, &wide) ||
          !ConvertConstant(TypeKind::kInt, kind(common), 1, &one) ||
          !FoldBinary(increments ? BinaryOp::kAdd : BinaryOp::kSub, kind(common), wide, one,
                      &bits) ||
          !ConvertConstant(kind(common), kind(type), bits, &bits)) {
        return false;
      }
      variable->bits = bits;
      Set(n, op == UnaryOp::kPreInc || op == UnaryOp::kPreDec ? bits : old);
      return true;
    }
    default:
      return false;
  }
}

WS_HD bool ConstEval::VisitAssign(NodeId n) {
  const BinaryOp op = static_cast<BinaryOp>(tree().data(n));
  const NodeId rhs(n.index - 1);
  const NodeId lhs = tree().PrevSibling(n, rhs);
  const TypeId type = info(lhs).type;
  Variable* variable = Find(lhs);
  uint64_t bits = 0;
  if (variable == nullptr || !IsArithmeticKind(kind(type))) return false;
  if (op == BinaryOp::kNoOp) {
    if (!Get(rhs, type, &bits)) return false;
  } else {
    const TypeId common = sema_->OperandType(op, type, info(rhs).type);
    const bool shift = op == BinaryOp::kShl || op == BinaryOp::kShr;
    uint64_t a = 0;
    uint64_t b = 0;
    if (!IsArithmeticKind(kind(common)) ||
        !ConvertConstant(kind(type), kind(common), variable->bits, &a) ||
        !Get(rhs, shift ? info(rhs).type : common, &b) ||
        !FoldBinary(op, kind(common), a, b, &bits) ||
        !ConvertConstant(kind(common), kind(type), bits, &bits)) {
      return false;
    }
  }
  variable->bits = bits;
  Set(n, bits);
  return true;
}

WS_HD bool ConstEval::VisitCall(NodeId n) {
  const InstanceId callee = sema_->Callee(frames_.back().instance, n);
  if (!callee.valid()) return false;
  const Instance& inst = sema_->instance(callee);
  const std::span<const ParamInfo> params = sema_->Params(inst);
  uint64_t args[kMaxArguments];
  NodeId nodes[kMaxArguments];
  uint32_t given = 0;
  for (NodeId c = tree().LastChild(n); c.valid(); c = tree().PrevSibling(n, c)) {
    if (given == kMaxArguments) return false;
    nodes[given++] = c;
  }
  --given;  // the function's name comes first in the text, last here
  if (params.size() > kMaxArguments) return false;
  for (uint32_t i = 0; i < params.size(); ++i) {
    if (i >= given) {
      args[i] = params[i].default_bits;
    } else if (!Get(nodes[given - 1 - i], params[i].type, &args[i])) {
      return false;
    }
  }
  return Enter(callee, std::span<const uint64_t>(args, params.size()));
}

// Goes on at the label for the value, or behind the switch.
WS_HD bool ConstEval::EnterSwitch(NodeId owner, NodeId condition) {
  const TypeId type =
      sema_->OperandType(BinaryOp::kAdd, info(condition).type, TypeId(TypeKind::kInt));
  uint64_t value = 0;
  if (!Get(condition, type, &value)) return false;
  NodeId otherwise;
  for (uint32_t i = condition.index + 2; i < owner.index; ++i) {
    const NodeId n(i);
    if (tree().kind(n) == NodeKind::kSwitchBody) {
      i = tree().data(n);  // a switch within
    } else if (tree().kind(n) == NodeKind::kDefault) {
      otherwise = n;
    } else if (tree().kind(n) == NodeKind::kCase) {
      uint64_t label = 0;
      if (!Get(NodeId(i - 1), type, &label)) return false;
      if (label != value) continue;
      GoBehind(n);
      return true;
    }
  }
  GoBehind(otherwise.valid() ? otherwise : owner);
  return true;
}

// break and continue.
WS_HD bool ConstEval::Leave(NodeId n, bool is_break) {
  for (uint32_t i = n.index + 1; i <= frames_.back().end; ++i) {
    const NodeId owner(i);
    const NodeKind k = tree().kind(owner);
    if (tree().first(owner).index > n.index) continue;
    if (is_break && (IsLoop(k) || k == NodeKind::kSwitch)) {
      GoBehind(owner);
      return true;
    }
    if (!is_break && IsLoop(k)) {
      const NodeKind marker = k == NodeKind::kFor     ? NodeKind::kForStep
                              : k == NodeKind::kWhile ? NodeKind::kWhileBegin
                                                      : NodeKind::kDoCond;
      GoBehind(ChildOfKind(owner, marker));
      return true;
    }
  }
  return false;
}

WS_HD bool ConstEval::VisitMarker(NodeId n) {
  const NodeId owner(tree().data(n));
  if (!owner.valid()) return false;
  const NodeId before(n.index - 1);
  bool truth = true;
  switch (tree().kind(n)) {
    case NodeKind::kIfThen: {
      if (!IsTrueAt(before, &truth)) return false;
      if (truth) return true;
      const NodeId otherwise = ChildOfKind(owner, NodeKind::kIfElse);
      GoBehind(otherwise.valid() ? otherwise : owner);
      return true;
    }
    case NodeKind::kIfElse:
      GoBehind(owner);
      return true;
    case NodeKind::kWhileBody:
      if (!IsTrueAt(before, &truth)) return false;
      if (!truth) GoBehind(owner);
      return true;
    case NodeKind::kForStep:
      if (tree().kind(before) != NodeKind::kForCond && !IsTrueAt(before, &truth)) return false;
      GoBehind(truth ? ChildOfKind(owner, NodeKind::kForBody) : owner);
      return true;
    case NodeKind::kForBody:  // behind the step
      GoBehind(ChildOfKind(owner, NodeKind::kForCond));
      return true;
    case NodeKind::kSwitchBody:
      return EnterSwitch(owner, before);
    case NodeKind::kAndRight:
    case NodeKind::kOrRight:
      if (!IsTrueAt(before, &truth)) return false;
      if (truth == (tree().kind(n) == NodeKind::kAndRight)) return true;
      Set(owner, truth ? 1 : 0);
      GoBehind(owner);
      return true;
    case NodeKind::kConditionalThen: {
      if (!IsTrueAt(before, &truth)) return false;
      if (!truth) GoBehind(ChildOfKind(owner, NodeKind::kConditionalElse));
      return true;
    }
    case NodeKind::kConditionalElse: {
      uint64_t bits = 0;
      if (!Get(before, info(owner).type, &bits)) return false;
      Set(owner, bits);
      GoBehind(owner);
      return true;
    }
    case NodeKind::kSizeofBegin:
      GoBehind(owner);
      return true;
    default:
      return true;
  }
}

WS_HD bool ConstEval::Visit(NodeId n) {
  const NodeInfo& node = info(n);
  uint64_t bits = 0;
  bool truth = false;
  // Objects of structs, and operators that the program defines, have no value here.
  const NodeKind k = tree().kind(n);
  const bool is_operator = !node.function && (k == NodeKind::kUnary || k == NodeKind::kBinary ||
                                              k == NodeKind::kAssign || k == NodeKind::kIndex);
  if (node.field || node.conversion != 0 || kind(node.type) == TypeKind::kStruct ||
      (is_operator && node.entity.valid())) {
    return false;
  }
  switch (k) {
    case NodeKind::kName: {
      if (node.constant || node.function || node.category == Category::kFunction ||
          node.category == Category::kBuiltin || node.category == Category::kLimit) {
        return true;
      }
      const Variable* variable = Find(n);
      if (variable == nullptr) return false;
      Set(n, variable->bits);
      return true;
    }
    case NodeKind::kParen:
    case NodeKind::kCast:
    case NodeKind::kLogicalAnd:
    case NodeKind::kLogicalOr:
    case NodeKind::kConditional:
      if (node.constant || node.function) return true;
      if (tree().kind(n) == NodeKind::kCast && kind(node.type) == TypeKind::kVoid) return true;
      if (!Get(NodeId(n.index - 1), node.type, &bits)) return false;
      Set(n, bits);
      return true;
    case NodeKind::kUnary:
      return node.constant || node.function || VisitUnary(n);
    case NodeKind::kBinary: {
      if (node.constant) return true;
      const BinaryOp op = static_cast<BinaryOp>(tree().data(n));
      const NodeId rhs(n.index - 1);
      const NodeId lhs = tree().PrevSibling(n, rhs);
      if (op == BinaryOp::kComma) {
        if (!Get(rhs, node.type, &bits)) return false;
        Set(n, bits);
        return true;
      }
      const TypeId common = sema_->OperandType(op, info(lhs).type, info(rhs).type);
      const bool shift = op == BinaryOp::kShl || op == BinaryOp::kShr;
      uint64_t a = 0;
      uint64_t b = 0;
      if (!IsArithmeticKind(kind(common)) || !Get(lhs, common, &a) ||
          !Get(rhs, shift ? info(rhs).type : common, &b) ||
          !FoldBinary(op, kind(common), a, b, &bits)) {
        return false;
      }
      Set(n, bits);
      return true;
    }
    case NodeKind::kAssign:
      return VisitAssign(n);
    case NodeKind::kCall:
      return node.constant || node.function || VisitCall(n);
    case NodeKind::kIndex:
    case NodeKind::kSizeofExpr:
    case NodeKind::kSizeofType:
    case NodeKind::kStringLiteral:  // of a static_assert, else no one takes it
      return node.constant || tree().kind(n) == NodeKind::kStringLiteral;
    case NodeKind::kDeclarator:
      return VisitDeclarator(n);
    case NodeKind::kReturn:
      if (tree().subtree_size(n) == 1) return false;
      return Get(NodeId(n.index - 1), sema_->instance(frames_.back().instance).result, &bits) &&
             Return(bits);
    case NodeKind::kWhile:
      GoBehind(ChildOfKind(n, NodeKind::kWhileBegin));
      return true;
    case NodeKind::kDo:
      if (!IsTrueAt(NodeId(n.index - 1), &truth)) return false;
      if (truth) GoBehind(ChildOfKind(n, NodeKind::kDoBegin));
      return true;
    case NodeKind::kFor:
      GoBehind(ChildOfKind(n, NodeKind::kForStep));
      return true;
    case NodeKind::kBreak:
    case NodeKind::kContinue:
      return Leave(n, tree().kind(n) == NodeKind::kBreak);
    case NodeKind::kIfThen:
    case NodeKind::kIfElse:
    case NodeKind::kWhileBody:
    case NodeKind::kForStep:
    case NodeKind::kForBody:
    case NodeKind::kSwitchBody:
    case NodeKind::kAndRight:
    case NodeKind::kOrRight:
    case NodeKind::kConditionalThen:
    case NodeKind::kConditionalElse:
    case NodeKind::kSizeofBegin:
      return VisitMarker(n);
    case NodeKind::kGoto:
    case NodeKind::kLabel:
    case NodeKind::kThrow:
    case NodeKind::kTryBegin:
    case NodeKind::kAsm:
    case NodeKind::kAsmOperand:
    case NodeKind::kRangeFor:
    case NodeKind::kRangeBody:
    case NodeKind::kLaunch:
    case NodeKind::kMember:
    case NodeKind::kNew:
    case NodeKind::kDelete:
    case NodeKind::kError:
      return false;
    default:
      return true;
  }
}

}  // namespace ws::front
