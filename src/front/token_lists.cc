// device-clean
// Brackets and lists among tokens.
#include "front/token_lists.h"

namespace ws::front {
namespace {

using K = TokenKind;

}  // namespace

WS_HD bool Opens(TokenKind k) {
  return k == K::kLeftParen || k == K::kLeftBracket || k == K::kLeftBrace;
}

WS_HD bool Closes(TokenKind k) {
  return k == K::kRightParen || k == K::kRightBracket || k == K::kRightBrace;
}

WS_HD bool IsCast(TokenKind k) {
  return k == K::kStaticCast || k == K::kReinterpretCast || k == K::kConstCast ||
         k == K::kDynamicCast;
}

WS_HD uint32_t BehindBracket(std::span<const Token> tokens, uint32_t i) {
  uint32_t depth = 0;
  for (; i < tokens.size(); ++i) {
    if (Opens(tokens[i].kind)) ++depth;
    if (Closes(tokens[i].kind) && --depth == 0) return i + 1;
  }
  return i;
}

WS_HD uint32_t OpenBefore(std::span<const Token> tokens, uint32_t i) {
  uint32_t depth = 0;
  while (i > 0) {
    --i;
    if (Closes(tokens[i].kind)) ++depth;
    if (!Opens(tokens[i].kind)) continue;
    if (depth == 0) return i;
    --depth;
  }
  return 0;
}

WS_HD uint32_t BehindAngles(std::span<const Token> tokens, uint32_t i, bool within) {
  uint32_t depth = 0;
  for (; i < tokens.size(); ++i) {
    const K k = tokens[i].kind;
    if (Opens(k)) {
      i = BehindBracket(tokens, i) - 1;
      continue;
    }
    if (k == K::kSemicolon || Closes(k)) return 0;
    if (k == K::kLess) ++depth;
    const uint32_t closed = k == K::kGreater          ? 1
                            : k == K::kGreaterGreater ? 2
                            : k == K::kLaunchClose    ? 3
                                                      : 0;
    if (closed >= depth && closed > 0) return closed == depth ? i + 1 : within ? i : 0;
    depth -= closed;
  }
  return 0;
}

WS_HD uint32_t BehindList(std::span<const Token> tokens, uint32_t i) {
  const K before = tokens[i - 1].kind;
  const bool may = before == K::kIdentifier || before == K::kTemplate || IsCast(before);
  return may ? BehindAngles(tokens, i, true) : 0;
}

WS_HD uint32_t PatternBegin(std::span<const Token> tokens, uint32_t at) {
  uint32_t begin = OpenBefore(tokens, at) + 1;
  uint32_t choices = 0;
  for (uint32_t i = begin; i < at; ++i) {
    const K k = tokens[i].kind;
    if (k == K::kQuestion) ++choices;
    if (Opens(k)) {
      i = BehindBracket(tokens, i) - 1;
    } else if (k == K::kColon && choices > 0) {
      --choices;
    } else if (k == K::kComma || k == K::kSemicolon || k == K::kColon) {
      begin = i + 1;
    } else if (k == K::kLess) {
      const uint32_t end = BehindList(tokens, i);
      if (end > at) begin = i + 1;
      if (end != 0 && end <= at) i = end - 1;
    }
  }
  return begin;
}

}  // namespace ws::front
