#include "target/cuda/text_tools.h"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "base/format.h"
#include "front/unparse.h"

namespace ws::target::cuda {

using front::EntityId;
using front::InstanceId;
using front::NodeId;
using front::NodeKind;
using front::TokenId;
using front::UnaryOp;

CodeView::CodeView(const front::Compiled& program)
    : program_(program), tree_(*program.program().tree), sema_(*program.program().sema) {
  const diag::SourceMap& sources = *program.program().sources;
  for (uint32_t i = 0; i < sources.size(); ++i) {
    if (sources.file(i).text == program.text()) main_file_ = i;
  }
  for (uint32_t i = 1; i < sema_.num_instances(); ++i) {
    const front::Instance& instance = sema_.instance(InstanceId(i));
    const bool used = instance.is_used || instance.target == front::Target::kKernel ||
                      instance.target == front::Target::kHost;
    if (!instance.body_done || !instance.has_body || !used) continue;
    const diag::Loc loc = sema_.tokens()[tree_.begin_token(instance.node).index].loc;
    if (sources.FileOf(loc) != main_file_) continue;
    auto known = std::ranges::find(functions_, instance.node, &CodeFunction::node);
    if (known == functions_.end()) {
      const NodeId body = tree_.LastChild(instance.node);
      if (tree_.kind(body) != NodeKind::kCompound) continue;
      functions_.push_back({instance.node,
                            body,
                            instance.target == front::Target::kKernel,
                            instance.target == front::Target::kHost,
                            {}});
      known = functions_.end() - 1;
    }
    known->instances.push_back(InstanceId(i));
  }
  std::ranges::sort(functions_, {}, [](const CodeFunction& f) { return f.node.index; });
}

std::vector<const CodeFunction*> CodeView::DeviceCode() const {
  std::vector<const CodeFunction*> list;
  for (const CodeFunction& f : functions_) {
    if (!f.is_host) list.push_back(&f);
  }
  return list;
}

std::vector<NodeId> CodeView::Children(NodeId n) const {
  std::vector<NodeId> list;
  for (NodeId c = tree_.LastChild(n); c.valid(); c = tree_.PrevSibling(n, c)) list.push_back(c);
  std::ranges::reverse(list);
  return list;
}

ForParts CodeView::Parts(NodeId for_statement) const {
  ForParts parts;
  NodeId* part = &parts.init;
  for (const NodeId c : Children(for_statement)) {
    switch (tree_.kind(c)) {
      case NodeKind::kForCond:
        part = &parts.condition;
        break;
      case NodeKind::kForStep:
        part = &parts.step;
        break;
      case NodeKind::kForBody:
        part = &parts.body;
        break;
      default:
        *part = c;
    }
  }
  return parts;
}

std::vector<NodeId> CodeView::Below(NodeId n, NodeKind kind) const {
  std::vector<NodeId> list;
  for (uint32_t i = tree_.first(n).index; i <= n.index; ++i) {
    if (tree_.kind(NodeId(i)) == kind) list.push_back(NodeId(i));
  }
  return list;
}

bool CodeView::Contains(NodeId outer, NodeId inner) const {
  return inner.index >= tree_.first(outer).index && inner.index <= outer.index;
}

NodeId CodeView::StatementInBlock(NodeId function_body, NodeId n) const {
  NodeId at = function_body;
  NodeId found;
  while (at != n) {
    NodeId next;
    for (const NodeId c : Children(at)) {
      if (Contains(c, n)) next = c;
    }
    if (!next.valid()) break;
    if (tree_.kind(at) == NodeKind::kCompound) {
      found = next;
    } else {
      // A body without braces: nothing can be put before what stands in it.
      const NodeKind kind = tree_.kind(at);
      const bool control = kind == NodeKind::kFor || kind == NodeKind::kWhile ||
                           kind == NodeKind::kDo || kind == NodeKind::kIf ||
                           kind == NodeKind::kSwitch;
      if (control && tree_.kind(next) != NodeKind::kCompound) {
        const bool is_body = next == tree_.LastChild(at) || kind == NodeKind::kIf;
        if (is_body) found = NodeId();
      }
    }
    at = next;
  }
  return found;
}

bool CodeView::HasType(const CodeFunction& f, NodeId n, front::TypeKind kind) const {
  return std::ranges::all_of(f.instances, [&](InstanceId i) {
    return sema_.types().StripReference(sema_.Info(i, n).type).kind() == kind;
  });
}

EntityId CodeView::Base(const CodeFunction& f, NodeId n) const {
  while (n.valid()) {
    switch (tree_.kind(n)) {
      case NodeKind::kName:
        return Info(f, n).entity;
      case NodeKind::kIndex:
      case NodeKind::kMember:
        n = Children(n).front();
        break;
      case NodeKind::kParen:
      case NodeKind::kCast:
      case NodeKind::kUnary:
        n = tree_.LastChild(n);
        break;
      case NodeKind::kBinary: {
        NodeId pointer;
        for (const NodeId c : Children(n)) {
          const front::TypeKind kind = sema_.types().StripReference(Info(f, c).type).kind();
          if (kind == front::TypeKind::kPointer || kind == front::TypeKind::kArray) pointer = c;
        }
        n = pointer;
        break;
      }
      default:
        return {};
    }
  }
  return {};
}

std::set<uint32_t> CodeView::Assigned(const CodeFunction& f, NodeId n) const {
  std::set<uint32_t> list;
  for (uint32_t i = tree_.first(n).index; i <= n.index; ++i) {
    const NodeId c(i);
    NodeId target;
    if (tree_.kind(c) == NodeKind::kAssign) target = Children(c).front();
    if (tree_.kind(c) == NodeKind::kUnary) {
      const auto op = static_cast<UnaryOp>(tree_.data(c));
      const bool changes = op == UnaryOp::kPreInc || op == UnaryOp::kPreDec ||
                           op == UnaryOp::kPostInc || op == UnaryOp::kPostDec ||
                           op == UnaryOp::kAddressOf;
      if (changes) target = tree_.LastChild(c);
    }
    if (target.valid()) {
      if (const EntityId e = Base(f, target); e.valid()) list.insert(e.index);
    }
    // References: an argument that a user's function may change.
    if (tree_.kind(c) == NodeKind::kName && Info(f, c).entity.valid() &&
        sema_.entity(Info(f, c).entity).address_taken) {
      list.insert(Info(f, c).entity.index);
    }
  }
  return list;
}

bool CodeView::IsStable(const CodeFunction& f, NodeId n, const std::set<uint32_t>& assigned) const {
  for (uint32_t i = tree_.first(n).index; i <= n.index; ++i) {
    const NodeId c(i);
    switch (tree_.kind(c)) {
      case NodeKind::kIntLiteral:
      case NodeKind::kFloatLiteral:
      case NodeKind::kBoolLiteral:
      case NodeKind::kParen:
      case NodeKind::kBinary:
      case NodeKind::kTypeSpec:
      case NodeKind::kTypeId:
        break;
      case NodeKind::kCast:
        if (sema_.types().StripReference(Info(f, c).type).kind() == front::TypeKind::kPointer) {
          return false;
        }
        break;
      case NodeKind::kMember:
        if (Info(f, tree_.LastChild(c)).builtin == front::kNoBuiltin) return false;
        break;
      case NodeKind::kUnary: {
        const auto op = static_cast<UnaryOp>(tree_.data(c));
        const bool plain = op == UnaryOp::kPlus || op == UnaryOp::kMinus || op == UnaryOp::kNot ||
                           op == UnaryOp::kBitNot;
        if (!plain) return false;
        break;
      }
      case NodeKind::kName: {
        const front::NodeInfo& info = Info(f, c);
        if (info.constant || info.builtin != front::kNoBuiltin) break;
        if (!info.entity.valid()) return false;
        const front::Entity& entity = sema_.entity(info.entity);
        const bool own =
            entity.kind == front::EntityKind::kLocal || entity.kind == front::EntityKind::kParam;
        if (!own || entity.address_taken || assigned.contains(info.entity.index)) return false;
        break;
      }
      default:
        return false;
    }
  }
  return true;
}

std::string CodeView::Text(NodeId n) const {
  return front::SpellTokens(sema_.tokens(), tree_.begin_token(n), tree_.end_token(n));
}

std::string_view CodeView::Token(NodeId n) const {
  return sema_.tokens()[tree_.token(n).index].view();
}

std::string CodeView::TextWith(NodeId n,
                               std::vector<std::pair<NodeId, std::string>> replaced) const {
  std::ranges::sort(replaced, {}, [&](const auto& r) { return tree_.begin_token(r.first).index; });
  const auto& tokens = sema_.tokens();
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  std::string out;
  const auto append = [&](const std::string& piece, TokenId first) {
    if (piece.empty()) return;
    const bool space = (tokens[first.index].flags & front::token_flag::kSpaceBefore) != 0;
    if (!out.empty() && (space || (is_word(out.back()) && is_word(piece.front())))) out += ' ';
    out += piece;
  };
  TokenId done = tree_.begin_token(n);
  for (const auto& [node, text] : replaced) {
    append(front::SpellTokens(tokens, done, tree_.begin_token(node)), done);
    append(text, tree_.begin_token(node));
    done = tree_.end_token(node);
  }
  append(front::SpellTokens(tokens, done, tree_.end_token(n)), done);
  return out;
}

std::string CodeView::FreshName(std::string_view stem) const {
  const auto& tokens = sema_.tokens();
  for (int number = 1;; ++number) {
    std::string name = number == 1 ? std::string(stem) : Format("{}_{}", stem, number);
    bool taken = false;
    for (uint32_t i = 0; i < tokens.size() && !taken; ++i) taken = tokens[i].view() == name;
    if (!taken) return name;
  }
}

std::string CodeView::Laid(NodeId near, std::string_view statements) const {
  // As deep as the line on which `near` begins.
  const diag::Loc loc = sema_.tokens()[tree_.begin_token(near).index].loc;
  const std::string_view line = diag::FindLine(*program_.program().sources, loc).line_text;
  const size_t blank = std::min(line.find_first_not_of(" \t"), line.size());
  std::string indent(line.substr(0, blank));
  std::string out;
  int depth = 0;  // of parentheses, in which a semicolon ends nothing
  bool at_line_start = false;
  for (size_t i = 0; i < statements.size(); ++i) {
    const char c = statements[i];
    if (c == '\n' || (at_line_start && c == ' ')) continue;
    if (at_line_start && statements.substr(i).starts_with("else ")) {
      out += ' ';
      at_line_start = false;
    }
    if (at_line_start) {
      if (c == '}' && indent.size() >= 2) indent.resize(indent.size() - 2);
      out += '\n' + indent;
      at_line_start = false;
    }
    out += c;
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c == '{') indent += "  ";
    at_line_start = (c == ';' && depth == 0) || c == '{' || c == '}';
  }
  return out;
}

std::string CodeView::MacroName(NodeId n) const {
  const diag::Loc loc = sema_.tokens()[tree_.token(n).index].loc;
  const diag::SourceFile& file = program_.program().sources->file(main_file_);
  if (loc.offset < file.base || loc.offset - file.base >= file.text.size()) return {};
  const std::string_view rest = file.text.substr(loc.offset - file.base);
  size_t length = 0;
  while (length < rest.size() &&
         (std::isalnum(static_cast<unsigned char>(rest[length])) != 0 || rest[length] == '_')) {
    ++length;
  }
  return std::string(rest.substr(0, length));
}

std::optional<std::string> CodeView::WithMacro(std::string_view name, int64_t value,
                                               int64_t to) const {
  std::string out;
  bool found = false;
  std::istringstream lines{std::string(program_.text())};
  for (std::string line; std::getline(lines, line); out += line + "\n") {
    std::istringstream words(line);
    std::string directive, macro, number, more;
    words >> directive >> macro >> number;
    if (directive != "#define" || macro != name || number != Format("{}", value)) continue;
    if (words >> more && !more.starts_with("//")) continue;
    line = Format("#define {} {}", name, to);
    found = true;
  }
  if (!found) return {};
  return out;
}

Result<std::string> CodeView::Apply(std::vector<front::Edit> edits) const {
  return front::ApplyEdits(sema_.tokens(), *program_.program().sources, main_file_,
                           std::move(edits));
}

front::Edit CodeView::InsertBefore(NodeId n, std::string text) const {
  return {tree_.begin_token(n), tree_.begin_token(n), std::move(text)};
}

}  // namespace ws::target::cuda
