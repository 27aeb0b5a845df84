// device-clean
#include "front/text_literal.h"

#include "front/literal.h"

namespace ws::front {

WS_HD bool ReadText(const Vec<Token>& tokens, uint32_t first, Vec<uint8_t>& text, uint32_t* bad) {
  bool ok = true;
  for (uint32_t t = first; t < tokens.size(); ++t) {
    const Token& part = tokens[t];
    if (part.kind != TokenKind::kString) break;
    const std::string_view written = part.view();
    size_t begin = 0;
    while (begin < written.size() && written.data()[begin] != '"') ++begin;
    if (written.size() < begin + 2) continue;
    const std::string_view inside(written.data() + begin + 1, written.size() - begin - 2);
    size_t at = 0;
    int64_t c = 0;
    while (at < inside.size()) {
      if (!ReadCharacter(inside, &at, &c)) {
        *bad = t;
        ok = false;
        break;
      }
      text.push_back(static_cast<uint8_t>(c));
    }
  }
  text.push_back(0);
  return ok;
}

}  // namespace ws::front
