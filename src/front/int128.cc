// device-clean
#include "front/int128.h"

namespace ws::front {

WS_HD void JoinInt128(Names& names, Vec<Token>& tokens) {
  const NameId word = names.Intern("__int128");
  const NameId name = names.Intern("__int128_t"), without_sign = names.Intern("__uint128_t");
  uint32_t kept = 0;
  for (uint32_t i = 0; i < tokens.size(); ++i) {
    Token t = tokens[i];
    const auto is_sign = [&](uint32_t at) {
      const TokenKind kind = at < tokens.size() ? tokens[at].kind : TokenKind::kEof;
      return kind == TokenKind::kUnsigned || kind == TokenKind::kSigned;
    };
    const auto is_word = [&](uint32_t at) {
      return at < tokens.size() && tokens[at].kind == TokenKind::kIdentifier &&
             tokens[at].name == word;
    };
    if (is_word(i) || (is_sign(i) && is_word(i + 1))) {
      uint32_t last = is_word(i) ? i : i + 1;
      bool is_unsigned = t.kind == TokenKind::kUnsigned;
      if (is_word(i) && is_sign(i + 1)) {
        last = i + 1;
        is_unsigned = tokens[last].kind == TokenKind::kUnsigned;
      }
      const Token end = tokens[last];
      t = tokens[is_word(i) ? i : i + 1];
      t.loc = tokens[i].loc;
      t.loc_end = end.loc_end;
      t.name = is_unsigned ? without_sign : name;
      i = last;
    }
    tokens[kept++] = t;
  }
  tokens.truncate(kept);
}

}  // namespace ws::front
