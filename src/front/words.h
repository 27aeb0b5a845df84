// Words known in advance: keywords, named builtin types, builtin macros. Device-clean.
//
// One constexpr hash table over the rows of tokens.def, builtin_types.def and builtin_macros.def;
// a name is looked up once per program, when it is interned, so nothing is set up per program.
#ifndef WARPSMITH_FRONT_WORDS_H_
#define WARPSMITH_FRONT_WORDS_H_

#include <cstdint>
#include <string_view>

#include "base/macros.h"
#include "front/token.h"
#include "front/tree.h"

namespace ws::front {

// Rows of builtin_types.def. kNone: not such a type.
enum class BuiltinTypeName : uint8_t {
  kNone,
#define BUILTIN_TYPE(name, spelling, kind, scalar, count) k##name,
#include "front/builtin_types.def"
#undef BUILTIN_TYPE
  kCount
};

enum class BuiltinTypeKind : uint8_t {
  kScalar,
  kHalf,
  kHalf2,
  kBf16,
  kBf162,
  kVector,
  kDim3,
  kHandle,
  kTemplate
};

struct BuiltinTypeInfo {
  BuiltinTypeKind kind;
  BuiltinType scalar;  // kVoid where there is none
  uint8_t count;
};
WS_HD BuiltinTypeInfo InfoOf(BuiltinTypeName name);

// Rows of builtin_macros.def, from 1; 0: not such a macro.
WS_HD std::string_view BuiltinMacroText(uint32_t macro);

enum class WordClass : uint8_t { kNone, kKeyword, kType, kMacro };
struct Word {
  WordClass word_class = WordClass::kNone;
  uint8_t value = 0;  // TokenKind, BuiltinTypeName, or number of the macro
};

// The hash that names and words are looked up by, one byte after the other. Names of 2^32 bytes and
// more do not occur.
WS_HD constexpr uint32_t HashStep(uint32_t hash, char c) {
  return (hash << 5 | hash >> 27) ^ static_cast<unsigned char>(c);
}
WS_HD constexpr uint32_t HashEnd(uint32_t hash) {
  hash *= 0x9e3779b1u;
  return hash ^ hash >> 15;
}
WS_HD constexpr uint32_t HashName(std::string_view text) {
  uint32_t hash = 0;
  for (size_t i = 0; i < text.size(); ++i) hash = HashStep(hash, text.data()[i]);
  return HashEnd(hash);
}

WS_HD Word LookUpWord(const char* text, uint32_t length, uint32_t hash);

// Spelling of punctuators and keywords; empty for other kinds.
WS_HD std::string_view SpellingOf(TokenKind kind);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_WORDS_H_
