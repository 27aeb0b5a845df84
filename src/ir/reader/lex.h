// PTX source text to tokens. Device-clean.
#ifndef WARPSMITH_IR_READER_LEX_H_
#define WARPSMITH_IR_READER_LEX_H_

#include <string_view>

#include "diag/diag.h"
#include "ir/reader/words.h"

namespace ws::ir::reader {

enum class TokenKind : uint8_t {
  kEnd,
  kWord,     // a name, an opcode, a register; %tid.x is one
  kDot,      // .word, which may hold :: and further dots of a vector element
  kInteger,  // 12, 0x1f, 0b1, 017, each with U behind it or not
  kFloat32,  // 0f3F800000
  kFloat64,  // 0d3FF0000000000000, 1.5, 1e3
  kString,
  kPunct,  // one character: punct
};

struct Token {
  uint32_t begin = 0;  // in the text
  uint32_t length = 0;
  WordId word;  // kWord, kDot
  TokenKind kind = TokenKind::kEnd;
  char punct = 0;

  WS_HD bool Is(char c) const { return kind == TokenKind::kPunct && punct == c; }
};

// Where a text lies in the source map: from `base` on, or byte for byte as `places` says.
struct TextPlaces {
  uint32_t base = 0;
  const uint32_t* places = nullptr;
  WS_HD diag::Loc At(size_t byte) const {
    return {places != nullptr ? places[byte] : base + static_cast<uint32_t>(byte)};
  }
};

// Appends the tokens of the text, a kEnd last. Characters that begin no token are reported and left
// out. False if the arena is full.
WS_HD bool Lex(std::string_view text, const TextPlaces& places, Words& words, diag::Sink& sink,
               Vec<Token>& tokens);

}  // namespace ws::ir::reader

#endif  // WARPSMITH_IR_READER_LEX_H_
