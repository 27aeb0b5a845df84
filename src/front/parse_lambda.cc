// device-clean
//
// Lambdas: what is captured, then a function named operator().
#include "front/operators.h"
#include "front/parser.h"

namespace ws::front {

using diag::Kind;

// The captures, before one or behind one. `extra` counts them; `data` gathers lambda_flag.
WS_HD void Parser::StepLambdaCaptures() {
  State& s = Top();
  if (Take(TokenKind::kRightBracket)) return StartLambdaFunction();
  if (s.extra++ > 0 && !Expect(TokenKind::kComma, "',' or ']'")) return;
  const TokenKind next = KindAt(pos_ + 1);
  const bool alone = next == TokenKind::kComma || next == TokenKind::kRightBracket;
  if (alone && Kind() == TokenKind::kEqual) {
    s.data |= lambda_flag::kByValue;
    return Advance();
  }
  if (alone && Kind() == TokenKind::kAnd) {
    s.data |= lambda_flag::kByReference;
    return Advance();
  }
  if (Kind() == TokenKind::kThis) {
    s.data |= lambda_flag::kThis;
    return Advance();
  }
  const uint32_t begin = pos_;
  if (Kind() == TokenKind::kStar) return FailUnsupported(begin, "a copy of *this in a lambda");
  const uint32_t by_reference = Take(TokenKind::kAnd) ? 1u : 0u;
  const uint32_t name = pos_;
  if (!Expect(TokenKind::kIdentifier, "a name to capture")) return;
  if (Kind() == TokenKind::kEllipsis) return FailUnsupported(pos_, "a parameter pack");
  if (Kind() == TokenKind::kEqual || Kind() == TokenKind::kLeftBrace) {
    const bool braced = Kind() == TokenKind::kLeftBrace;
    if (!braced) Advance();
    Push({.st = St::kLambdaInit,
          .flags = static_cast<uint8_t>(braced),
          .first = tree_->size(),
          .begin = begin,
          .token = name,
          .data = by_reference | 2});
    if (braced) Advance();
    return PushExpr(kAssignPrec);
  }
  Add(NodeKind::kCapture, name, by_reference, tree_->size(), begin);
}

WS_HD void Parser::StepLambdaInit() {
  if (Top().flags != 0 && !Expect(TokenKind::kRightBrace, "'}'")) return;
  Finish(NodeKind::kCapture);
}

// Behind the captures: parameters, if there are any, and the body.
WS_HD void Parser::StartLambdaFunction() {
  const uint32_t begin = pos_;
  Top().st = St::kLambdaEnd;
  AddMarker(NodeKind::kLambdaBegin);
  uint32_t flags = function_flag::kMember | function_flag::kConst | function_flag::kLambda;
  for (; Kind() == TokenKind::kDevice || Kind() == TokenKind::kHost; Advance()) {
    flags |= Kind() == TokenKind::kDevice ? function_flag::kDevice : function_flag::kHost;
  }
  const uint32_t first = tree_->size();
  Add(NodeKind::kTypeSpec, begin, static_cast<uint32_t>(BuiltinType::kAuto) << 8, first, begin);
  Push({.st = St::kFunctionBody,
        .flags = kScope,
        .first = first,
        .begin = begin,
        .token = begin,
        .data = flags | static_cast<uint32_t>(TokenKind::kLeftParen)
                            << function_flag::kOperatorShift});
  OpenScope();
  if (Kind() == TokenKind::kLess) {
    return FailUnsupported(pos_, "a lambda with template parameters of its own");
  }
  if (Kind() != TokenKind::kLeftParen) {
    Add(NodeKind::kParamList, begin, 0, tree_->size(), begin);
    return;
  }
  StartFunctionParams();
}

WS_HD void Parser::StepLambdaEnd() { Finish(NodeKind::kLambda); }

}  // namespace ws::front
