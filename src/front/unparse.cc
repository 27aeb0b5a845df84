#include "front/unparse.h"

#include <set>
#include <string_view>
#include <vector>

namespace ws::front {
namespace {

// How a token is set off from the one before and behind it.
struct Mark {
  enum : uint8_t { kSpaceBefore = 1, kSpaceAfter = 2, kTightBefore = 4, kTightAfter = 8 };
  uint8_t space = 0;
  int line_indent = -1;  // begins a line at this depth
  uint32_t unroll = 0;   // a pragma stands on the line before
};

bool IsWordChar(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '"' || c == '\'';
}

// Would the two read as one token, or begin a comment, without a space?
bool Glues(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return false;
  const char x = a.back();
  const char y = b.front();
  if (IsWordChar(x) && IsWordChar(y)) return true;
  if ((IsWordChar(x) && y == '.') || (x == '.' && IsWordChar(y))) {
    return (x >= '0' && x <= '9' && a.front() >= '0' && a.front() <= '9') || (y >= '0' && y <= '9');
  }
  constexpr std::string_view kOperators = "+-*/%<>=!&|^:#.";
  if (kOperators.find(x) == std::string_view::npos) return false;
  if (y == '=') return true;
  return (x == y && x != '*' && x != '!' && x != '%' && x != '^') || (x == '-' && y == '>') ||
         (x == '/' && y == '*');
}

class Unparser {
 public:
  Unparser(const Tree& tree, const Vec<Token>& tokens, NodeId root, int indent)
      : tree_(tree),
        tokens_(tokens),
        root_(root),
        first_(tree.first(root).index),
        begin_(tree.begin_token(root).index),
        end_(tree.end_token(root).index),
        marks_(end_ - begin_ + 1),
        depth_(root.index - first_ + 1, indent) {}

  std::string Run() {
    // Parents come behind their children, so a backward walk sees them first.
    for (uint32_t i = root_.index + 1; i-- > first_;) Annotate(NodeId(i));
    if (!Emit()) return out_;
    if (EndsLine()) out_ += '\n';
    return out_;
  }

 private:
  Mark& At(uint32_t token) {
    const uint32_t i = token - begin_;
    return i < marks_.size() ? marks_[i] : marks_.back();
  }
  int& Depth(NodeId n) { return depth_[n.index - first_]; }
  void Around(uint32_t token) { At(token).space |= Mark::kSpaceBefore | Mark::kSpaceAfter; }
  void Line(NodeId n, int depth) {
    Depth(n) = depth;
    At(tree_.begin_token(n).index).line_indent = depth;
  }

  bool EndsLine() const {
    const NodeKind kind = tree_.kind(root_);
    return kind <= NodeKind::kLabel &&
           (kind == NodeKind::kTranslationUnit || kind == NodeKind::kFunction ||
            kind == NodeKind::kVarDecl || kind == NodeKind::kTypedef || kind == NodeKind::kUsing ||
            kind == NodeKind::kEnum || kind >= NodeKind::kStaticAssert);
  }

  NodeId FirstChild(NodeId n) const {
    NodeId found;
    for (NodeId c = tree_.LastChild(n); c.valid(); c = tree_.PrevSibling(n, c)) found = c;
    return found;
  }

  // A statement that belongs to a control statement at `depth`.
  void Body(NodeId n, int depth) {
    switch (tree_.kind(n)) {
      case NodeKind::kCompound:
        Depth(n) = depth;
        At(tree_.begin_token(n).index).space |= Mark::kSpaceBefore;
        break;
      case NodeKind::kEmptyStmt:
        break;
      default:
        Line(n, depth + 1);
        break;
    }
  }

  void AnnotateList(NodeId n, int depth) {
    for (NodeId c = tree_.LastChild(n); c.valid(); c = tree_.PrevSibling(n, c)) {
      const NodeKind kind = tree_.kind(c);
      const bool label =
          kind == NodeKind::kCase || kind == NodeKind::kDefault || kind == NodeKind::kLabel;
      Line(c, label && depth > 0 ? depth - 1 : depth);
    }
  }

  // A block without braces: the head of what follows declares, or a label stands alone.
  void AnnotateWrapper(NodeId n) {
    for (NodeId c = tree_.LastChild(n); c.valid(); c = tree_.PrevSibling(n, c)) Depth(c) = Depth(n);
  }

  // Members a line each; access specifiers, which are no nodes, stand out.
  void AnnotateStruct(NodeId n, int depth) {
    const uint32_t begin = tree_.begin_token(n).index;
    const uint32_t end = tree_.end_token(n).index;
    for (NodeId c = tree_.LastChild(n); c.valid(); c = tree_.PrevSibling(n, c)) {
      if (tree_.kind(c) == NodeKind::kStructBegin) {
        const uint32_t open = tree_.token(c).index - 1;
        At(open).space |= Mark::kSpaceBefore | Mark::kTightAfter;
        continue;
      }
      Line(c, depth + 1);
      const uint32_t first = tree_.begin_token(c).index;
      for (uint32_t i = first; i > begin + 2 && tokens_[i - 1].kind == TokenKind::kColon; i -= 2) {
        At(i - 2).line_indent = depth;
      }
    }
    if (tree_.subtree_size(n) > 2) At(end - 1).line_indent = depth;
  }

  void AnnotateIf(NodeId n) {
    const int depth = Depth(n);
    NodeId body = tree_.LastChild(n);
    NodeId marker = tree_.PrevSibling(n, body);
    if (tree_.kind(marker) == NodeKind::kIfElse) {
      const uint32_t else_token = tree_.token(marker).index;
      if (tree_.kind(body) == NodeKind::kIf) {
        Depth(body) = depth;
        At(else_token).space |= Mark::kSpaceAfter;
      } else {
        Body(body, depth);
      }
      body = tree_.PrevSibling(n, marker);
      if (tree_.kind(body) == NodeKind::kCompound) {
        At(else_token).space |= Mark::kSpaceBefore;
      } else {
        At(else_token).line_indent = depth;
      }
    }
    Body(body, depth);
  }

  void Annotate(NodeId n) {
    const NodeKind kind = tree_.kind(n);
    const uint32_t token = tree_.token(n).index;
    const uint32_t begin = tree_.begin_token(n).index;
    const uint32_t end = tree_.end_token(n).index;
    const int depth = Depth(n);
    // Children stand where their parent stands unless they are told otherwise.
    if (kind != NodeKind::kTranslationUnit && kind != NodeKind::kCompound &&
        kind != NodeKind::kStruct) {
      for (NodeId c = tree_.LastChild(n); c.valid(); c = tree_.PrevSibling(n, c)) Depth(c) = depth;
    }
    switch (kind) {
      case NodeKind::kTranslationUnit:
        AnnotateList(n, 0);
        // What lies between declarations and is no node begins a line as well: extern "C" {
        for (NodeId c = tree_.LastChild(n); c.valid(); c = tree_.PrevSibling(n, c)) {
          At(tree_.end_token(c).index).line_indent = 0;
        }
        break;
      case NodeKind::kCompound:
        if (tokens_[begin].kind != TokenKind::kLeftBrace) {
          AnnotateWrapper(n);
          break;
        }
        AnnotateList(n, depth + 1);
        At(begin).space |= Mark::kTightAfter;
        if (tree_.subtree_size(n) > 1 || end - begin > 2) At(end - 1).line_indent = depth;
        break;
      case NodeKind::kFunction: {
        const NodeId body = tree_.LastChild(n);
        if (tree_.kind(body) == NodeKind::kCompound) Body(body, depth);
        for (NodeId c = body; c.valid(); c = tree_.PrevSibling(n, c)) {  // -> result
          if (tree_.kind(c) == NodeKind::kTypeId) Around(tree_.begin_token(c).index - 1);
        }
        break;
      }
      case NodeKind::kDeclarator:
        if (tokens_[token].kind == TokenKind::kLeftBracket) {
          At(token).space |= Mark::kSpaceBefore | Mark::kTightAfter;
        }
        break;
      case NodeKind::kTemplateParams:
        At(begin).space |= Mark::kSpaceBefore | Mark::kTightAfter;
        At(end - 1).space |= Mark::kTightBefore;
        At(end).line_indent = depth;
        break;
      case NodeKind::kTemplateArgs:
        At(begin).space |= Mark::kTightBefore | Mark::kTightAfter;
        At(end - 1).space |= Mark::kTightBefore;
        break;
      case NodeKind::kPtrOp:
      case NodeKind::kRefOp:
        if (token > begin_ && tokens_[token - 1].kind == TokenKind::kLeftParen) {
          At(token - 1).space |= Mark::kSpaceBefore | Mark::kTightAfter;  // float (*p)[4]
          break;
        }
        At(token).space |= Mark::kTightBefore;
        if (end - begin > 1) At(token).space |= Mark::kSpaceAfter;
        if (end < end_ && tokens_[end].name.valid()) At(end - 1).space |= Mark::kSpaceAfter;
        break;
      case NodeKind::kInitEq:
        Around(token);
        break;
      case NodeKind::kTypeSpec:
        if (tokens_[token].kind == TokenKind::kDecltype) At(end - 1).space |= Mark::kSpaceAfter;
        if (tree_.subtree_size(n) > 1) break;
        for (uint32_t i = begin; i < end; ++i) {
          if (tokens_[i].kind == TokenKind::kRightParen) At(i).space |= Mark::kSpaceAfter;
        }
        break;
      case NodeKind::kLaunchBounds:
        At(end - 1).space |= Mark::kSpaceAfter;
        break;
      case NodeKind::kUsing:
      case NodeKind::kEnumerator:
        if (kind == NodeKind::kUsing || end - begin > 1) Around(token + 1);
        break;
      case NodeKind::kEnum:
        for (uint32_t i = begin; i < end; ++i) {
          if (tokens_[i].kind == TokenKind::kColon) Around(i);
          if (tokens_[i].kind == TokenKind::kLeftBrace) {
            Around(i);
            break;
          }
        }
        At(end - 1).space |= Mark::kSpaceBefore;
        break;
      case NodeKind::kStruct:
        AnnotateStruct(n, depth);
        break;
      case NodeKind::kMemberInit:
        if (tokens_[begin - 1].kind == TokenKind::kColon) Around(begin - 1);
        break;
      case NodeKind::kDesignated:
        if (tokens_[token + 1].kind == TokenKind::kEqual) Around(token + 1);
        break;
      case NodeKind::kIf:
        AnnotateIf(n);
        break;
      case NodeKind::kWhile:
      case NodeKind::kSwitch:
        Body(tree_.LastChild(n), depth);
        break;
      case NodeKind::kRangeFor:
        Around(tree_.end_token(FirstChild(n)).index - 1);
        [[fallthrough]];
      case NodeKind::kFor:
        At(begin).unroll = tree_.data(n);
        if (tree_.data(n) != 0 && At(begin).line_indent < 0) At(begin).line_indent = depth;
        Body(tree_.LastChild(n), depth);
        break;
      case NodeKind::kDo: {
        const NodeId marker = tree_.PrevSibling(n, tree_.LastChild(n));
        const NodeId body = tree_.PrevSibling(n, marker);
        Body(body, depth);
        Mark& keyword = At(tree_.end_token(body).index);
        if (tree_.kind(body) == NodeKind::kCompound) {
          keyword.space |= Mark::kSpaceBefore;
        } else {
          keyword.line_indent = depth;
        }
        break;
      }
      case NodeKind::kUnary:
        At(token).space |= tree_.data(n) >= static_cast<uint32_t>(UnaryOp::kPostInc)
                               ? Mark::kTightBefore
                               : Mark::kTightAfter;
        break;
      case NodeKind::kBinary:
        if (tree_.data(n) == static_cast<uint32_t>(BinaryOp::kComma)) break;
        Around(token);
        break;
      case NodeKind::kAssign:
      case NodeKind::kLogicalAnd:
      case NodeKind::kLogicalOr:
        Around(token);
        break;
      case NodeKind::kConditional:
        Around(token);
        Around(tree_.begin_token(tree_.LastChild(n)).index - 1);
        break;
      default:
        break;
    }
  }

  // Whether a space stands between two tokens as far as their kinds tell.
  static bool KindsWantSpace(TokenKind a, TokenKind b) {
    switch (b) {
      case TokenKind::kRightParen:
      case TokenKind::kRightBracket:
      case TokenKind::kLeftBracket:
      case TokenKind::kRightBrace:
      case TokenKind::kComma:
      case TokenKind::kSemicolon:
      case TokenKind::kDot:
      case TokenKind::kArrow:
      case TokenKind::kColonColon:
      case TokenKind::kColon:
        return false;
      case TokenKind::kLeftBrace:
        if (a == TokenKind::kString || a == TokenKind::kNamespace) return true;
        break;
      default:
        break;
    }
    switch (a) {
      case TokenKind::kComma:
      case TokenKind::kSemicolon:
      case TokenKind::kRightBrace:
        return true;
      case TokenKind::kIf:
      case TokenKind::kFor:
      case TokenKind::kWhile:
      case TokenKind::kSwitch:
      case TokenKind::kReturn:
      case TokenKind::kCase:
      case TokenKind::kElse:
      case TokenKind::kDo:
        return true;
      case TokenKind::kRightParen:
        return b == TokenKind::kNoexcept || b == TokenKind::kConst;
      case TokenKind::kRightBracket:
        return b == TokenKind::kIdentifier;  // delete[] p
      case TokenKind::kConstexpr:
        return b == TokenKind::kLeftParen;  // if constexpr (
      case TokenKind::kGreater:
      case TokenKind::kGreaterGreater:
        return b == TokenKind::kIdentifier;  // behind template arguments
      default:
        return false;
    }
  }

  bool Emit() {
    bool first = true;
    uint32_t before = begin_;
    bool pragma = false;
    uint32_t begins_line = 0;  // a token that is not printed and begins a line
    for (uint32_t i = begin_; i < end_; ++i) {
      const Token& t = tokens_[i];
      if (t.kind == TokenKind::kPragmaUnroll) pragma = true;
      if (t.kind == TokenKind::kPragmaEnd) pragma = false;
      if (pragma || t.kind == TokenKind::kPragmaEnd || t.kind == TokenKind::kEof) continue;
      if (!t.loc.valid()) continue;  // of the library
      if (IsNamespace(i)) {
        if (At(i).line_indent >= 0) begins_line = i;
        ++i;  // and the :: behind it
        continue;
      }
      const Mark mark = begins_line != 0 ? At(begins_line) : At(i);
      begins_line = 0;
      if (first) {
        first = false;
        const int depth = depth_.back();
        if (mark.unroll != 0) Pragma(mark.unroll, depth);
        if (EndsLine()) Indent(depth);
      } else if (mark.line_indent >= 0) {
        out_ += '\n';
        if (mark.unroll != 0) Pragma(mark.unroll, mark.line_indent);
        Indent(mark.line_indent);
      } else if (WantsSpace(before, i)) {
        out_ += ' ';
      }
      out_ += t.view();
      before = i;
    }
    return !first;
  }

  // Namespaces are not in the tree, so in a part of it their names are dropped; std
  // and types stay.
  bool IsNamespace(uint32_t i) {
    return tree_.kind(root_) != NodeKind::kTranslationUnit &&
           tokens_[i].kind == TokenKind::kIdentifier && i + 1 < end_ &&
           tokens_[i + 1].kind == TokenKind::kColonColon && tokens_[i].view() != "std" &&
           !IsTypeName(tokens_[i].view());
  }
  bool IsTypeName(std::string_view name) {
    if (type_names_.empty()) {
      type_names_.insert("");
      for (uint32_t i = 0; i < tree_.size(); ++i) {
        const NodeId n(i);
        const NodeKind kind = tree_.kind(n);
        const auto add = [&](NodeId named) {
          type_names_.insert(tokens_[tree_.token(named).index].view());
        };
        if (kind == NodeKind::kStruct || kind == NodeKind::kEnum || kind == NodeKind::kUsing) {
          add(n);
        }
        if (kind != NodeKind::kTypedef) continue;
        for (NodeId c = tree_.LastChild(n); c.valid(); c = tree_.PrevSibling(n, c)) {
          if (tree_.kind(c) == NodeKind::kDeclarator) add(c);
        }
      }
    }
    return type_names_.count(name) != 0;
  }

  bool WantsSpace(uint32_t before_index, uint32_t i) {
    const Token& before = tokens_[before_index];
    const Token& t = tokens_[i];
    const uint8_t left = At(before_index).space;
    const uint8_t right = At(i).space;
    if (Glues(before.view(), t.view())) return true;
    if ((left & Mark::kTightAfter) != 0 || (right & Mark::kTightBefore) != 0) return false;
    if ((left & Mark::kSpaceAfter) != 0 || (right & Mark::kSpaceBefore) != 0) return true;
    return KindsWantSpace(before.kind, t.kind);
  }

  void Indent(int depth) { out_.append(static_cast<size_t>(depth) * 2, ' '); }
  void Pragma(uint32_t unroll, int) {
    out_ +=
        unroll == 0xffff ? "#pragma unroll\n" : "#pragma unroll " + std::to_string(unroll) + "\n";
  }

  const Tree& tree_;
  const Vec<Token>& tokens_;
  NodeId root_;
  uint32_t first_;
  uint32_t begin_;
  uint32_t end_;
  std::vector<Mark> marks_;
  std::vector<int> depth_;
  std::string out_;
  std::set<std::string_view> type_names_;  // of the program, once they are asked for
};

}  // namespace

std::string Unparse(const Tree& tree, const Vec<Token>& tokens, NodeId node, int indent) {
  return Unparser(tree, tokens, node, indent).Run();
}

std::string Unparse(const Tree& tree, const Vec<Token>& tokens) {
  return tree.size() == 0 ? std::string() : Unparse(tree, tokens, tree.root());
}

std::string SpellTokens(const Vec<Token>& tokens, TokenId begin, TokenId end) {
  std::string out;
  for (uint32_t i = begin.index; i < end.index; ++i) {
    const Token& t = tokens[i];
    if (i > begin.index &&
        ((t.flags & token_flag::kSpaceBefore) != 0 || Glues(tokens[i - 1].view(), t.view()))) {
      out += ' ';
    }
    out += t.view();
  }
  return out;
}

}  // namespace ws::front
