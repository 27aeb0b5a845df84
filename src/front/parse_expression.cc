// device-clean
//
// Expressions: operator precedence over a stack of Expr states. Each holds the weakest precedence
// that belongs to it and the operator to its left that waits for its result.
#include "front/parser.h"

namespace ws::front {

using diag::Kind;

WS_HD void Parser::PushExpr(uint8_t precedence, uint8_t flags) {
  Push({.st = St::kOperand,
        .precedence = precedence,
        .flags = flags,
        .first = tree_->size(),
        .begin = pos_});
}

WS_HD void Parser::PushPending(uint8_t precedence, Pending pending, uint8_t flags, uint32_t token,
                               uint32_t data) {
  Push({.st = St::kOperand,
        .precedence = precedence,
        .pending = pending,
        .flags = flags,
        .first = tree_->size(),
        .begin = pos_,
        .token = token,
        .data = data});
}

// An initialiser: an expression without commas, or a braced list.
WS_HD void Parser::PushInitializer(uint8_t flags) {
  if (Kind() == TokenKind::kLeftBrace) {
    Push({.st = St::kInitList, .first = tree_->size(), .begin = pos_, .token = pos_});
    Advance();
  } else {
    PushExpr(kAssignPrec, flags);
  }
}

// What each kind of token is behind an operand.
struct Parser::InfixTable {
  Infix of[static_cast<size_t>(TokenKind::kCount)] = {};

  WS_HD constexpr InfixTable() {
    const auto set = [&](TokenKind kind, Infix infix) { of[static_cast<size_t>(kind)] = infix; };
    const auto binary = [&](TokenKind kind, uint8_t precedence, BinaryOp op) {
      set(kind, {precedence, Pending::kBinary, op});
    };
    const auto assign = [&](TokenKind kind, BinaryOp op) {
      set(kind, {kAssignPrec, Pending::kAssign, op});
    };
    using K = TokenKind;
    for (const K postfix : {K::kLeftParen, K::kLeftBracket, K::kDot, K::kArrow, K::kPlusPlus,
                            K::kMinusMinus, K::kLaunchOpen}) {
      set(postfix, {kPostfixPrec, Pending::kNone, BinaryOp::kNoOp});
    }
    binary(K::kComma, kCommaPrec, BinaryOp::kComma);
    assign(K::kEqual, BinaryOp::kNoOp);
    assign(K::kStarEqual, BinaryOp::kMul);
    assign(K::kSlashEqual, BinaryOp::kDiv);
    assign(K::kPercentEqual, BinaryOp::kRem);
    assign(K::kPlusEqual, BinaryOp::kAdd);
    assign(K::kMinusEqual, BinaryOp::kSub);
    assign(K::kLessLessEqual, BinaryOp::kShl);
    assign(K::kGreaterGreaterEqual, BinaryOp::kShr);
    assign(K::kAndEqual, BinaryOp::kBitAnd);
    assign(K::kXorEqual, BinaryOp::kBitXor);
    assign(K::kOrEqual, BinaryOp::kBitOr);
    set(K::kQuestion, {kConditionalPrec, Pending::kElse, BinaryOp::kNoOp});
    set(K::kOrOr, {kOrPrec, Pending::kOr, BinaryOp::kNoOp});
    set(K::kAndAnd, {kAndPrec, Pending::kAnd, BinaryOp::kNoOp});
    binary(K::kOr, kBitOrPrec, BinaryOp::kBitOr);
    binary(K::kXor, kBitXorPrec, BinaryOp::kBitXor);
    binary(K::kAnd, kBitAndPrec, BinaryOp::kBitAnd);
    binary(K::kEqualEqual, kEqualityPrec, BinaryOp::kEq);
    binary(K::kNotEqual, kEqualityPrec, BinaryOp::kNe);
    binary(K::kLess, kRelationalPrec, BinaryOp::kLt);
    binary(K::kGreater, kRelationalPrec, BinaryOp::kGt);
    binary(K::kLessEqual, kRelationalPrec, BinaryOp::kLe);
    binary(K::kGreaterEqual, kRelationalPrec, BinaryOp::kGe);
    binary(K::kLessLess, kShiftPrec, BinaryOp::kShl);
    binary(K::kGreaterGreater, kShiftPrec, BinaryOp::kShr);
    binary(K::kPlus, kAdditivePrec, BinaryOp::kAdd);
    binary(K::kMinus, kAdditivePrec, BinaryOp::kSub);
    binary(K::kStar, kMultiplicativePrec, BinaryOp::kMul);
    binary(K::kSlash, kMultiplicativePrec, BinaryOp::kDiv);
    binary(K::kPercent, kMultiplicativePrec, BinaryOp::kRem);
  }
};

WS_HD inline Parser::Infix Parser::InfixOf(uint8_t flags) const {
  static constexpr InfixTable kTable;
  TokenKind kind = Kind();
  if ((flags & kNoGreater) != 0 &&
      (kind == TokenKind::kGreater || kind == TokenKind::kGreaterGreater)) {
    return {};
  }
  if (split_ > 0) kind = kind == TokenKind::kGreaterGreater ? TokenKind::kGreater : kind;
  return kTable.of[static_cast<size_t>(kind)];
}

// Parses as far as no other construct is to be parsed first: the state on top is an operand's.
WS_HD void Parser::StepOperand() {
  do {
    while (Top().st == St::kOperand) {
      ReadOperand();
      if (stopped()) return;
    }
  } while (Top().st == St::kExpr && ReadOperators() && !stopped());
}

WS_HD void Parser::StepExpr() {
  if (ReadOperators() && !stopped()) StepOperand();
}

// Reads an operand as far as it needs no other state; the state becomes Expr.
WS_HD void Parser::ReadOperand() {
  Top().st = St::kExpr;
  const auto unary = [&](UnaryOp op) {
    const uint32_t token = pos_;
    const uint8_t flags = Top().flags & kNoGreater;
    Advance();
    PushPending(kUnaryPrec, Pending::kUnary, flags, token, static_cast<uint32_t>(op));
  };
  switch (Kind()) {
    case TokenKind::kIdentifier:
      if (IsPlainName(pos_)) {
        AddLeaf(NodeKind::kName);
        return;
      }
      [[fallthrough]];
    case TokenKind::kColonColon:
      if (KindAt(pos_ + 1) == TokenKind::kNew || KindAt(pos_ + 1) == TokenKind::kDelete) {
        Advance();
        return OperandKeyword();
      }
      NameOperand();
      return;
    case TokenKind::kIntNumber:
      AddLeaf(NodeKind::kIntLiteral);
      return;
    case TokenKind::kFloatNumber:
      AddLeaf(NodeKind::kFloatLiteral);
      return;
    case TokenKind::kChar:
      AddLeaf(NodeKind::kCharLiteral);
      return;
    case TokenKind::kTrue:
    case TokenKind::kFalse:
      AddLeaf(NodeKind::kBoolLiteral, Kind() == TokenKind::kTrue);
      return;
    case TokenKind::kNullptr:
      AddLeaf(NodeKind::kNullLiteral);
      return;
    case TokenKind::kThis:
      AddLeaf(NodeKind::kThis);
      return;
    case TokenKind::kString: {
      const uint32_t token = pos_;
      while (Take(TokenKind::kString)) {
      }
      Add(NodeKind::kStringLiteral, token, 0, tree_->size(), token);
      return;
    }
    case TokenKind::kLeftParen:
      return OperandParen();
    case TokenKind::kPlus:
      return unary(UnaryOp::kPlus);
    case TokenKind::kMinus:
      return unary(UnaryOp::kMinus);
    case TokenKind::kNot:
      return unary(UnaryOp::kNot);
    case TokenKind::kTilde:
      return unary(UnaryOp::kBitNot);
    case TokenKind::kStar:
      return unary(UnaryOp::kDeref);
    case TokenKind::kAnd:
      return unary(UnaryOp::kAddressOf);
    case TokenKind::kPlusPlus:
      return unary(UnaryOp::kPreInc);
    case TokenKind::kMinusMinus:
      return unary(UnaryOp::kPreDec);
    default:
      return OperandKeyword();
  }
}

WS_HD void Parser::OperandKeyword() {
  const auto named_cast = [&](CastKind kind) {
    const uint32_t token = pos_;
    Advance();
    if (!Expect(TokenKind::kLess, "'<' after the cast's keyword")) return;
    Push({.st = St::kNamedCast,
          .first = tree_->size(),
          .begin = token,
          .token = token,
          .data = static_cast<uint32_t>(kind)});
    StartTypeId();
  };
  switch (Kind()) {
    case TokenKind::kStaticCast:
      return named_cast(CastKind::kStatic);
    case TokenKind::kReinterpretCast:
      return named_cast(CastKind::kReinterpret);
    case TokenKind::kConstCast:
      return named_cast(CastKind::kConst);
    case TokenKind::kSizeof:
    case TokenKind::kAlignof:
    case TokenKind::kOffsetof:
      return SizeofOperand();
    case TokenKind::kLeftBracket: {
      const uint32_t token = pos_;
      Advance();
      return Push(
          {.st = St::kLambdaCaptures, .first = tree_->size(), .begin = token, .token = token});
    }
    case TokenKind::kNew: {
      const uint32_t token = pos_;
      Advance();
      return StartNew(token);
    }
    case TokenKind::kDelete: {
      const uint32_t token = pos_;
      Advance();
      if (Kind() == TokenKind::kLeftBracket && KindAt(pos_ + 1) == TokenKind::kRightBracket) {
        pos_ += 2;
      }
      return PushPending(kUnaryPrec, Pending::kDelete, Top().flags & kNoGreater, token, 0);
    }
    default:
      break;
  }
  if (UnsupportedOperand()) return;
  if (IsTypeStart(pos_)) {
    Push({.st = St::kConstructorType, .first = tree_->size(), .begin = pos_, .token = pos_});
    return StartSpecs();
  }
  FailExpected("an expression");
}

WS_HD bool Parser::UnsupportedOperand() {
  const char* what = nullptr;
  switch (Kind()) {
    case TokenKind::kThrow:
      what = "throw";
      break;
    case TokenKind::kTypeid:
      what = "typeid";
      break;
    case TokenKind::kDynamicCast:
      what = "dynamic_cast";
      break;
    case TokenKind::kNoexcept:
      what = "the noexcept operator";
      break;
    case TokenKind::kAndAnd:
      what = "the address of a label";
      break;
    case TokenKind::kCoAwait:
    case TokenKind::kCoYield:
      what = "a coroutine";
      break;
    default:
      return false;
  }
  FailUnsupported(pos_, what);
  return true;
}

// Is token i, an identifier, a name by itself: not qualified, no type, no template?
WS_HD inline bool Parser::IsPlainName(uint32_t i) const {
  const TokenKind next = KindAt(i + 1);
  if (next == TokenKind::kColonColon) return false;
  const Meaning meaning = MeaningAt(i);
  if (next == TokenKind::kLess && !member_templates_.empty() && HasMemberArgs(i)) return false;
  return meaning == Meaning::kOrdinary ||
         (meaning == Meaning::kFunctionTemplate && next != TokenKind::kLess);
}

WS_HD void Parser::OperandParen() {
  const uint32_t begin = pos_;
  if (IsCast(pos_)) {
    Advance();
    Push({.st = St::kCStyleCast, .first = tree_->size(), .begin = begin, .token = begin});
    return StartTypeId();
  }
  Advance();
  Push({.st = St::kParen, .first = tree_->size(), .begin = begin, .token = begin});
  PushExpr(kCommaPrec);
}

WS_HD void Parser::StepParen() {
  if (Expect(TokenKind::kRightParen, "')'")) Finish(NodeKind::kParen);
}

// Takes what follows an operand directly; true if the state on top is done with that for now.
WS_HD bool Parser::Postfix() {
  for (;;) {
    const uint32_t first = Top().first;
    const uint32_t begin = Top().begin;
    switch (Kind()) {
      case TokenKind::kLeftParen:
        Advance();
        Push({.st = St::kCallArgs, .first = first, .begin = begin, .token = begin});
        if (Take(TokenKind::kRightParen)) {
          Finish(NodeKind::kCall);
          break;
        }
        PushInitializer();
        return true;
      case TokenKind::kLeftBracket:
        Push({.st = St::kIndex, .first = first, .begin = begin, .token = begin});
        Advance();
        PushExpr(kCommaPrec);
        return true;
      case TokenKind::kDot:
      case TokenKind::kArrow: {
        const bool arrow = Kind() == TokenKind::kArrow;
        Advance();
        if (Kind() == TokenKind::kStar) {
          FailUnsupported(pos_, "a pointer to a member");
          return true;
        }
        if (Kind() == TokenKind::kTilde && KindAt(pos_ + 1) == TokenKind::kIdentifier) {
          // object.~Name(): the end of its life.
          const uint32_t token = pos_ + 1;
          pos_ += 2;
          if (Kind() == TokenKind::kLess) pos_ = SkipAngles(pos_);
          if (!Expect(TokenKind::kLeftParen, "'(' of the destructor") ||
              !Expect(TokenKind::kRightParen, "')' of the destructor")) {
            return true;
          }
          Add(NodeKind::kDelete, token, arrow ? delete_flag::kAtPointer : delete_flag::kObject,
              first, begin);
          break;
        }
        Take(TokenKind::kTemplate);
        if (Kind() != TokenKind::kIdentifier) {
          FailExpected("the name of a member");
          return true;
        }
        const uint32_t token = pos_;
        const bool has_args = HasMemberArgs(token);
        Advance();
        if (has_args) {
          Push({.st = St::kMemberName,
                .first = first,
                .begin = begin,
                .token = token,
                .data = arrow});
          StartTemplateArgs();
          return true;
        }
        Add(NodeKind::kMember, token, arrow, first, begin);
        break;
      }
      case TokenKind::kPlusPlus:
      case TokenKind::kMinusMinus: {
        const UnaryOp op = Kind() == TokenKind::kPlusPlus ? UnaryOp::kPostInc : UnaryOp::kPostDec;
        const uint32_t token = pos_;
        Advance();
        Add(NodeKind::kUnary, token, static_cast<uint32_t>(op), first, begin);
        break;
      }
      case TokenKind::kLaunchOpen:
        Push({.st = St::kLaunchConfig,
              .first = first,
              .begin = begin,
              .token = pos_,
              .data = tree_->size()});
        Advance();
        PushInitializer();
        return true;
      default:
        return false;
    }
  }
}

WS_HD void Parser::StepCallArgs() {
  if (Take(TokenKind::kComma)) return PushInitializer();
  if (Expect(TokenKind::kRightParen, "',' or ')'")) Finish(NodeKind::kCall);
}

WS_HD void Parser::StepIndex() {
  if (Expect(TokenKind::kRightBracket, "']'")) Finish(NodeKind::kIndex);
}

WS_HD void Parser::StepLaunchConfig() {
  if (Take(TokenKind::kComma)) return PushInitializer();
  const State s = Top();
  if (!CloseLaunch()) return;
  Add(NodeKind::kLaunchConfig, s.token, 0, s.data, s.token);
  if (!Expect(TokenKind::kLeftParen, "'(' after the launch configuration")) return;
  State& t = Top();
  t.st = St::kLaunchArgs;
  t.token = t.begin;
  t.data = 0;
  if (Take(TokenKind::kRightParen)) return Finish(NodeKind::kLaunch);
  PushInitializer();
}

WS_HD void Parser::StepLaunchArgs() {
  if (Take(TokenKind::kComma)) return PushInitializer();
  if (Expect(TokenKind::kRightParen, "',' or ')'")) Finish(NodeKind::kLaunch);
}

// An operand is complete: takes the operators behind it and finishes the states that end here.
// True if the next thing to be read is an operand.
WS_HD bool Parser::ReadOperators() {
  for (;;) {
    const State& s = Top();
    const Infix infix = InfixOf(s.flags);
    if (infix.precedence == kPostfixPrec) {
      if (Postfix()) return Top().st == St::kOperand;
      continue;
    }
    if (infix.precedence == kNoPrec || infix.precedence < s.precedence) {
      const bool goes_on = s.pending != Pending::kNone;  // the state below has its operand now
      FinishExpr();
      if (goes_on) continue;
      return false;
    }
    const uint32_t token = pos_;
    const uint8_t flags = s.flags & kNoGreater;
    split_ = 0;
    Advance();
    PushRightSide(infix, token, flags);
    return Top().st == St::kOperand;
  }
}

WS_HD inline void Parser::PushRightSide(Infix infix, uint32_t token, uint8_t flags) {
  switch (infix.pending) {
    case Pending::kElse:
      AddMarker(NodeKind::kConditionalThen);
      Push({.st = St::kCondThen, .flags = flags, .token = token});
      return PushExpr(kCommaPrec, flags);
    case Pending::kAnd:
    case Pending::kOr:
      AddMarker(infix.pending == Pending::kAnd ? NodeKind::kAndRight : NodeKind::kOrRight);
      return PushPending(infix.precedence + 1, infix.pending, flags, token, 0);
    case Pending::kAssign:
      PushPending(kAssignPrec, Pending::kAssign, flags, token, static_cast<uint32_t>(infix.op));
      if (Kind() == TokenKind::kLeftBrace) {
        Top().st = St::kExpr;
        PushInitializer();
      }
      return;
    default:
      return PushPending(infix.precedence + 1, Pending::kBinary, flags, token,
                         static_cast<uint32_t>(infix.op));
  }
}

WS_HD void Parser::StepCondThen() {
  if (!Expect(TokenKind::kColon, "':' of the conditional expression")) return;
  const State s = Top();
  Pop();
  AddMarker(NodeKind::kConditionalElse);
  PushPending(kAssignPrec, Pending::kElse, s.flags, s.token, 0);
}

// Gives the result of the Expr state on top to the operator on its left.
WS_HD void Parser::FinishExpr() {
  const State& s = stack_.back();  // stays readable until something is pushed
  stack_.pop_back();
  const State& left = stack_.back();  // of an infix operator: the state of its left operand
  switch (s.pending) {
    case Pending::kNone:
      return;
    case Pending::kUnary:
      Add(NodeKind::kUnary, s.token, s.data, s.first, s.token);
      return;
    case Pending::kCast:
      Add(NodeKind::kCast, s.token, static_cast<uint32_t>(CastKind::kCStyle), s.data, s.token);
      return;
    case Pending::kSizeof: {
      const NodeId node = Add(NodeKind::kSizeofExpr, s.token, 0, s.first - 1, s.token);
      tree_->SetData(NodeId(s.first - 1), node.index);
      return;
    }
    case Pending::kDelete:
      Add(NodeKind::kDelete, s.token, 0, s.first, s.token);
      return;
    case Pending::kBinary:
      Add(NodeKind::kBinary, s.token, s.data, left.first, left.begin);
      return;
    case Pending::kAssign:
      Add(NodeKind::kAssign, s.token, s.data, left.first, left.begin);
      return;
    case Pending::kAnd:
    case Pending::kOr: {
      const NodeKind kind =
          s.pending == Pending::kAnd ? NodeKind::kLogicalAnd : NodeKind::kLogicalOr;
      const NodeId node = Add(kind, s.token, 0, left.first, left.begin);
      tree_->SetData(NodeId(s.first - 1), node.index);
      return;
    }
    case Pending::kElse:
      LinkMarkers(Add(NodeKind::kConditional, s.token, 0, left.first, left.begin));
      return;
  }
}

}  // namespace ws::front
