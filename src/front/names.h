// Interned identifiers of one program. Device-clean.
//
// Open addressing in the arena. What a name means without a declaration (keyword, builtin type,
// builtin macro) is found out once, when it is first seen; the preprocessor and the parser keep
// what the name means now in the same row.
#ifndef WARPSMITH_FRONT_NAMES_H_
#define WARPSMITH_FRONT_NAMES_H_

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "front/token.h"
#include "front/words.h"

namespace ws::front {

// What an identifier stands for where the parser is.
enum class Meaning : uint8_t {
  kOrdinary,      // variable, function, enumerator, or unknown
  kType,          // typedef, enum, template parameter, builtin type
  kTypeTemplate,  // vector
  kFunctionTemplate,
  kNamespace,
};

class Names {
 public:
  static constexpr uint32_t kNoMacro = 0xffffffffu;
  // Macro numbers from here on are rows of builtin_macros.def.
  static constexpr uint32_t kBuiltinMacro = 0x80000000u;

  // `expected` distinct names are no reason to grow.
  WS_HD Names(Arena& arena, uint32_t expected) : arena_(&arena), rows_(arena), arch_asked_(arena) {
    uint32_t slots = 64;
    while (slots < expected * 2 && slots < (1u << 20)) slots *= 2;
    rows_.reserve(slots / 2);
    SetSlots(slots);
  }

  // The id of the text, whose HashName is `hash` and whose first HashedBytes are `head`. The text
  // must outlive the table. Invalid when the arena is full or too many names collide.
  WS_HD NameId Intern(const char* text, uint32_t length, uint64_t head, uint32_t hash) {
    if (slots_ == nullptr) return {};
    uint32_t slot = hash & mask_;
    for (uint32_t row_index = slots_[slot]; row_index != 0; row_index = slots_[slot]) {
      const Row& row = rows_[row_index - 1];
      if (row.head == head && row.length == length && row.hash == hash &&
          (length <= 8 || Same(row.text + 8, text + 8, length - 8))) {
        return NameId(row_index - 1);
      }
      slot = (slot + 1) & mask_;
      if (++probes_ > kMaxProbes) {
        arena_->Fail();
        return {};
      }
    }
    return Insert(slot, {text, length, hash, head});
  }
  WS_HD NameId Intern(std::string_view text) {
    return Intern(text.data(), static_cast<uint32_t>(text.size()), HashedBytes(text, 0),
                  HashName(text));
  }

  // Where a conditional asked for __CUDA_ARCH__: the number of tokens before it, ascending.
  WS_HD const Vec<uint32_t>& arch_asked() const { return arch_asked_; }
  WS_HD void AskArch(uint32_t tokens) { arch_asked_.push_back(tokens); }
  // Whether _Pragma was seen.
  WS_HD bool names_pragma() const { return names_pragma_; }
  // Whether a name that library.def has was seen.
  WS_HD bool names_library() const { return names_library_; }
  WS_HD bool is_library(NameId id) const { return rows_[id.index].library; }

  WS_HD uint32_t size() const { return rows_.size(); }
  WS_HD std::string_view view(NameId id) const {
    return {rows_[id.index].text, rows_[id.index].length};
  }
  // kIdentifier, or the keyword.
  WS_HD TokenKind token_kind(NameId id) const { return rows_[id.index].kind; }
  // The builtin type of this name, whether or not a declaration hides it.
  WS_HD BuiltinTypeName builtin_type(NameId id) const { return rows_[id.index].type; }

  WS_HD uint32_t macro(NameId id) const { return rows_[id.index].macro; }
  WS_HD void SetMacro(NameId id, uint32_t macro) { rows_[id.index].macro = macro; }
  WS_HD Meaning meaning(NameId id) const { return rows_[id.index].meaning; }
  WS_HD void SetMeaning(NameId id, Meaning meaning) { rows_[id.index].meaning = meaning; }

 private:
  static constexpr uint64_t kMaxProbes = 1u << 24;

  struct Row {
    const char* text;
    uint32_t length;
    uint32_t hash;
    uint64_t head;
    uint32_t macro = kNoMacro;
    TokenKind kind = TokenKind::kIdentifier;
    BuiltinTypeName type = BuiltinTypeName::kNone;
    Meaning meaning = Meaning::kOrdinary;
    bool library = false;  // library.def has it
  };

  WS_HD static bool Same(const char* a, const char* b, uint32_t length) {
    for (uint32_t i = 0; i < length; ++i) {
      if (a[i] != b[i]) return false;
    }
    return true;
  }

  WS_HD void SetSlots(uint32_t count) {
    slots_ = static_cast<uint32_t*>(arena_->Allocate(size_t{count} * sizeof(uint32_t)));
    if (slots_ == nullptr) return;
    memset(slots_, 0, size_t{count} * sizeof(uint32_t));
    mask_ = count - 1;
  }

  WS_HD NameId Insert(uint32_t slot, Row row);

  Arena* arena_;
  Vec<Row> rows_;
  uint32_t* slots_ = nullptr;  // 1 + row, 0 if empty
  uint32_t mask_ = 0;
  uint64_t probes_ = 0;
  bool names_library_ = false;
  bool names_pragma_ = false;
  Vec<uint32_t> arch_asked_;
};

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_NAMES_H_
