// Which operators a program may define for its types. Device-clean.
//
// An operator is known by the kind of its token; ( and [ stand for () and [].
#ifndef WARPSMITH_FRONT_OPERATORS_H_
#define WARPSMITH_FRONT_OPERATORS_H_

#include <string_view>

#include "base/macros.h"
#include "front/token.h"

namespace ws::front {

WS_HD constexpr bool IsOverloadable(TokenKind kind) {
  switch (kind) {
    case TokenKind::kPlus:
    case TokenKind::kMinus:
    case TokenKind::kStar:
    case TokenKind::kSlash:
    case TokenKind::kPercent:
    case TokenKind::kXor:
    case TokenKind::kAnd:
    case TokenKind::kOr:
    case TokenKind::kTilde:
    case TokenKind::kNot:
    case TokenKind::kEqual:
    case TokenKind::kLess:
    case TokenKind::kGreater:
    case TokenKind::kPlusEqual:
    case TokenKind::kMinusEqual:
    case TokenKind::kStarEqual:
    case TokenKind::kSlashEqual:
    case TokenKind::kPercentEqual:
    case TokenKind::kXorEqual:
    case TokenKind::kAndEqual:
    case TokenKind::kOrEqual:
    case TokenKind::kLessLess:
    case TokenKind::kGreaterGreater:
    case TokenKind::kLessLessEqual:
    case TokenKind::kGreaterGreaterEqual:
    case TokenKind::kEqualEqual:
    case TokenKind::kNotEqual:
    case TokenKind::kLessEqual:
    case TokenKind::kGreaterEqual:
    case TokenKind::kPlusPlus:
    case TokenKind::kMinusMinus:
    case TokenKind::kArrow:
    case TokenKind::kLeftParen:
    case TokenKind::kLeftBracket:
      return true;
    default:
      return false;
  }
}

// The operator whose name `operator...` ends with a token of this kind.
WS_HD constexpr TokenKind OperatorOf(TokenKind last) {
  return last == TokenKind::kRightParen     ? TokenKind::kLeftParen
         : last == TokenKind::kRightBracket ? TokenKind::kLeftBracket
                                            : last;
}

// The operator of a function with these flags; kEof if it is none.
WS_HD constexpr TokenKind OperatorOf(uint32_t function_flags) {
  return static_cast<TokenKind>(function_flags >> function_flag::kOperatorShift);
}

// How an operator function is named: operator+.
WS_HD constexpr std::string_view OperatorName(TokenKind kind) {
  if (kind == TokenKind::kLeftParen) return "operator()";
  if (kind == TokenKind::kLeftBracket) return "operator[]";
  switch (kind) {
#define TOKEN(name, spelling) \
  case TokenKind::k##name:    \
    return "operator" spelling;
#include "front/tokens.def"
#undef TOKEN
    case TokenKind::kCount:
      break;
  }
  return {};
}

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_OPERATORS_H_
