// What string literals stand for. Device-clean.
#ifndef WARPSMITH_FRONT_TEXT_LITERAL_H_
#define WARPSMITH_FRONT_TEXT_LITERAL_H_

#include <cstdint>

#include "base/arena.h"
#include "front/token.h"

namespace ws::front {

// The characters of the adjacent literals that begin at token `first`, with the zero behind them.
// False at a malformed escape sequence; `bad` is then the token that has it.
// `places` gets, for each character, where it is written (of a macro, where the macro is).
WS_HD bool ReadText(const Vec<Token>& tokens, uint32_t first, Vec<uint8_t>& text, uint32_t* bad,
                    Vec<uint32_t>* places = nullptr);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_TEXT_LITERAL_H_
