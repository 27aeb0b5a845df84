// Brackets and lists among tokens, before they are parsed. Device-clean.
#ifndef WARPSMITH_FRONT_TOKEN_LISTS_H_
#define WARPSMITH_FRONT_TOKEN_LISTS_H_

#include <span>

#include "base/macros.h"
#include "front/token.h"

namespace ws::front {

// Whether it opens, or closes, a bracket of any kind; < and > are none.
WS_HD bool Opens(TokenKind k);
WS_HD bool Closes(TokenKind k);
// Whether template arguments may follow it that are a cast's type.
WS_HD bool IsCast(TokenKind k);

// Behind the partner of the bracket at i.
WS_HD uint32_t BehindBracket(std::span<const Token> tokens, uint32_t i);

// The bracket around the token at i.
WS_HD uint32_t OpenBefore(std::span<const Token> tokens, uint32_t i);

// Behind the > of the template parameters that begin at i; 0 if it is not found. `within`: where a
// >> closes other arguments too, the place of that.
WS_HD uint32_t BehindAngles(std::span<const Token> tokens, uint32_t i, bool within = false);

// Behind the > of the template arguments or parameters that the < at i begins; 0 if it compares.
WS_HD uint32_t BehindList(std::span<const Token> tokens, uint32_t i);

// Where the pattern begins that the ... at `at` ends: behind the comma, the bracket, the < of
// template arguments or the colon of a constructor before it. Any other < compares.
WS_HD uint32_t PatternBegin(std::span<const Token> tokens, uint32_t at);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_TOKEN_LISTS_H_
