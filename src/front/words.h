// Words known in advance: keywords, named builtin types, builtin macros. Device-clean.
//
// One constexpr hash table over the rows of tokens.def, builtin_types.def, builtin_macros.def and
// library.def;
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
  kPointer,
  kManipulator,
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

enum class WordClass : uint8_t { kNone, kKeyword, kType, kMacro, kLibrary };
struct Word {
  WordClass word_class = WordClass::kNone;
  uint8_t value = 0;  // TokenKind, BuiltinTypeName, or number of the macro
};

// The hash that names and words are looked up by: eight bytes after eight, the last ones padded
// with zeros. Begins with 0.
WS_HD constexpr uint64_t HashStep(uint64_t hash, uint64_t bytes) {
  hash = (hash ^ bytes) * 0x9e3779b97f4a7c15u;
  return hash ^ hash >> 32;
}
WS_HD constexpr uint32_t HashEnd(uint64_t hash) { return static_cast<uint32_t>(hash); }

// Up to eight bytes of the text from `at` on, as HashStep takes them.
WS_HD constexpr uint64_t HashedBytes(std::string_view text, size_t at) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < 8 && at + i < text.size(); ++i) {
    bytes |= uint64_t{static_cast<unsigned char>(text.data()[at + i])} << (8 * i);
  }
  return bytes;
}
WS_HD constexpr uint32_t HashName(std::string_view text) {
  uint64_t hash = 0;
  for (size_t at = 0; at < text.size(); at += 8) hash = HashStep(hash, HashedBytes(text, at));
  return HashEnd(hash);
}

WS_HD Word LookUpWord(const char* text, uint32_t length, uint32_t hash);

// Spelling of punctuators and keywords; empty for other kinds.
WS_HD std::string_view SpellingOf(TokenKind kind);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_WORDS_H_
