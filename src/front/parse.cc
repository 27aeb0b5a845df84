// device-clean
//
// The parser's main loop, its stack, names in scope, and recovery from errors.
#include "front/parse.h"

#include "front/parser.h"
#include "front/words.h"

namespace ws::front {

using diag::Kind;

WS_HD void Parser::Run() {
  // A token makes hardly more than one node.
  tree_->Reserve(num_tokens_ + num_tokens_ / 2 + 16);
  Push({.st = St::kTopLevel});
  while (!stack_.empty() && !stopped()) {
    switch (stack_.back().st) {
#define WS_STATE(name) \
  case St::k##name:    \
    Step##name();      \
    break;
      WS_PARSER_STATES(WS_STATE)
#undef WS_STATE
    }
    if (sink_->list().size() >= diag::Sink::kLimit) given_up_ = true;
  }
  if (!stack_.empty()) {
    while (!stack_.empty()) Pop();
    Add(NodeKind::kTranslationUnit, 0, 0, 0, 0);
  }
}

WS_HD void Parser::GiveUp() {
  if (!given_up_) sink_->Report(diag::Kind::kNestedTooDeep, At(pos_).loc, 1, kMaxNesting);
  given_up_ = true;
  tree_->is_cut_short = true;
}

WS_HD void Parser::Finish(NodeKind kind) {
  const State& s = stack_.back();  // stays readable until something is pushed
  Pop();
  LinkMarkers(Add(kind, s.token, s.data, s.first, s.begin));
}

// Tells the markers among the children of a control construct which node they belong to.
WS_HD void Parser::LinkMarkers(NodeId node) {
  switch (tree_->kind(node)) {
    case NodeKind::kIf:
    case NodeKind::kWhile:
    case NodeKind::kDo:
    case NodeKind::kFor:
    case NodeKind::kRangeFor:
    case NodeKind::kSwitch:
    case NodeKind::kTry:
    case NodeKind::kCatch:
    case NodeKind::kConditional:
    case NodeKind::kStruct:
    case NodeKind::kEnum:
    case NodeKind::kLambda:
      break;
    default:
      return;
  }
  for (NodeId c = tree_->LastChild(node); c.valid(); c = tree_->PrevSibling(node, c)) {
    switch (tree_->kind(c)) {
      case NodeKind::kIfThen:
      case NodeKind::kIfElse:
      case NodeKind::kWhileBegin:
      case NodeKind::kWhileBody:
      case NodeKind::kDoBegin:
      case NodeKind::kDoCond:
      case NodeKind::kForCond:
      case NodeKind::kForStep:
      case NodeKind::kForBody:
      case NodeKind::kRangeBody:
      case NodeKind::kSwitchBody:
      case NodeKind::kTryBegin:
      case NodeKind::kCatchBegin:
      case NodeKind::kConditionalThen:
      case NodeKind::kConditionalElse:
      case NodeKind::kStructBegin:
      case NodeKind::kLambdaBegin:
      case NodeKind::kEnumBegin:
        tree_->SetData(c, node.index);
        break;
      default:
        break;
    }
  }
}

// --- names

WS_HD void Parser::OpenScope() { scopes_.push_back(undo_.size()); }

WS_HD void Parser::CloseScope() {
  const uint32_t keep = scopes_.back();
  scopes_.pop_back();
  while (undo_.size() > keep) {
    names_->SetMeaning(undo_.back().name, undo_.back().meaning);
    undo_.pop_back();
  }
  while (!struct_scopes_.empty() && struct_scopes_.back().depth > scopes_.size()) {
    struct_scopes_.pop_back();
  }
}

WS_HD void Parser::Declare(NameId name, Meaning meaning) {
  if ((meaning == Meaning::kType || meaning == Meaning::kTypeTemplate) && name.valid() &&
      !struct_scopes_.empty() && struct_scopes_.back().depth == scopes_.size()) {
    nested_types_.push_back({struct_scopes_.back().name, name, meaning});
  }
  if (!name.valid() || names_->meaning(name) == meaning) return;
  undo_.push_back({name, names_->meaning(name)});
  names_->SetMeaning(name, meaning);
}

// --- tokens

// Only brackets of the kind at i count. What is in parentheses or square brackets ends where a
// statement ends, if they are not closed.
WS_HD uint32_t Parser::SkipBalanced(uint32_t i) const {
  const TokenKind open = KindAt(i);
  const bool brace = open == TokenKind::kLeftBrace;
  const TokenKind close = brace                             ? TokenKind::kRightBrace
                          : open == TokenKind::kLeftParen   ? TokenKind::kRightParen
                          : open == TokenKind::kLeftBracket ? TokenKind::kRightBracket
                                                            : TokenKind::kEof;
  if (close == TokenKind::kEof) return i;
  uint32_t depth = 0;
  for (;; ++i) {
    const TokenKind kind = KindAt(i);
    if (kind == open) {
      ++depth;
    } else if (kind == close) {
      if (--depth == 0) return i + 1;
    } else if (kind == TokenKind::kEof) {
      return i < num_tokens_ ? i : num_tokens_ - 1;
    } else if (!brace && (kind == TokenKind::kSemicolon || kind == TokenKind::kRightBrace)) {
      return i;
    }
  }
}

WS_HD bool Parser::Expect(TokenKind kind, const char* what) {
  if (Kind() == kind && split_ == 0) {
    Advance();
    return true;
  }
  FailExpected(what);
  return false;
}

// A forgotten semicolon at the end of a line is reported there, and parsing goes on.
WS_HD bool Parser::ExpectSemicolon(const char* after) {
  if (Take(TokenKind::kSemicolon)) return true;
  const Token& found = At(pos_);
  const bool goes_on = (found.flags & token_flag::kLineStart) != 0 ||
                       found.kind == TokenKind::kRightBrace || found.kind == TokenKind::kEof;
  if (goes_on && pos_ > 0) {
    const Token& before = At(pos_ - 1);
    sink_->Report(Kind::kExpectedAfter, before.loc_end.valid() ? before.loc_end : found.loc, 1,
                  "';'", after, Found(pos_));
    return true;
  }
  Fail(Kind::kExpected, pos_, "';'", Found(pos_));
  return false;
}

WS_HD bool Parser::CloseAngle() {
  const TokenKind kind = Kind();
  const uint32_t length = kind == TokenKind::kGreater          ? 1
                          : kind == TokenKind::kGreaterGreater ? 2
                          : kind == TokenKind::kLaunchClose    ? 3
                                                               : 0;
  if (length == 0) {
    FailExpected("'>' at the end of the template arguments");
    return false;
  }
  if (++split_ == length) {
    split_ = 0;
    Advance();
  }
  return true;
}

WS_HD bool Parser::CloseLaunch() {
  for (uint32_t i = 0; i < 3; ++i) {
    const TokenKind kind = Kind();
    if (kind != TokenKind::kLaunchClose && kind != TokenKind::kGreaterGreater &&
        kind != TokenKind::kGreater) {
      FailExpected("'>>>' at the end of the launch configuration");
      return false;
    }
    CloseAngle();
  }
  return true;
}

// --- errors

WS_HD std::string_view Parser::Found(uint32_t at) {
  const Token& t = At(at);
  if (t.kind == TokenKind::kEof) return "the end of the file";
  if (t.kind == TokenKind::kPragmaUnroll) return "#pragma unroll";
  constexpr uint32_t kLongest = 40;
  const uint32_t length = t.length < kLongest ? t.length : kLongest;
  char* text = static_cast<char*>(arena_->Allocate(length + 2));
  if (text == nullptr) return {};
  text[0] = '\'';
  memcpy(text + 1, t.text, length);
  text[length + 1] = '\'';
  return {text, length + 2};
}

WS_HD void Parser::Report(diag::Kind kind, uint32_t at, diag::Arg a, diag::Arg b) {
  const Token& t = At(at);
  const uint32_t length = t.loc_end.offset - t.loc.offset;
  sink_->Report(kind, t.loc, length < 80 ? length : 1, a, b);
}

WS_HD void Parser::Fail(diag::Kind kind, uint32_t at, diag::Arg a, diag::Arg b) {
  Report(kind, at, a, b);
  Recover(at);
}

WS_HD void Parser::FailExpected(const char* what) {
  Fail(Kind::kExpected, pos_, what, Found(pos_));
}

WS_HD void Parser::FailUnsupported(uint32_t at, const char* what) {
  Fail(Kind::kUnsupported, at, what);
}

// The name that a declaration which begins at token `at` seems to declare, whatever its type is; 0
// if it does not look like one.
WS_HD uint32_t Parser::NameBehindType(uint32_t at) const {
  uint32_t i = at;
  const auto is = [&](TokenKind kind) { return KindAt(i) == kind; };
  while (is(TokenKind::kConst) || is(TokenKind::kStatic) || is(TokenKind::kConstexpr)) ++i;
  if (is(TokenKind::kColonColon)) ++i;
  if (!is(TokenKind::kIdentifier)) return 0;
  ++i;
  while (is(TokenKind::kColonColon) && KindAt(i + 1) == TokenKind::kIdentifier) i += 2;
  if (is(TokenKind::kLess)) {
    for (int depth = 0; depth > 0 || is(TokenKind::kLess); ++i) {
      if (is(TokenKind::kLess)) ++depth;
      if (is(TokenKind::kGreater)) --depth;
      if (is(TokenKind::kGreaterGreater)) depth -= 2;
      if (is(TokenKind::kSemicolon) || is(TokenKind::kLeftBrace) || is(TokenKind::kEof)) return 0;
    }
  }
  while (is(TokenKind::kStar) || is(TokenKind::kAnd) || is(TokenKind::kConst)) ++i;
  if (!is(TokenKind::kIdentifier)) return 0;
  switch (KindAt(i + 1)) {
    case TokenKind::kSemicolon:
    case TokenKind::kEqual:
    case TokenKind::kComma:
    case TokenKind::kLeftParen:
    case TokenKind::kLeftBrace:
    case TokenKind::kLeftBracket:
      return i;
    default:
      return 0;
  }
}

// Cuts the stack back to the innermost list of statements or declarations, passes over the broken
// one and leaves an Error node for it. What it declares is declared all the same, so that one
// mistake is told once.
WS_HD void Parser::Recover(uint32_t error) {
  split_ = 0;
  uint32_t name = 0;
  while (Top().st != St::kCompound && Top().st != St::kTopLevel && Top().st != St::kStruct) {
    const State& s = Top();
    const bool named = s.st == St::kDeclaratorArray || s.st == St::kDeclaratorInner ||
                       s.st == St::kDeclaratorInit || s.st == St::kDeclaratorEnd;
    if (named && static_cast<Context>(s.precedence) == Context::kVariable &&
        KindAt(s.token) == TokenKind::kIdentifier) {
      name = s.token;
    }
    Pop();
  }
  if (name == 0) {
    name = NameBehindType(Top().extra);
    if (name != 0) Declare(At(name).name, Meaning::kOrdinary);
  }
  const bool statement = Top().st != St::kTopLevel;  // members end as statements do
  // A list keeps where its current element began.
  const uint32_t first = Top().data;
  const uint32_t begin = Top().extra;
  if (error < begin) error = begin;
  pos_ = statement ? SyncStatement(begin, error) : SyncTopLevel(begin, error);
  if (pos_ >= num_tokens_) pos_ = num_tokens_ - 1;
  Add(NodeKind::kError, name != 0 ? name : begin, name != 0,
      first < tree_->size() ? first : tree_->size(), begin);
}

WS_HD uint32_t Parser::SyncStatement(uint32_t begin, uint32_t error) const {
  const bool is_for = KindAt(begin) == TokenKind::kFor;
  bool control = is_for;
  switch (KindAt(begin)) {
    case TokenKind::kIf:
    case TokenKind::kWhile:
    case TokenKind::kSwitch:
    case TokenKind::kDo:
    case TokenKind::kElse:
    case TokenKind::kPragmaUnroll:
      control = true;
      break;
    default:
      break;
  }
  uint32_t depth = 0;
  uint32_t braces = 0;  // open ones that hold the error
  for (uint32_t i = begin;; ++i) {
    switch (KindAt(i)) {
      case TokenKind::kEof:
        return i;
      case TokenKind::kRightBrace:
        if (braces > 0) {
          --braces;
        } else if (i >= error) {
          return i;
        }
        break;
      case TokenKind::kLeftBrace: {
        if (control && i > begin && (i == error || (depth == 0 && i > error))) return i;
        const uint32_t behind = SkipBalanced(i);
        if (i < error && behind > error) {
          ++braces;
          break;
        }
        i = behind - 1;
        // A block that ends its line ends the statement too, unless it goes on as try does.
        if (behind > error && depth == 0 && braces == 0 &&
            (At(behind).flags & token_flag::kLineStart) != 0 &&
            KindAt(behind) != TokenKind::kSemicolon && KindAt(behind) != TokenKind::kCatch) {
          return behind;
        }
        break;
      }
      case TokenKind::kLeftParen:
      case TokenKind::kLeftBracket:
        ++depth;
        break;
      case TokenKind::kRightParen:
      case TokenKind::kRightBracket:
        if (depth > 0) --depth;
        break;
      case TokenKind::kSemicolon:
        if (i >= error && !(is_for && depth > 0)) return i + 1;
        break;
      case TokenKind::kIf:
      case TokenKind::kFor:
      case TokenKind::kWhile:
      case TokenKind::kReturn:
      case TokenKind::kSwitch:
        // A statement that begins on a line of its own.
        if (i > error && (At(i).flags & token_flag::kLineStart) != 0) return i;
        break;
      default:
        break;
    }
  }
}

WS_HD uint32_t Parser::SyncTopLevel(uint32_t begin, uint32_t error) const {
  for (uint32_t i = begin;; ++i) {
    switch (KindAt(i)) {
      case TokenKind::kEof:
        return i;
      case TokenKind::kRightBrace:
        if (i >= error) return i + 1;
        break;
      case TokenKind::kLeftBrace: {
        const uint32_t behind = SkipBalanced(i);
        if (behind <= error) {
          i = behind - 1;
          break;
        }
        return KindAt(behind) == TokenKind::kSemicolon ? behind + 1 : behind;
      }
      case TokenKind::kSemicolon:
        if (i >= error) return i + 1;
        break;
      case TokenKind::kGlobal:
      case TokenKind::kDevice:
      case TokenKind::kTemplate:
      case TokenKind::kVoid:
      case TokenKind::kStatic:
      case TokenKind::kExtern:
        if (i > error && (At(i).flags & token_flag::kLineStart) != 0) return i;
        break;
      default:
        break;
    }
  }
}

WS_HD bool Parse(Arena& arena, const Vec<Token>& tokens, Names& names, diag::Sink& sink, Tree& tree,
                 bool host_only) {
  const uint32_t errors = sink.errors();
  if (!tokens.empty() && !arena.failed()) {
    Parser(arena, tokens, names, sink, tree, host_only).Run();
    if (arena.failed()) sink.Report(Kind::kProgramTooLarge, {}, 1, "memory is used up");
  }
  return sink.errors() == errors && !arena.failed() && tree.size() > 0;
}

}  // namespace ws::front
