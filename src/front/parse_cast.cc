// device-clean
//
// Operands that hold types: casts, constructors and sizeof; and braced lists.
#include "front/parser.h"

namespace ws::front {

WS_HD void Parser::StepCStyleCast() {
  if (!Expect(TokenKind::kRightParen, "')' after the type")) return;
  if (Kind() == TokenKind::kLeftBrace) return FailUnsupported(pos_, "a compound literal");
  const State s = Top();
  Pop();
  PushPending(kUnaryPrec, Pending::kCast, Top().flags & kNoGreater, s.begin, s.first);
}

WS_HD void Parser::StepNamedCast() {
  if (!CloseAngle()) return;
  if (!Expect(TokenKind::kLeftParen, "'(' after the cast's type")) return;
  Top().st = St::kNamedCastEnd;
  PushExpr(kCommaPrec);
}

WS_HD void Parser::StepNamedCastEnd() {
  if (Expect(TokenKind::kRightParen, "')'")) Finish(NodeKind::kCast);
}

// T(...) or T{...}, the type just read.
WS_HD void Parser::StepConstructorType() {
  State& s = Top();
  if (Kind() == TokenKind::kColonColon) {  // decltype(x)::name
    s.st = St::kQualifiedName;
    return;
  }
  Add(NodeKind::kTypeId, s.begin, 0, s.first, s.begin);
  const bool brace = Kind() == TokenKind::kLeftBrace;
  if (!brace && Kind() != TokenKind::kLeftParen) return FailExpected("'(' or '{' after the type");
  Advance();
  s.st = St::kConstructorArgs;
  s.data = static_cast<uint32_t>(CastKind::kFunctional);
  s.extra = static_cast<uint32_t>(brace ? TokenKind::kRightBrace : TokenKind::kRightParen);
  if (static_cast<uint32_t>(Kind()) == s.extra) {
    Advance();
    return Finish(NodeKind::kCast);
  }
  PushElement();
}

WS_HD void Parser::StepConstructorArgs() {
  const auto close = static_cast<TokenKind>(Top().extra);
  const bool brace = close == TokenKind::kRightBrace;
  if (Take(TokenKind::kComma)) {
    if (!(brace && Kind() == close)) return PushElement();
  }
  if (Expect(close, brace ? "',' or '}'" : "',' or ')'")) Finish(NodeKind::kCast);
}

// After the opening brace, or after an element.
WS_HD void Parser::StepInitList() {
  const uint32_t open = Top().token;
  const bool fresh = pos_ == open + 1;
  if (!fresh && Kind() != TokenKind::kRightBrace && !Take(TokenKind::kComma)) {
    return FailExpected("',' or '}'");
  }
  if (Take(TokenKind::kRightBrace)) return Finish(NodeKind::kInitList);
  PushElement();
}

// An element of a list, perhaps one that names its member.
WS_HD void Parser::PushElement() {
  if (Kind() == TokenKind::kDot) {
    const uint32_t begin = pos_;
    Advance();
    if (Kind() != TokenKind::kIdentifier) return FailExpected("the name of a member");
    Push({.st = St::kDesignated, .first = tree_->size(), .begin = begin, .token = pos_});
    Advance();
    if (Kind() != TokenKind::kLeftBrace && !Expect(TokenKind::kEqual, "'=' or '{'")) return;
  }
  PushInitializer();
}

WS_HD void Parser::StepDesignated() { Finish(NodeKind::kDesignated); }

WS_HD void Parser::SizeofOperand() {
  const uint32_t begin = pos_;
  const bool offset = Kind() == TokenKind::kOffsetof;
  const bool align = Kind() == TokenKind::kAlignof;
  Advance();
  if (offset) {
    if (!Expect(TokenKind::kLeftParen, "'('")) return;
    Push(
        {.st = St::kSizeofType, .first = tree_->size(), .begin = begin, .token = begin, .data = 2});
    return StartTypeId();
  }
  if (Kind() == TokenKind::kEllipsis) return FailUnsupported(begin, "sizeof...");
  if (Kind() == TokenKind::kLeftParen && IsCast(pos_)) {
    Advance();
    Push({.st = St::kSizeofType,
          .first = tree_->size(),
          .begin = begin,
          .token = begin,
          .data = align});
    return StartTypeId();
  }
  if (align) return FailExpected("a type in parentheses");
  AddMarker(NodeKind::kSizeofBegin);
  PushPending(kUnaryPrec, Pending::kSizeof, Top().flags & kNoGreater, begin, 0);
}

WS_HD void Parser::StepSizeofType() {
  if (Top().data == 2) {
    if (!Expect(TokenKind::kComma, "',' and the name of a member")) return;
    Top().token = pos_;
    if (!Expect(TokenKind::kIdentifier, "the name of a member")) return;
  }
  if (Expect(TokenKind::kRightParen, "')'")) Finish(NodeKind::kSizeofType);
}

}  // namespace ws::front
