// device-clean
//
// The heads of control statements, and what stands in front of them: conditions that declare,
// labels.
#include "front/parser.h"

namespace ws::front {

using diag::Kind;

// --- wrappers: `if (T x = y; c) S` is the block { T x = y; if (c) S }, `l: S` where one statement
// is wanted the block { l: S }. They are Compound nodes without braces.

WS_HD void Parser::StepWrapper() { Finish(NodeKind::kCompound); }

// A label that stands where one statement is wanted: wraps both. False within a block.
WS_HD bool Parser::StartLabel() {
  if (Top().st == St::kCompound) return false;
  if (Top().st != St::kWrapper) {
    Push({.st = St::kWrapper, .first = tree_->size(), .begin = pos_, .token = pos_});
  }
  // Once more behind the label, for what follows it.
  Push({.st = St::kStatement});
  if (Kind() == TokenKind::kIdentifier) {
    const uint32_t token = pos_;
    pos_ += 2;
    Add(NodeKind::kLabel, token, 0, tree_->size(), token);
    return true;
  }
  const uint32_t token = pos_;
  const bool is_case = Kind() == TokenKind::kCase;
  Advance();
  if (is_case) {
    Push({.st = St::kCase, .first = tree_->size(), .begin = token, .token = token});
    PushExpr(kConditionalPrec);
  } else if (Expect(TokenKind::kColon, "':' after default")) {
    Add(NodeKind::kDefault, token, 0, tree_->size(), token);
  }
  return true;
}

// The construct on top is at the semicolon behind an expression: that was an initialiser.
WS_HD void Parser::WrapCondition(const State& construct) {
  State inner = construct;
  const State& below = stack_[stack_.size() - 2];
  if (below.st == St::kWrapper && below.token == inner.token) return FailExpected("')'");
  stack_.pop_back();
  Push({.st = St::kWrapper, .first = inner.first, .begin = inner.begin, .token = inner.token});
  const uint32_t begin = tree_->begin_token(NodeId(tree_->size() - 1)).index;
  Advance();
  Add(NodeKind::kExprStmt, begin, 0, inner.first, begin);
  inner.first = tree_->size();
  Push(inner);
  StartCondition();
}

// Does a declaration begin here, rather than T(x)?
WS_HD bool Parser::IsDeclaration() const {
  if (!IsDeclarationStart(pos_)) return false;
  if (!IsTypeStart(pos_)) return true;
  const TokenKind next = KindAt(SkipType(pos_));
  return next != TokenKind::kLeftParen && next != TokenKind::kLeftBrace;
}

// A condition, or what may stand before it: the construct on top is behind its parenthesis.
WS_HD void Parser::StartCondition() {
  if (!IsDeclaration()) return PushExpr(kCommaPrec);
  const State construct = Top();
  stack_.pop_back();
  Push({.st = St::kWrapper,
        .flags = kScope,
        .first = construct.first,
        .begin = construct.begin,
        .token = construct.token});
  OpenScope();
  Push(construct);
  Push({.st = St::kCondDecl});
  StartVarDecl(kInHead);
}

// Behind the declaration, at the parenthesis that closes the head or behind a semicolon.
WS_HD void Parser::StepCondDecl() {
  stack_.pop_back();
  State& construct = Top();
  const bool in_loop = construct.st == St::kWhileCond || construct.st == St::kForCond;
  if (construct.st == St::kForCond) --pos_;  // back to its semicolon
  if (!in_loop) construct.first = tree_->size();
  if (KindAt(pos_ - 1) == TokenKind::kSemicolon) {
    if (in_loop) return FailExpected("a condition");
    return StartCondition();
  }
  const NodeId declaration(tree_->size() - 1);
  const NodeId declarator = tree_->LastChild(declaration);
  if (!declarator.valid() || tree_->kind(declarator) != NodeKind::kDeclarator ||
      !tree_->LastChild(declarator).valid()) {
    return FailExpected("an initialiser");
  }
  const TokenId name = tree_->token(declarator);
  tree_->Append(NodeKind::kName, name, 0, tree_->size(), name, TokenId(name.index + 1));
}

// --- if, while, do

WS_HD void Parser::StepIfCond() {
  if (Kind() == TokenKind::kSemicolon) return WrapCondition(Top());
  if (!Expect(TokenKind::kRightParen, "')'")) return;
  AddMarker(NodeKind::kIfThen);
  Top().st = St::kIfThen;
  PushStatement();
}

WS_HD void Parser::StepIfThen() {
  if (Kind() != TokenKind::kElse) return Finish(NodeKind::kIf);
  AddMarker(NodeKind::kIfElse);
  Advance();
  Top().st = St::kIfElse;
  PushStatement();
}

WS_HD void Parser::StepIfElse() { Finish(NodeKind::kIf); }

WS_HD void Parser::StepWhileCond() {
  if (!Expect(TokenKind::kRightParen, "')'")) return;
  AddMarker(NodeKind::kWhileBody);
  Top().st = St::kWhileBody;
  PushStatement();
}

WS_HD void Parser::StepWhileBody() { Finish(NodeKind::kWhile); }

WS_HD void Parser::StepDoBody() {
  if (!Expect(TokenKind::kWhile, "'while' after the body of do")) return;
  if (!Expect(TokenKind::kLeftParen, "'('")) return;
  AddMarker(NodeKind::kDoCond);
  Top().st = St::kDoCond;
  PushExpr(kCommaPrec);
}

WS_HD void Parser::StepDoCond() {
  if (Expect(TokenKind::kRightParen, "')'") && ExpectSemicolon("do")) Finish(NodeKind::kDo);
}

// --- for and switch

WS_HD void Parser::StartFor(uint32_t unroll) {
  Push({.st = St::kForInit,
        .flags = kScope,
        .first = tree_->size(),
        .begin = pos_,
        .token = pos_,
        .data = unroll});
  OpenScope();
  Advance();
  if (!Expect(TokenKind::kLeftParen, "'(' after for")) return;
  if (Kind() == TokenKind::kSemicolon) {
    AddLeaf(NodeKind::kEmptyStmt);
    return;
  }
  if (IsDeclarationStart(pos_) || LooksLikeUnknownType(pos_)) return StartVarDecl(kInHead);
  Push({.st = St::kForInitExpr, .first = tree_->size(), .begin = pos_, .token = pos_});
  PushExpr(kCommaPrec);
}

WS_HD void Parser::StepForInitExpr() {
  if (Expect(TokenKind::kSemicolon, "';' after the first part of for")) {
    Finish(NodeKind::kExprStmt);
  }
}

// Behind the first part of the head and its semicolon.
WS_HD void Parser::StepForInit() {
  if (KindAt(pos_ - 1) == TokenKind::kColon) {
    Top().st = St::kRangeInit;
    return PushInitializer();
  }
  AddMarker(NodeKind::kForCond);
  Top().st = St::kForCond;
  if (Kind() == TokenKind::kSemicolon) return;
  if (!IsDeclaration()) return PushExpr(kCommaPrec);
  Push({.st = St::kCondDecl});
  StartVarDecl(kInHead);
}

// Behind what a range-based for goes over.
WS_HD void Parser::StepRangeInit() {
  if (!Expect(TokenKind::kRightParen, "')'")) return;
  AddMarker(NodeKind::kRangeBody);
  Top().st = St::kRangeBody;
  PushStatement();
}

WS_HD void Parser::StepRangeBody() { Finish(NodeKind::kRangeFor); }

WS_HD void Parser::StepForCond() {
  if (!Expect(TokenKind::kSemicolon, "';' after the condition of for")) return;
  AddMarker(NodeKind::kForStep);
  Top().st = St::kForStep;
  if (Kind() != TokenKind::kRightParen) PushExpr(kCommaPrec);
}

WS_HD void Parser::StepForStep() {
  if (!Expect(TokenKind::kRightParen, "')'")) return;
  AddMarker(NodeKind::kForBody);
  Top().st = St::kForBody;
  PushStatement();
}

WS_HD void Parser::StepForBody() { Finish(NodeKind::kFor); }

WS_HD void Parser::StepSwitchCond() {
  if (Kind() == TokenKind::kSemicolon) return WrapCondition(Top());
  if (!Expect(TokenKind::kRightParen, "')'")) return;
  AddMarker(NodeKind::kSwitchBody);
  Top().st = St::kSwitchBody;
  PushStatement();
}

WS_HD void Parser::StepSwitchBody() { Finish(NodeKind::kSwitch); }

// --- try, throw

WS_HD void Parser::StartTry() {
  Push({.st = St::kTry, .first = tree_->size(), .begin = pos_, .token = pos_});
  Advance();
  AddMarker(NodeKind::kTryBegin);
  if (Kind() != TokenKind::kLeftBrace) return FailExpected("'{' after try");
  PushStatement();
}

// Behind the block, or a handler.
WS_HD void Parser::StepTry() {
  if (Kind() != TokenKind::kCatch) {
    if (tree_->kind(NodeId(tree_->size() - 1)) != NodeKind::kCatch) {
      return FailExpected("'catch' behind the block of try");
    }
    return Finish(NodeKind::kTry);
  }
  Push({.st = St::kCatch, .flags = kScope, .first = tree_->size(), .begin = pos_, .token = pos_});
  OpenScope();
  AddMarker(NodeKind::kCatchBegin);
  Advance();
  if (!Expect(TokenKind::kLeftParen, "'(' after catch")) return;
  Push({.st = St::kCatchDecl});
  if (Take(TokenKind::kEllipsis)) {
    stack_[stack_.size() - 2].data = 1;
    return;
  }
  StartVarDecl(kInHead);
}

WS_HD void Parser::StepCatchDecl() {
  if (!Expect(TokenKind::kRightParen, "')'")) return;
  stack_.pop_back();
  if (Kind() != TokenKind::kLeftBrace) return FailExpected("'{' after catch");
  PushStatement();
}

WS_HD void Parser::StepCatch() { Finish(NodeKind::kCatch); }

WS_HD void Parser::StepThrow() {
  if (ExpectSemicolon("throw")) Finish(NodeKind::kThrow);
}

}  // namespace ws::front
