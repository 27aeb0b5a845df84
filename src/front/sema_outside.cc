// device-clean
// Members defined outside of their class. Before the walk they are listed; a member that is
// declared in the class takes its body, or its value, from the definition that fits.
#include "front/operators.h"
#include "front/walker.h"

namespace ws::front {

// The token of the class before the :: before token `name`; 0 if there is none.
WS_HD static uint32_t ScopeToken(const Vec<Token>& tokens, uint32_t name) {
  if (name < 2 || tokens[name - 1].kind != TokenKind::kColonColon) return 0;
  constexpr uint32_t kFarthest = 1024;
  uint32_t i = name - 2;
  uint32_t depth = 0;
  for (; i > 0 && i + kFarthest > name; --i) {
    const TokenKind k = tokens[i].kind;
    if (k == TokenKind::kGreater) ++depth;
    if (k == TokenKind::kGreaterGreater) depth += 2;
    if (k == TokenKind::kSemicolon || k == TokenKind::kRightBrace) return 0;
    if (depth == 0) break;
    if (k == TokenKind::kLess && --depth == 0) return i - 1;
  }
  return tokens[i].kind == TokenKind::kIdentifier ? i : 0;
}

// A Function or VarDecl at file scope whose flags are those of a member.
WS_HD void Walker::NoteOutside(NodeId n) {
  if (tree().kind(n) == NodeKind::kFunction) {
    uint32_t name = tree().token(n).index;
    const TokenKind op = OperatorOf(tree().data(n));
    while (op != TokenKind::kEof && name > 0 && (*s_->tokens_)[name].kind != TokenKind::kOperator) {
      --name;
    }
    if ((tree().data(n) & function_flag::kDestructor) != 0) --name;
    outside_.push_back({n, ScopeToken(*s_->tokens_, name)});
    return;
  }
  for (NodeId c = tree().LastChild(n); c.valid(); c = tree().PrevSibling(n, c)) {
    if (tree().kind(c) != NodeKind::kDeclarator) continue;
    outside_.push_back({c, ScopeToken(*s_->tokens_, tree().token(c).index)});
  }
}

// Whether the class is the one that qualifies the definition, as far as names tell.
WS_HD bool Walker::IsOutsideOf(const Outside& outside, TypeId type) const {
  uint32_t scope = outside.scope;
  for (TypeId t = type; scope != 0; t = s_->Scope(t).outer) {
    if ((*s_->tokens_)[scope].name != s_->types_.Struct(t).name) return false;
    scope = ScopeToken(*s_->tokens_, scope);
    const bool is_outermost = s_->Scope(t).outer == TypeId();
    if (is_outermost || scope == 0) return is_outermost;
  }
  return false;
}

// Whether two functions have as many parameters; `exactly`: which are written alike.
WS_HD bool Walker::SameParams(NodeId a, NodeId b, bool exactly) {
  const Vec<NodeId> left = ChildList(FirstOfKind(a, NodeKind::kParamList));
  const Vec<NodeId> right = ChildList(FirstOfKind(b, NodeKind::kParamList));
  if (left.size() != right.size()) return false;
  for (uint32_t i = 0; exactly && i < left.size(); ++i) {
    // As far as to the names, or to where names could stand.
    const auto end = [&](NodeId param) {
      const NodeId declarator = tree().LastChild(param);
      const uint32_t name = tree().token(declarator).index;
      const uint32_t last = tree().end_token(param).index;
      return name < last ? name : last;
    };
    uint32_t x = tree().begin_token(left[i]).index, y = tree().begin_token(right[i]).index;
    const uint32_t x_end = end(left[i]), y_end = end(right[i]);
    if (x_end - x != y_end - y) return false;
    for (; x < x_end; ++x, ++y) {
      const Token &p = (*s_->tokens_)[x], &q = (*s_->tokens_)[y];
      if (p.kind != q.kind || p.name != q.name) return false;
    }
  }
  return true;
}

// Where the member function that a class declares without a body is defined; invalid: nowhere.
WS_HD NodeId Walker::DefinitionOf(NodeId declared, TypeId type) {
  constexpr uint32_t kCompared = function_flag::kConstructor | function_flag::kDestructor |
                                 function_flag::kConversion | function_flag::kConst;
  const uint32_t flags = tree().data(declared);
  NodeId found;
  bool several = false;
  for (const bool exactly : {false, true}) {
    if (exactly && !several) break;
    found = NodeId();
    for (const Outside& outside : outside_) {
      const NodeId n = outside.node;
      if (tree().kind(n) != NodeKind::kFunction || !IsOutsideOf(outside, type)) continue;
      const uint32_t other = tree().data(n);
      if (((flags ^ other) & kCompared) != 0 || OperatorOf(flags) != OperatorOf(other)) continue;
      if (OperatorOf(flags) == TokenKind::kEof && token(n).name != token(declared).name) continue;
      if (!SameParams(declared, n, exactly)) continue;
      several |= found.valid();
      found = n;
    }
  }
  return found;
}

// Where the walk of a body begins: the parameters of a class template before a member of it are
// those of the class.
WS_HD NodeId Walker::FirstOfBody(const Instance& inst) const {
  const NodeId first = tree().first(inst.node);
  if ((tree().data(inst.node) & function_flag::kMember) == 0 || inst.self == TypeId()) return first;
  const NodeId params = FirstOfKind(inst.node, NodeKind::kTemplateParams);
  bool is_outside = false;
  for (const Outside& outside : outside_) is_outside |= outside.node == inst.node;
  const bool own = inst.num_args > 0;
  return params.valid() && is_outside && !own ? NodeId(params.index + 1) : first;
}

// Before the body of an instance is walked: its signature is that of the declaration.
WS_HD void Walker::EnterDefinition(InstanceId id) {
  const Instance inst = s_->instances_[id.index];
  if (outside_.empty() || !inst.function.valid() || !inst.has_signature) return;
  const NodeId definition = s_->entities_[inst.function.index].node;
  if (definition == inst.node || inst.body_done) return;
  bool is_outside = false;
  for (const Outside& outside : outside_) is_outside |= outside.node == definition;
  if (!is_outside) return;
  Instance& mine = s_->instances_[id.index];
  mine.node = definition;
  mine.has_infos = false;
}

// int Struct::member = 1;
WS_HD void Walker::DefineStaticMember(NodeId n, TypeId type, NodeId init) {
  for (const Outside& outside : outside_) {
    if (outside.node != n) continue;
    const EntityId scope = LookUp((*s_->tokens_)[outside.scope].name);
    const bool is_type = scope.valid() &&
                         s_->entities_[scope.index].kind == EntityKind::kTypeAlias &&
                         kind(s_->entities_[scope.index].type) == TypeKind::kStruct;
    const EntityId member =
        is_type ? OwnMember(s_->entities_[scope.index].type.Unqualified(), token(n).name)
                : EntityId();
    if (!member.valid() || s_->entities_[member.index].kind != EntityKind::kGlobal ||
        s_->entities_[member.index].node != n) {
      Error(Kind::kUnsupported, n, "a member defined outside that its class does not declare so");
      return;
    }
    if (type == TypeId()) return;
    if (init.valid()) CheckInit(s_->entities_[member.index].type, init);
    info(n).type = type;
    info(n).entity = member;
    return;
  }
}

}  // namespace ws::front
