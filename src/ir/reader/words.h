// Names of one PTX text, and what they stand for where the reader is. Device-clean.
//
// Open addressing in the arena. The first rows are the words of PTX itself: those of modifiers.def,
// then the opcodes of instructions.def, so that the number of a row tells which it is.
#ifndef WARPSMITH_IR_READER_WORDS_H_
#define WARPSMITH_IR_READER_WORDS_H_

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "base/id.h"
#include "ir/ops.h"

namespace ws::ir::reader {

using WordId = Id<struct WordTag>;

enum class Mod : uint16_t {
#define MOD(name, spelling, cls, value) k##name,
#include "ir/reader/modifiers.def"
#undef MOD
  kCount
};

// What a modifier chooses.
enum class ModClass : uint8_t {
  kWord,
  kIgnored,
  kType,
  kRound,
  kCompare,
  kSpace,
  kCache,
  kOrder,
  kScope,
  kVector,
  kAtomic,
  kElement
};
struct ModInfo {
  const char* spelling;
  ModClass cls;
  uint8_t value;  // of the enumeration of the class
};
WS_HD ModInfo InfoOf(Mod mod);

// How the operands and words of an opcode are read: Reader::Read<Form>.
enum class Form : uint8_t {
#define FORM(name) k##name,
#include "ir/reader/forms.def"
#undef FORM
};

struct OpcodeInfo {
  const char* spelling;
  Form form;
  Op op;
};
inline constexpr uint32_t kNumOpcodes = 0
#define INSTRUCTION(spelling, form, op) +1
#include "ir/reader/instructions.def"
#undef INSTRUCTION
    ;
WS_HD OpcodeInfo OpcodeAt(uint32_t index);

// What a name stands for.
enum class Meaning : uint8_t {
  kNone,
  kRegister,     // index: RegId
  kVector,       // index: the first of the reader's vector registers
  kGlobal,       // index: GlobalId; also shared and constant variables
  kFrame,        // index: of the reader's frame variables: .local, and .param arrays of calls
  kScratch,      // index: RegId that holds a scalar .param variable of a function body
  kKernelParam,  // index: in Module::params
  kFuncParam,    // index: of the signature's parameters, results first
  kFunction,     // index: FunctionId
  kLabel,        // index: label of the function builder
  kPrototype,    // index: of the reader's signatures
  kTargets,      // index: of the reader's lists of branch or call targets
};

struct Binding {
  Meaning meaning = Meaning::kNone;
  uint32_t index = 0;
  uint32_t depth = 0;  // how many braces are open where it is declared
};

class Words {
 public:
  struct Row {
    std::string_view text;
    uint32_t hash = 0;
    Binding binding;
    // Registers declared as `name<count>`: 1 + the latest range of which this is the name.
    uint32_t range = 0;
    // For names that end in a number: what stands before it, and the number. Set when first asked.
    bool is_split = false;
    WordId prefix;
    uint32_t number = 0;
    uint32_t cached_range = 0;  // 1 + the range that `cached_reg` was taken from
    uint32_t cached_reg = 0;
  };

  WS_HD explicit Words(Arena& arena, uint32_t expected);

  // The row of the text, which must outlive the table. Invalid when the arena is full.
  WS_HD WordId Intern(std::string_view text);
  WS_HD Row& operator[](WordId id) { return rows_[id.index]; }
  WS_HD std::string_view text(WordId id) const { return rows_[id.index].text; }
  WS_HD uint32_t size() const { return rows_.size(); }

  // Mod::kCount if the word is none.
  WS_HD static Mod ModOf(WordId id) {
    return id.index < static_cast<uint32_t>(Mod::kCount) ? static_cast<Mod>(id.index) : Mod::kCount;
  }
  // kNumOpcodes if the word is none.
  WS_HD static uint32_t OpcodeOf(WordId id) {
    const uint32_t index = id.index - static_cast<uint32_t>(Mod::kCount);
    return id.index >= static_cast<uint32_t>(Mod::kCount) && index < kNumOpcodes ? index
                                                                                 : kNumOpcodes;
  }
  // Splits what the name of a register of a range may be.
  WS_HD void Split(WordId id);

 private:
  static constexpr uint64_t kMaxProbes = 1u << 24;  // names made to collide end here

  WS_HD void SetSlots(uint32_t count);

  Arena* arena_;
  Vec<Row> rows_;
  uint32_t* slots_ = nullptr;  // 1 + row, 0 if empty
  uint32_t mask_ = 0;
  uint64_t probes_ = 0;
};

}  // namespace ws::ir::reader

#endif  // WARPSMITH_IR_READER_WORDS_H_
