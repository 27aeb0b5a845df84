// Which words the opcodes of PTX take, on which targets and from which version on: grammar.def.
// Device-clean.
//
// As in ptxas, words stand in any order but for types and layouts, which follow each other as in
// the row.
#ifndef WARPSMITH_IR_READER_GRAMMAR_H_
#define WARPSMITH_IR_READER_GRAMMAR_H_

#include <span>
#include <string_view>

#include "ir/reader/words.h"

namespace ws::ir::reader {

// What the head of a module says it is written for.
struct Platform {
  std::string_view target;  // 90a of sm_90a and compute_90a
  uint32_t number = 0;      // 90
  uint32_t version = 0;     // of PTX, ten times
};
// The row of targets.def; false if there is none.
WS_HD bool FindTarget(std::string_view name, uint32_t* number, uint32_t* version);

// One row of grammar.def.
enum class GrammarState : uint8_t { kExecuted, kRead };
struct GrammarRow {
  const char* opcode;
  GrammarState state;
  const char* words;
  const char* targets;
  uint32_t version;
  const char* gone;
};
inline constexpr uint32_t kNumGrammarRows = 0
#define GRAMMAR(opcode, state, words, targets, version, gone) +1
#include "ir/reader/grammar.def"
#undef GRAMMAR
    ;
WS_HD GrammarRow GrammarRowAt(uint32_t index);

class Grammar {
 public:
  struct Verdict {
    enum class Kind : uint8_t {
      kFits,
      kNotExecuted,  // fits, but the engine does not have it
      kNoRows,       // the table says nothing of this opcode
      kModifier,     // `at` is a word that does not stand here
      kMissing,      // `what` is missing
      kTarget,       // the target is too old, or not one of `what`
      kVersion,      // the version is less than `version`
      kGone,         // newer targets and versions do not have it
    };
    Kind kind = Kind::kNoRows;
    uint32_t at = 0;
    uint32_t version = 0;
    uint32_t target = 0;  // the least one, where the word `what` needs it; 0: the row does
    std::string_view what;
    std::string_view words;  // of the row that is nearest
  };

  WS_HD Grammar(Arena& arena, Words& words)
      : words_(&words), rows_(arena), items_(arena), choices_(arena) {}

  // Of the words behind the opcode in row `opcode` of instructions.def.
  WS_HD Verdict Judge(uint32_t opcode, std::span<const Mod> mods, const Platform& platform);

 private:
  struct Item {                     // .a|.b?
    uint32_t first = 0, count = 0;  // in choices_
    bool optional = false;
    uint8_t order = 0;      // words of one order follow each other as the items do
    bool is_first = false;  // ^: stands behind the opcode itself
    std::string_view text;
  };
  struct Row {
    GrammarRow facts;
    uint32_t first = 0, count = 0;  // in items_
  };
  struct Rows {
    uint32_t first = 0, count = 0;  // in rows_
    bool known = false;
  };
  // How a row took the words.
  struct Match {
    uint32_t taken = 0;
    uint32_t bad = 0xffffffffu;      // the first word that it does not take
    uint32_t missing = 0xffffffffu;  // the first item that is not there
  };

  // Whether target and version have the row and the words; else the verdict says which is missing.
  WS_HD static bool FitsPlatform(const GrammarRow& facts, std::span<const Mod> mods,
                                 const Platform& platform, Verdict* verdict);
  WS_HD void Compile(uint32_t opcode);
  WS_HD void CompileRow(const GrammarRow& facts);
  WS_HD Match MatchRow(const Row& row, std::span<const Mod> mods) const;

  Words* words_;
  Rows of_opcode_[kNumOpcodes];
  Vec<Row> rows_;
  Vec<Item> items_;
  Vec<Mod> choices_;
  // What was judged lately, by the opcode and at most 5 words.
  static constexpr uint32_t kCached = 256;
  struct Cached {
    uint64_t key = ~uint64_t{0};
    Verdict::Kind kind = Verdict::Kind::kNoRows;
  };
  Cached cache_[kCached];
};

}  // namespace ws::ir::reader

#endif  // WARPSMITH_IR_READER_GRAMMAR_H_
