// device-clean
#include "front/text_literal.h"

#include "front/literal.h"

namespace ws::front {

WS_HD bool ReadText(const Vec<Token>& tokens, uint32_t first, Vec<uint8_t>& text, uint32_t* bad,
                    Vec<uint32_t>* places) {
  bool ok = true;
  uint32_t end = first < tokens.size() ? tokens[first].loc.offset : 0;
  for (uint32_t t = first; t < tokens.size(); ++t) {
    const Token& part = tokens[t];
    if (part.kind != TokenKind::kString) break;
    const std::string_view written = part.view();
    size_t begin = 0;
    while (begin < written.size() && written.data()[begin] != '"') ++begin;
    if (written.size() < begin + 2) continue;
    const bool is_raw = begin > 0 && written.data()[begin - 1] == 'R';
    size_t trim = 0;  // of a raw one: its delimiter and the parenthesis
    if (is_raw) {
      while (begin + trim < written.size() && written.data()[begin + trim] != '(') ++trim;
      if (written.size() < begin + 2 * trim + 2) continue;  // it was not closed
    }
    const std::string_view inside(written.data() + begin + 1 + trim,
                                  written.size() - begin - 2 - 2 * trim);
    size_t at = 0;
    int64_t c = 0;
    const bool is_in_place = part.loc_end.offset - part.loc.offset == part.length;
    end = part.loc_end.offset;
    while (at < inside.size()) {
      const uint32_t inset = is_in_place ? static_cast<uint32_t>(begin + 1 + trim + at) : 0;
      if (places != nullptr) places->push_back(part.loc.offset + inset);
      if (is_raw) {
        text.push_back(static_cast<uint8_t>(inside.data()[at++]));
        continue;
      }
      if (!ReadCharacter(inside, &at, &c)) {
        *bad = t;
        ok = false;
        break;
      }
      text.push_back(static_cast<uint8_t>(c));
    }
  }
  text.push_back(0);
  if (places != nullptr) places->push_back(end);
  return ok;
}

}  // namespace ws::front
