// device-clean
//
// Statements.
#include "front/literal.h"
#include "front/parser.h"

namespace ws::front {

using diag::Kind;

// The list of statements of a block. `data` and `extra` keep where the current one began.
WS_HD void Parser::StepCompound() {
  State& s = Top();
  if ((s.flags & kScope) == 0) {
    s.flags |= kScope;
    OpenScope();
  }
  s.data = tree_->size();
  s.extra = pos_;
  if (Kind() == TokenKind::kRightBrace) {
    Advance();
    s.data = 0;
    return Finish(NodeKind::kCompound);
  }
  if (Kind() == TokenKind::kEof) {
    Report(Kind::kUnclosedBracket, s.token, "'{'");
    s.data = 0;
    return Finish(NodeKind::kCompound);
  }
  ReadStatement();
}

WS_HD void Parser::StepStatement() {
  stack_.pop_back();
  ReadStatement();
}

// Begins a statement of the construct on top.
WS_HD void Parser::ReadStatement() {
  // Attributes of statements say nothing about what is computed.
  while (Kind() == TokenKind::kLeftBracket && KindAt(pos_ + 1) == TokenKind::kLeftBracket &&
         (IsWord(pos_ + 2, "likely") || IsWord(pos_ + 2, "unlikely") ||
          IsWord(pos_ + 2, "fallthrough"))) {
    pos_ = SkipBalanced(pos_);
  }
  switch (Kind()) {
    case TokenKind::kLeftBrace:
      Push({.st = St::kCompound, .first = tree_->size(), .begin = pos_, .token = pos_});
      Advance();
      return;
    case TokenKind::kSemicolon:
      AddLeaf(NodeKind::kEmptyStmt);
      return;
    case TokenKind::kPragmaUnroll:
      return ReadUnroll();
    case TokenKind::kFor:
      return StartFor(0);
    case TokenKind::kIdentifier:
      break;
    default:
      if (StartKeywordStatement() || UnsupportedStatement()) return;
      break;
  }
  if (Kind() == TokenKind::kIdentifier && KindAt(pos_ + 1) == TokenKind::kColon) {
    if (StartLabel()) return;
    const uint32_t token = pos_;
    pos_ += 2;
    Add(NodeKind::kLabel, token, 0, tree_->size(), token);
    return;
  }
  bool declaration = IsDeclarationStart(pos_);
  const bool keyed = Kind() == TokenKind::kStruct || Kind() == TokenKind::kClass ||
                     Kind() == TokenKind::kEnum || Kind() == TokenKind::kUnion;
  if (declaration && !keyed && IsTypeStart(pos_)) {
    // T(x) and T{x} are expressions; T (*p)[n] and T (&r)[n] are declarations.
    const uint32_t behind = SkipType(pos_);
    const TokenKind next = KindAt(behind);
    const TokenKind second = KindAt(behind + 1);
    if (next == TokenKind::kLeftBrace) declaration = false;
    if (next == TokenKind::kLeftParen && second != TokenKind::kStar && second != TokenKind::kAnd) {
      declaration = false;
    }
  }
  if (declaration || LooksLikeUnknownType(pos_)) return StartVarDecl();
  Push({.st = St::kExprStmt, .first = tree_->size(), .begin = pos_, .token = pos_});
  PushExpr(kCommaPrec);
  StepOperand();
}

WS_HD void Parser::StepExprStmt() {
  if (ExpectSemicolon("the expression")) Finish(NodeKind::kExprStmt);
}

// A statement of a keyword alone, or with what stands behind it.
WS_HD void Parser::Simple(NodeKind kind, const char* after) {
  const uint32_t token = pos_;
  Advance();
  if (ExpectSemicolon(after)) Add(kind, token, 0, tree_->size(), token);
}

WS_HD bool Parser::StartKeywordStatement() {
  const uint32_t token = pos_;
  const uint32_t first = tree_->size();
  // Pushes the state and reads the parenthesis before its condition.
  const auto condition = [&](St st, uint32_t data) {
    Push({.st = st, .first = first, .begin = token, .token = token, .data = data});
    if (Expect(TokenKind::kLeftParen, "'('")) StartCondition();
  };
  switch (Kind()) {
    case TokenKind::kIf: {
      Advance();
      const bool is_constexpr = Take(TokenKind::kConstexpr);
      condition(St::kIfCond, is_constexpr);
      return true;
    }
    case TokenKind::kWhile:
      AddMarker(NodeKind::kWhileBegin);
      Advance();
      condition(St::kWhileCond, 0);
      return true;
    case TokenKind::kDo:
      AddMarker(NodeKind::kDoBegin);
      Advance();
      Push({.st = St::kDoBody, .first = first, .begin = token, .token = token});
      PushStatement();
      return true;
    case TokenKind::kSwitch:
      Advance();
      condition(St::kSwitchCond, 0);
      return true;
    case TokenKind::kCase:
      if (StartLabel()) return true;
      Advance();
      Push({.st = St::kCase, .first = first, .begin = token, .token = token});
      PushExpr(kConditionalPrec);
      return true;
    case TokenKind::kDefault:
      if (StartLabel()) return true;
      Advance();
      if (Expect(TokenKind::kColon, "':' after default")) {
        Add(NodeKind::kDefault, token, 0, first, token);
      }
      return true;
    case TokenKind::kBreak:
      Simple(NodeKind::kBreak, "break");
      return true;
    case TokenKind::kContinue:
      Simple(NodeKind::kContinue, "continue");
      return true;
    case TokenKind::kReturn:
      Advance();
      if (Kind() == TokenKind::kSemicolon) {
        Advance();
        Add(NodeKind::kReturn, token, 0, first, token);
        return true;
      }
      Push({.st = St::kReturn, .first = first, .begin = token, .token = token});
      if (Kind() == TokenKind::kLeftBrace) {
        PushInitializer();
      } else {
        PushExpr(kCommaPrec);
      }
      return true;
    case TokenKind::kThrow:
      Push({.st = St::kThrow, .first = first, .begin = token, .token = token});
      Advance();
      if (Kind() != TokenKind::kSemicolon) PushExpr(kCommaPrec);
      return true;
    case TokenKind::kTry:
      StartTry();
      return true;
    case TokenKind::kGoto: {
      Advance();
      const uint32_t label = pos_;
      if (!Expect(TokenKind::kIdentifier, "a label")) return true;
      if (ExpectSemicolon("goto")) Add(NodeKind::kGoto, label, 0, first, token);
      return true;
    }
    case TokenKind::kTypedef:
      Push({.st = St::kTypedefAfterSpecs, .first = first, .begin = token, .token = token});
      Advance();
      StartSpecs();
      return true;
    case TokenKind::kUsing:
      StartUsing(false);
      return true;
    case TokenKind::kNamespace: {
      // An alias is known by its name in the whole namespace, and a namespace by it here.
      if (KindAt(pos_ + 1) != TokenKind::kIdentifier || KindAt(pos_ + 2) != TokenKind::kEqual) {
        return false;
      }
      const uint32_t alias = pos_ + 1;
      pos_ += 3;
      const uint32_t target = ReadSpacePath();
      const uint32_t known = tree_->spaces.Find(At(alias).name, tree_->spaces.current(), false);
      if (known != Spaces::kNone && known != target) {
        FailUnsupported(alias, "a namespace alias that is another namespace elsewhere");
        return true;
      }
      Declare(At(alias).name, target != Spaces::kNone ? Meaning::kNamespace : Meaning::kOrdinary);
      if (target != Spaces::kNone && known == Spaces::kNone) {
        tree_->spaces.AddAlias(At(alias).name, target);
      }
      if (ExpectSemicolon("the namespace alias")) {
        Add(NodeKind::kEmptyStmt, token, 0, first, token);
      }
      return true;
    }
    case TokenKind::kExtern: {
      // extern void f(int); in a function: what it declares has to be seen outside of it too.
      uint32_t open = pos_ + 1;
      while (KindAt(open) != TokenKind::kLeftParen && KindAt(open) != TokenKind::kSemicolon &&
             KindAt(open) != TokenKind::kLeftBracket && KindAt(open) != TokenKind::kEof) {
        ++open;
      }
      const uint32_t behind = KindAt(open) == TokenKind::kLeftParen ? SkipBalanced(open) : 0;
      if (behind == 0 || KindAt(open - 1) != TokenKind::kIdentifier ||
          KindAt(behind) != TokenKind::kSemicolon) {
        return false;
      }
      pos_ = behind + 1;
      Add(NodeKind::kEmptyStmt, token, 0, first, token);
      return true;
    }
    case TokenKind::kStaticAssert:
      StartStaticAssert();
      return true;
    case TokenKind::kAsm:
    case TokenKind::kAsm2:
      StartAsm();
      return true;
    default:
      return false;
  }
}

WS_HD bool Parser::UnsupportedStatement() {
  const char* what = nullptr;
  switch (Kind()) {
    case TokenKind::kNamespace:
      what = "a namespace in a function";
      break;
    case TokenKind::kTemplate:
      what = "a template inside a function";
      break;
    case TokenKind::kCoReturn:
      what = "a coroutine";
      break;
    case TokenKind::kElse:
      Fail(Kind::kExpected, pos_, "a statement", "'else' without if");
      return true;
    case TokenKind::kCatch:
      Fail(Kind::kExpected, pos_, "a statement", "'catch' without try");
      return true;
    default:
      return false;
  }
  FailUnsupported(pos_, what);
  return true;
}

// #pragma unroll with its argument. What is no number asks for complete unrolling.
WS_HD void Parser::ReadUnroll() {
  constexpr uint32_t kComplete = 0xffff;
  const uint32_t pragma = pos_;
  uint32_t unroll = SameText(At(pos_).view(), "nounroll") ? 1 : kComplete;
  for (Advance(); Kind() != TokenKind::kPragmaEnd && Kind() != TokenKind::kEof; Advance()) {
    if (Kind() != TokenKind::kIntNumber) continue;
    const IntegerValue v = ParseIntegerLiteral(At(pos_).view());
    unroll = v.problem != nullptr || v.value >= kComplete ? kComplete
             : v.value == 0                               ? 1
                                                          : static_cast<uint32_t>(v.value);
  }
  Advance();
  switch (Kind()) {
    case TokenKind::kFor:
      return StartFor(unroll);
    case TokenKind::kWhile:
    case TokenKind::kDo:
      break;
    default:
      Report(Kind::kMisplacedPragma, pragma);
      if (Kind() == TokenKind::kRightBrace && Top().st == St::kCompound) return;
      break;
  }
  PushStatement();
}

WS_HD void Parser::StepCase() {
  if (Expect(TokenKind::kColon, "':' after the case value")) Finish(NodeKind::kCase);
}

WS_HD void Parser::StepReturn() {
  if (ExpectSemicolon("the returned value")) Finish(NodeKind::kReturn);
}

}  // namespace ws::front
