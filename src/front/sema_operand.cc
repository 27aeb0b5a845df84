// device-clean
// What operators make of their operands: conversion functions, and choices that are objects.
#include "front/walker.h"

namespace ws::front {

// The conversion function of a struct that a builtin operator takes: the only one that gives a
// scalar, or the one that gives what the other operand is.
WS_HD InstanceId Walker::OperandConversion(const NodeInfo& from, TypeId other) {
  InstanceId found;
  bool several = false;
  for (TypeId t = from.type.Unqualified(); t != TypeId() && !found.valid();
       t = types().Struct(t).base) {
    for (EntityId e = s_->Scope(t).conversions; e.valid(); e = s_->entities_[e.index].next) {
      const Entity& entity = s_->entities_[e.index];
      if ((entity.flags & function_flag::kExplicit) != 0) continue;
      const InstanceId id = FindInstance(e, nullptr, 0, TargetOf(entity.flags, Side()));
      if (!id.valid()) continue;
      const Instance& inst = s_->instances_[id.index];
      if (!inst.has_signature || (from.type.is_const() && !inst.self.is_const())) continue;
      const TypeId result = types().StripReference(inst.result).Unqualified();
      const TypeKind k = kind(result);
      if (!IsArithmeticKind(k) && !IsHalfKind(k) && k != TypeKind::kPointer) continue;
      if (result == types().Decay(other)) return id;
      several |= found.valid();
      // Of two that differ in const the object's own is the better one.
      if (found.valid() && result == types().StripReference(s_->instances_[found.index].result)) {
        several = false;
        if (inst.self.is_const() != from.type.is_const()) continue;
      }
      found = id;
    }
  }
  return several ? InstanceId() : found;
}

WS_HD NodeInfo Walker::Operand(NodeId expr, TypeId other) {
  NodeInfo from = info(expr);
  if (kind(from.type) != TypeKind::kStruct) return from;
  const InstanceId id = OperandConversion(from, other);
  if (!id.valid()) return from;
  CheckTemporary(expr);
  ConvertBy(id, expr);
  NodeInfo result;
  result.type = types().StripReference(s_->instances_[id.index].result).Unqualified();
  result.category = Category::kRvalue;
  return result;
}

// The pointer that operator-> of a struct gives; the error type, reported, if it gives none.
WS_HD TypeId Walker::CallArrow(NodeId expr) {
  const NodeInfo from = info(expr);
  const InstanceId best = PickMethod(from.type, FindOperator(from.type, TokenKind::kArrow), 0);
  const TypeId result =
      best.valid() ? types().StripReference(s_->instances_[best.index].result) : TypeId();
  if (kind(result) != TypeKind::kPointer) {
    Error(Kind::kUnsupported, expr, "an operator-> that gives no pointer, or not here,");
    return {};
  }
  CheckTemporary(expr);
  ConvertBy(best, expr);
  return result.Unqualified();
}

WS_HD bool Walker::ChooseObject(NodeId expr) {
  if (!info(expr).either) return false;
  Vec<NodeId> work(*s_->arena_);
  work.push_back(expr);
  while (!work.empty()) {
    const NodeId n = work.back();
    work.pop_back();
    NodeInfo& row = info(n);
    if (!row.either) {
      MarkAddressTaken(n);
      continue;
    }
    row.either = false;
    row.category = Category::kLvalue;
    row.pure = false;
    if (tree().kind(n) == NodeKind::kParen) {
      work.push_back(NodeId(n.index - 1));
      continue;
    }
    const NodeId other(n.index - 1);
    const NodeId then(tree().PrevSibling(n, other).index - 1);
    row.type = info(then).type.With(info(other).type.index & 3);
    work.push_back(other);
    work.push_back(then);
  }
  return true;
}

}  // namespace ws::front
