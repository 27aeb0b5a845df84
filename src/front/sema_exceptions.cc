// device-clean
// Exceptions: what is thrown and caught, and which functions an exception may leave.
#include "front/walker.h"

namespace ws::front {

WS_HD void Walker::VisitThrow(NodeId n) {
  if (!in_function()) return;
  if (current().target != Target::kHost) {
    Error(Kind::kUnsupported, n, "throw in device code");
    return;
  }
  current().throws = true;
  if (tree().subtree_size(n) == 1) return;
  const NodeId from(n.index - 1);
  if (info(from).type == TypeId()) return;
  const TypeId type = types().Decay(info(from).type);
  const TypeKind k = kind(type);
  const bool scalar =
      IsArithmeticKind(k) || IsEnumKind(k) || k == TypeKind::kEnumClass || k == TypeKind::kPointer;
  if (!scalar && k != TypeKind::kStruct) {
    Error(Kind::kUnsupported, from, "an exception of this type");
    return;
  }
  CheckConvert(from, type);
  if (k != TypeKind::kStruct) return;
  UseDestructors(from, type);
  // what() is asked where nobody catches it.
  if (const EntityId what = FindWhat(*s_, type); what.valid()) {
    UseFunction(InstanceId(static_cast<uint32_t>(s_->entities_[what.index].bits)), from);
  }
}

// The variable of a handler.
WS_HD void Walker::CheckCaught(NodeId n, TypeId type) {
  if (kind(type) != TypeKind::kStruct) return;
  UseCopies(n, type, n);
  if (types().NeedsDestroy(type)) UseDestructors(n, type);
}

// An exception leaves what throws and what calls that, but for destructors and what is noexcept.
WS_HD void Walker::FindThrowing() {
  bool any = false;
  for (uint32_t i = 1; i < s_->instances_.size(); ++i) any |= s_->instances_[i].throws;
  if (!any) return;
  for (uint32_t i = 1; i < s_->instances_.size(); ++i) {
    Instance& inst = s_->instances_[i];
    inst.throws |= inst.calls_through && inst.target == Target::kHost;
    const bool is_destructor = tree().kind(inst.node) == NodeKind::kFunction &&
                               (tree().data(inst.node) & function_flag::kDestructor) != 0;
    inst.is_noexcept = is_destructor || IsNoexcept(*s_, inst.node);
  }
  bool changed = true;
  while (changed) {
    changed = false;
    for (const CallEdge& edge : calls_) {
      const Instance& to = s_->instances_[edge.to.index];
      Instance& from = s_->instances_[edge.from.index];
      if (!to.throws || to.is_noexcept || from.throws) continue;
      from.throws = changed = true;
    }
  }
}

WS_HD EntityId FindWhat(const Sema& sema, TypeId type) {
  const TypeTable& types = sema.types();
  for (TypeId t = type.Unqualified(); t != TypeId(); t = types.Struct(t).base) {
    if (!SameText(types.Struct(t).text, "std::exception")) continue;
    for (EntityId e = sema.Scope(t).members; e.valid(); e = sema.entity(e).next_member) {
      if (sema.entity(e).kind == EntityKind::kFunction && SameText(sema.NameOf(e), "what")) {
        return e;
      }
    }
  }
  return {};
}

// Between its parameters and its body.
WS_HD bool IsNoexcept(const Sema& sema, NodeId function) {
  const Tree& tree = sema.tree();
  if (!function.valid() || tree.kind(function) != NodeKind::kFunction) return false;
  NodeId params;
  for (NodeId c = tree.LastChild(function); c.valid(); c = tree.PrevSibling(function, c)) {
    if (tree.kind(c) == NodeKind::kParamList) params = c;
  }
  if (!params.valid()) return false;
  const Vec<Token>& tokens = sema.tokens();
  for (uint32_t i = tree.end_token(params).index; i < tree.end_token(function).index; ++i) {
    const TokenKind k = tokens[i].kind;
    if (k == TokenKind::kLeftBrace || k == TokenKind::kSemicolon || k == TokenKind::kColon) break;
    if (k != TokenKind::kNoexcept) continue;
    const bool is_false =
        tokens[i + 1].kind == TokenKind::kLeftParen && SameText(tokens[i + 2].view(), "false");
    return !is_false;
  }
  return false;
}

}  // namespace ws::front
