// device-clean
//
// Declarators: names with pointers, references, array bounds and initialisers around them.
#include "front/parser.h"

namespace ws::front {

using diag::Kind;

// Reads * and & with their qualifiers.
WS_HD void Parser::ReadPointerOps() {
  for (;;) {
    const uint32_t token = pos_;
    if (Kind() == TokenKind::kStar) {
      Advance();
      uint32_t quals = 0;
      for (bool more = true; more;) {
        switch (Kind()) {
          case TokenKind::kConst:
            quals |= qualifier::kConst;
            break;
          case TokenKind::kVolatile:
            quals |= qualifier::kVolatile;
            break;
          case TokenKind::kRestrict:
          case TokenKind::kRestrict2:
            quals |= qualifier::kRestrict;
            break;
          default:
            more = false;
            break;
        }
        if (more) Advance();
      }
      Add(NodeKind::kPtrOp, token, quals, tree_->size(), token);
    } else if (Kind() == TokenKind::kAnd || Kind() == TokenKind::kAndAnd) {
      AddLeaf(NodeKind::kRefOp, Kind() == TokenKind::kAndAnd);
      while (Kind() == TokenKind::kRestrict || Kind() == TokenKind::kRestrict2) Advance();
    } else {
      return;
    }
  }
}

WS_HD void Parser::StartDeclarator(Context context, uint32_t first, uint32_t begin) {
  Push({.st = St::kDeclarator,
        .precedence = static_cast<uint8_t>(context),
        .first = first,
        .begin = begin});
}

WS_HD void Parser::StepDeclarator() {
  ReadPointerOps();
  Top().st = St::kDeclaratorName;
}

// The name, or a declarator in parentheses around it. The latter is passed over here and read when
// the array bounds behind it are done, because they apply first; `extra` keeps where it is.
WS_HD void Parser::StepDeclaratorName() {
  State& s = Top();
  const auto context = static_cast<Context>(s.precedence);
  s.token = pos_;
  s.st = St::kDeclaratorArray;
  s.extra = 0;
  const TokenKind inner = KindAt(pos_ + 1);
  if (Kind() == TokenKind::kLeftParen &&
      (inner == TokenKind::kStar || inner == TokenKind::kAnd || inner == TokenKind::kAndAnd)) {
    s.extra = pos_ + 1;
    pos_ = SkipBalanced(pos_);
    if (Kind() == TokenKind::kLeftParen) StartFunctionOp();
    return;
  }
  if (context == Context::kTypeId) {
    const St below = stack_[stack_.size() - 2].st;
    const bool whole = below == St::kUsingEnd || below == St::kAliasTemplateEnd;
    if (whole && Kind() == TokenKind::kLeftParen) StartFunctionOp();
    return;
  }
  if (Kind() == TokenKind::kIdentifier && (s.flags & kTemplate) != 0) {
    s.flags = 0;
    Advance();
    if (Kind() == TokenKind::kLess) StartTemplateArgs();
    return;
  }
  if (Kind() == TokenKind::kIdentifier) {
    ReadDeclaredName(context);
    const bool of_function = context == Context::kTypedef || context == Context::kParam;
    if (of_function && Kind() == TokenKind::kLeftParen) StartFunctionOp();
  } else if (context == Context::kVariable || context == Context::kTypedef) {
    if (Kind() == TokenKind::kLeftBracket && context == Context::kVariable &&
        specs_.type == BuiltinType::kAuto) {
      return ReadBindings();
    }
    if (Kind() == TokenKind::kOperator) return FailUnsupported(pos_, "an operator function");
    return FailExpected("a name");
  }
}

// The name that the declarator declares; those in a function's type declare nothing.
WS_HD void Parser::ReadDeclaredName(Context context) {
  if (context != Context::kFunctionParam) {
    Declare(At(pos_).name, context == Context::kTypedef ? Meaning::kType : Meaning::kOrdinary);
  }
  Advance();
}

// --- the parameters of a function's type: float (*f)(float, int), of which only the types count

WS_HD void Parser::StartFunctionOp() {
  Push({.st = St::kFunctionOp, .first = tree_->size(), .begin = pos_, .token = pos_});
  Advance();
}

// Before a parameter, or behind one.
WS_HD void Parser::StepFunctionOp() {
  const bool fresh = pos_ == Top().begin + 1;
  if (fresh && Kind() == TokenKind::kVoid && KindAt(pos_ + 1) == TokenKind::kRightParen) Advance();
  if (Take(TokenKind::kRightParen)) {
    while (Kind() == TokenKind::kNoexcept) Advance();
    return Finish(NodeKind::kFunctionOp);
  }
  if (!fresh && !Take(TokenKind::kComma)) return FailExpected("',' or ')'");
  if (Kind() == TokenKind::kEllipsis) return FailUnsupported(pos_, "a variadic function");
  Push({.st = St::kFunctionOpParam, .first = tree_->size(), .begin = pos_});
  StartSpecs();
}

WS_HD void Parser::StepFunctionOpParam() {
  const State s = Top();
  Pop();
  StartDeclarator(Context::kFunctionParam, s.first, s.begin);
}

// auto [a, b] = value: the names.
WS_HD void Parser::ReadBindings() {
  Top().st = St::kDeclaratorInit;
  do {
    Advance();
    if (Kind() != TokenKind::kIdentifier) return FailExpected("a name");
    Declare(At(pos_).name, Meaning::kOrdinary);
    AddLeaf(NodeKind::kBinding);
  } while (Kind() == TokenKind::kComma);
  Expect(TokenKind::kRightBracket, "']'");
}

WS_HD void Parser::StepDeclaratorArray() {
  State& s = Top();
  if (s.data != 0) {  // behind a bound
    const uint32_t first = s.data - 1;
    const uint32_t open = tree_->begin_token(NodeId(tree_->size() - 1)).index - 1;
    s.data = 0;
    if (!Expect(TokenKind::kRightBracket, "']'")) return;
    Add(NodeKind::kArrayOp, open, 0, first, open);
  }
  if (Kind() == TokenKind::kLeftBracket) {
    if (KindAt(pos_ + 1) == TokenKind::kRightBracket) {
      const uint32_t open = pos_;
      pos_ += 2;
      Add(NodeKind::kArrayOp, open, 0, tree_->size(), open);
      return;
    }
    Advance();
    s.data = tree_->size() + 1;
    return PushExpr(kConditionalPrec);
  }
  if (s.extra != 0) {
    const uint32_t behind = pos_;
    pos_ = s.extra;
    s.extra = behind;
    ReadPointerOps();
    Top().token = pos_;
    const auto context = static_cast<Context>(s.precedence);
    if (context != Context::kTypeId && Kind() == TokenKind::kIdentifier) {
      ReadDeclaredName(context);
    } else if (context == Context::kVariable || context == Context::kTypedef) {
      return FailExpected("a name");
    }
    s.st = St::kDeclaratorInner;
    return;
  }
  s.st = St::kDeclaratorInit;
}

// Array bounds inside the parentheses of a declarator.
WS_HD void Parser::StepDeclaratorInner() {
  State& s = Top();
  if (s.data != 0) {
    const uint32_t first = s.data - 1;
    const uint32_t open = tree_->begin_token(NodeId(tree_->size() - 1)).index - 1;
    s.data = 0;
    if (!Expect(TokenKind::kRightBracket, "']'")) return;
    Add(NodeKind::kArrayOp, open, 0, first, open);
  }
  if (Take(TokenKind::kLeftBracket)) {
    s.data = tree_->size() + 1;
    return PushExpr(kConditionalPrec);
  }
  if (Kind() == TokenKind::kLeftParen) {
    return FailUnsupported(pos_, "a function that returns a pointer to a function");
  }
  if (!Expect(TokenKind::kRightParen, "')' of the declarator")) return;
  pos_ = s.extra;
  s.st = St::kDeclaratorInit;
}

WS_HD void Parser::StepDeclaratorInit() {
  State& s = Top();
  const auto context = static_cast<Context>(s.precedence);
  if (context == Context::kTypeId || context == Context::kFunctionParam) {
    return Finish(NodeKind::kTypeId);
  }
  s.st = St::kDeclaratorEnd;
  s.data = 0;
  if (context == Context::kTypedef) return;
  if (Kind() == TokenKind::kEqual) {
    s.data = tree_->size() + 1;
    s.extra = pos_;
    Advance();
    return PushInitializer(context == Context::kTemplateValue ? kNoGreater : 0);
  }
  if (context != Context::kVariable) return;
  if (Kind() == TokenKind::kLeftBrace) return PushInitializer();
  if (Kind() != TokenKind::kLeftParen) return;
  Push({.st = St::kInitParen, .first = tree_->size(), .begin = pos_, .token = pos_});
  Advance();
  if (Take(TokenKind::kRightParen)) return Finish(NodeKind::kInitParen);
  PushInitializer();
}

WS_HD void Parser::StepInitParen() {
  if (Take(TokenKind::kComma)) return PushInitializer();
  if (Expect(TokenKind::kRightParen, "',' or ')'")) Finish(NodeKind::kInitParen);
}

WS_HD void Parser::StepDeclaratorEnd() {
  State& s = Top();
  if (s.data != 0) {
    Add(NodeKind::kInitEq, s.extra, 0, s.data - 1, s.extra);
    s.data = 0;
  }
  Finish(NodeKind::kDeclarator);
}

}  // namespace ws::front
