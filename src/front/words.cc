// device-clean
#include "front/words.h"

namespace ws::front {
namespace {

constexpr uint32_t kSlots = 2048;

struct WordRow {
  std::string_view text;
  Word word;
};

// Calls visit(row) for every word.
template <typename Visit>
WS_HD constexpr void ForEachWord(Visit visit) {
#define TOKEN(name, spelling)
#define PUNCTUATOR(name, spelling)
#define KEYWORD(name, spelling) \
  visit(WordRow{spelling, {WordClass::kKeyword, static_cast<uint8_t>(TokenKind::k##name)}});
#include "front/tokens.def"
#undef TOKEN
#undef PUNCTUATOR
#undef KEYWORD
#define BUILTIN_TYPE(name, spelling, kind, scalar, count) \
  visit(WordRow{spelling, {WordClass::kType, static_cast<uint8_t>(BuiltinTypeName::k##name)}});
#include "front/builtin_types.def"
#undef BUILTIN_TYPE
  uint8_t macro = 0;
#define BUILTIN_MACRO(name, text) visit(WordRow{#name, {WordClass::kMacro, ++macro}});
#include "front/builtin_macros.def"
#undef BUILTIN_MACRO
#define ALGORITHM(name) visit(WordRow{#name, {WordClass::kLibrary, 0}});
#define STD_FUNCTION(name, file) ALGORITHM(name)
#define RUNTIME(name) ALGORITHM(name)
#define STD_NAME(name, scope, file, meaning) ALGORITHM(name)
#define STREAM(name, meaning) ALGORITHM(name)
#define STD_TEMPLATE(name, scope, file) ALGORITHM(name)
#include "front/library.def"
#undef ALGORITHM
#undef STD_FUNCTION
#undef RUNTIME
#undef STD_NAME
#undef STREAM
#undef STD_TEMPLATE
}

WS_HD constexpr uint32_t CountWords() {
  uint32_t count = 0;
  ForEachWord([&](const WordRow&) { ++count; });
  return count;
}
constexpr uint32_t kWords = CountWords();
static_assert(kWords <= kSlots / 2, "enlarge kSlots");

// Open addressing by linear probing. The text of a slot lies at `begin` in a pool.
struct WordTable {
  uint32_t hashes[kSlots] = {};
  uint16_t begins[kSlots] = {};
  uint8_t lengths[kSlots] = {};
  Word words[kSlots] = {};
  char pool[kWords * 16] = {};
  uint32_t used = 0;
  bool unique = true;
};

WS_HD constexpr WordTable MakeWordTable() {
  WordTable table;
  ForEachWord([&](const WordRow& row) {
    const uint32_t hash = HashName(row.text);
    uint32_t slot = hash % kSlots;
    while (table.lengths[slot] != 0) {
      bool same = table.lengths[slot] == row.text.size();
      for (uint32_t i = 0; same && i < row.text.size(); ++i) {
        same = table.pool[table.begins[slot] + i] == row.text[i];
      }
      if (same) table.unique = false;
      slot = (slot + 1) % kSlots;
    }
    table.hashes[slot] = hash;
    table.begins[slot] = static_cast<uint16_t>(table.used);
    table.lengths[slot] = static_cast<uint8_t>(row.text.size());
    table.words[slot] = row.word;
    for (char c : row.text) table.pool[table.used++] = c;
  });
  return table;
}
static_assert(MakeWordTable().unique, "a word stands in two rows");

}  // namespace

WS_HD Word LookUpWord(const char* text, uint32_t length, uint32_t hash) {
  static constexpr WordTable kTable = MakeWordTable();
  for (uint32_t slot = hash % kSlots; kTable.lengths[slot] != 0; slot = (slot + 1) % kSlots) {
    if (kTable.hashes[slot] != hash || kTable.lengths[slot] != length) continue;
    bool same = true;
    for (uint32_t i = 0; same && i < length; ++i) {
      same = kTable.pool[kTable.begins[slot] + i] == text[i];
    }
    if (same) return kTable.words[slot];
  }
  return {};
}

WS_HD BuiltinTypeInfo InfoOf(BuiltinTypeName name) {
  static constexpr BuiltinTypeInfo kInfo[] = {
      {BuiltinTypeKind::kScalar, BuiltinType::kVoid, 0},
#define BUILTIN_TYPE(name, spelling, kind, scalar, count) \
  {BuiltinTypeKind::kind, BuiltinType::scalar, count},
#include "front/builtin_types.def"
#undef BUILTIN_TYPE
  };
  return kInfo[static_cast<uint32_t>(name)];
}

WS_HD std::string_view BuiltinMacroText(uint32_t macro) {
  uint32_t row = 0;
#define BUILTIN_MACRO(name, text) \
  if (macro == ++row) return text;
#include "front/builtin_macros.def"
#undef BUILTIN_MACRO
  return {};
}

WS_HD std::string_view SpellingOf(TokenKind kind) {
  switch (kind) {
#define TOKEN(name, spelling) \
  case TokenKind::k##name:    \
    return spelling;
#include "front/tokens.def"
#undef TOKEN
    case TokenKind::kCount:
      break;
  }
  return {};
}

}  // namespace ws::front
