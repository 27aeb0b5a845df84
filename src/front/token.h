// Tokens after preprocessing, as parallel arrays, and interned names. Device-clean.
#ifndef WARPSMITH_FRONT_TOKEN_H_
#define WARPSMITH_FRONT_TOKEN_H_

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "diag/source.h"
#include "front/tree.h"

namespace ws::front {

enum class TokenKind : uint8_t {
#define TOKEN(name, spelling) k##name,
#include "front/tokens.def"
#undef TOKEN
  kCount
};

namespace token_flag {
inline constexpr uint8_t kFromMacro = 1;  // came out of a macro expansion
inline constexpr uint8_t kSpaceBefore = 2;
inline constexpr uint8_t kLineStart = 4;
inline constexpr uint8_t kNoExpand = 8;  // a macro's name inside its own expansion
}  // namespace token_flag

struct Token {
  TokenKind kind;
  uint8_t flags = 0;
  uint32_t length = 0;  // bytes of text
  const char* text = nullptr;
  NameId name;        // identifiers
  diag::Loc loc;      // where to report: the token, or the invocation of its macro
  diag::Loc loc_end;  // end of that (exclusive), for text edits

  WS_HD std::string_view view() const { return {text, length}; }
};

// Interned identifiers of one program.
class Names;

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_TOKEN_H_
