#include "tests/mutation/subject.h"

#include <algorithm>

#include "front/unparse.h"

namespace ws::mutation {
namespace {

bool IsMarker(NodeKind k) {
  switch (k) {
    case NodeKind::kIfThen:
    case NodeKind::kIfElse:
    case NodeKind::kWhileBegin:
    case NodeKind::kWhileBody:
    case NodeKind::kDoBegin:
    case NodeKind::kDoCond:
    case NodeKind::kForCond:
    case NodeKind::kForStep:
    case NodeKind::kForBody:
    case NodeKind::kSwitchBody:
    case NodeKind::kAndRight:
    case NodeKind::kOrRight:
    case NodeKind::kConditionalThen:
    case NodeKind::kConditionalElse:
    case NodeKind::kSizeofBegin:
      return true;
    default:
      return false;
  }
}

}  // namespace

Subject::Subject(std::string file_name, std::string source) : source_(std::move(source)) {
  front::TextOptions options;
  options.read_includes = true;
  compiled_ = front::CompileText(std::move(file_name), source_, options);
  if (!ok()) return;
  const uint32_t count = tree().size();
  parents_.resize(count);
  for (uint32_t i = 0; i < count; ++i) {
    const NodeId n(i);
    for (NodeId c = tree().LastChild(n); c.valid(); c = tree().PrevSibling(n, c)) {
      parents_[c.index] = n;
    }
  }
  instances_.assign(count, kNoInstance);
  for (uint32_t i = 0; i < count; ++i) {
    if (!Enclosing(NodeId(i), NodeKind::kFunction).valid()) instances_[i] = 0;
  }
  for (uint32_t i = sema().num_instances(); i-- > 1;) {
    const front::Instance& instance = sema().instance(front::InstanceId(i));
    if (!instance.body_done || !instance.has_infos) continue;
    for (uint32_t n = tree().first(instance.node).index; n < instance.node.index; ++n) {
      instances_[n] = i;
    }
  }
}

bool Subject::IsBinary(NodeId n, BinaryOp op) const {
  return Is(n, NodeKind::kBinary) && static_cast<BinaryOp>(data(n)) == op;
}

bool Subject::IsUnary(NodeId n, UnaryOp op) const {
  return Is(n, NodeKind::kUnary) && static_cast<UnaryOp>(data(n)) == op;
}

std::string Subject::Text(NodeId n) const {
  return front::SpellTokens(*compiled_->program().tokens, tree().begin_token(n),
                            tree().end_token(n));
}

std::string_view Subject::Token(NodeId n) const {
  return (*compiled_->program().tokens)[tree().token(n).index].view();
}

uint32_t Subject::Line(NodeId n) const {
  const front::Token& token = (*compiled_->program().tokens)[tree().begin_token(n).index];
  return diag::FindLine(*compiled_->program().sources, token.loc).line;
}

std::vector<NodeId> Subject::Children(NodeId n) const {
  std::vector<NodeId> children;
  for (NodeId c = tree().LastChild(n); c.valid(); c = tree().PrevSibling(n, c)) {
    if (!IsMarker(kind(c))) children.push_back(c);
  }
  std::reverse(children.begin(), children.end());
  return children;
}

NodeId Subject::Child(NodeId n, size_t i) const {
  const std::vector<NodeId> children = Children(n);
  return i < children.size() ? children[i] : NodeId();
}

NodeId Subject::Enclosing(NodeId n, NodeKind k) const {
  while (n.valid() && kind(n) != k) n = Parent(n);
  return n;
}

const front::NodeInfo& Subject::Info(NodeId n) const {
  static const front::NodeInfo kNothing;
  if (!n.valid() || instances_[n.index] == kNoInstance || instances_[n.index] == 0) return kNothing;
  return sema().Info(front::InstanceId(instances_[n.index]), n);
}

bool Subject::SameType(NodeId a, NodeId b) const {
  return Info(a).type.Unqualified() == Info(b).type.Unqualified();
}

bool Subject::IsValue(NodeId n) const {
  const front::Category category = Info(n).category;
  return category == front::Category::kLvalue || category == front::Category::kRvalue;
}

bool Subject::InFunction(NodeId n) const {
  return instances_[n.index] != kNoInstance && instances_[n.index] != 0;
}

bool Subject::OnHost(NodeId n) const {
  return InFunction(n) &&
         sema().instance(front::InstanceId(instances_[n.index])).target == front::Target::kHost;
}

std::string_view Subject::Callee(NodeId call) const {
  const NodeId name = Child(call, 0);
  return Is(call, NodeKind::kCall) && Is(name, NodeKind::kName) ? Token(name) : std::string_view();
}

std::vector<NodeId> Subject::Params(NodeId n) const {
  std::vector<NodeId> declarators;
  const NodeId function = Enclosing(n, NodeKind::kFunction);
  if (!function.valid()) return declarators;
  for (const NodeId list : Children(function)) {
    if (!Is(list, NodeKind::kParamList)) continue;
    for (const NodeId param : Children(list)) declarators.push_back(Child(param, 1));
  }
  return declarators;
}

}  // namespace ws::mutation
