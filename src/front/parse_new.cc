// device-clean
//
// new T, new T(x), new T{x}, new T[n], new (place) T.
#include "front/parser.h"

namespace ws::front {

// Behind `new`: where the object is to be, or its type.
WS_HD void Parser::StartNew(uint32_t token) {
  // A type in parentheses is no place.
  const bool placed = Kind() == TokenKind::kLeftParen && !IsCast(pos_);
  Push({.st = placed ? St::kNewPlace : St::kNewType,
        .first = tree_->size(),
        .begin = token,
        .token = token});
  if (!placed) return StartSpecs();
  Advance();
  PushExpr(kAssignPrec);
}

// Behind the place.
WS_HD void Parser::StepNewPlace() {
  if (!Expect(TokenKind::kRightParen, "')' behind the place of new")) return;
  State& s = Top();
  s.st = St::kNewType;
  s.data = new_flag::kPlaced;
  s.extra = tree_->size();
  StartSpecs();
}

WS_HD void Parser::StepNewType() {
  ReadPointerOps();
  State& s = Top();
  const bool placed = s.data == new_flag::kPlaced;
  Add(NodeKind::kTypeId, s.begin + 1, 0, placed ? s.extra : s.first, s.begin + 1);
  s.st = St::kNewEnd;
  if (Kind() == TokenKind::kLeftBracket) s.data |= new_flag::kArray;
  if (Kind() == TokenKind::kLeftBrace) {
    s.data |= new_flag::kBraces;
    return PushInitializer();
  }
  if ((s.data & new_flag::kArray) == 0 && Kind() != TokenKind::kLeftParen) {
    return Finish(NodeKind::kNew);
  }
  Advance();
  if (Take(TokenKind::kRightParen)) return Finish(NodeKind::kNew);
  PushExpr(kAssignPrec);
}

WS_HD void Parser::StepNewEnd() {
  State& s = Top();
  if ((s.data & new_flag::kBraces) != 0) return Finish(NodeKind::kNew);
  const bool array = (s.data & new_flag::kArray) != 0;
  if (!array && Take(TokenKind::kComma)) return PushExpr(kAssignPrec);
  if (!Expect(array ? TokenKind::kRightBracket : TokenKind::kRightParen, array ? "']'" : "')'")) {
    return;
  }
  if (array && Kind() == TokenKind::kLeftParen && KindAt(pos_ + 1) == TokenKind::kRightParen) {
    s.data |= new_flag::kZero;
    pos_ += 2;
  }
  if (array && (Kind() == TokenKind::kLeftBracket || Kind() == TokenKind::kLeftBrace)) {
    return FailUnsupported(pos_, "this form of new");
  }
  Finish(NodeKind::kNew);
}

}  // namespace ws::front
