// device-clean
#include "ir/reader/words.h"

#include "base/hash.h"

namespace ws::ir::reader {

WS_HD ModInfo InfoOf(Mod mod) {
  switch (mod) {
#define MOD(name, spelling, cls, value) \
  case Mod::k##name:                    \
    return {spelling, ModClass::k##cls, static_cast<uint8_t>(value)};
#include "ir/reader/modifiers.def"
#undef MOD
    case Mod::kCount:
      break;
  }
  return {"", ModClass::kWord, 0};
}

WS_HD OpcodeInfo OpcodeAt(uint32_t index) {
  static constexpr OpcodeInfo kRows[] = {
#define INSTRUCTION(spelling, form, op) {spelling, Form::k##form, Op::k##op},
#include "ir/reader/instructions.def"
#undef INSTRUCTION
  };
  return index < kNumOpcodes ? kRows[index] : OpcodeInfo{"", Form::kSleep, Op::kCount};
}

WS_HD Words::Words(Arena& arena, uint32_t expected) : arena_(&arena), rows_(arena) {
  uint32_t slots = 1024;
  while (slots < expected * 2 && slots < (1u << 20)) slots *= 2;
  rows_.reserve(slots / 2);
  SetSlots(slots);
  for (uint32_t i = 0; i < static_cast<uint32_t>(Mod::kCount); ++i) {
    Intern(InfoOf(static_cast<Mod>(i)).spelling);
  }
  for (uint32_t i = 0; i < kNumOpcodes; ++i) Intern(OpcodeAt(i).spelling);
}

WS_HD void Words::SetSlots(uint32_t count) {
  slots_ = static_cast<uint32_t*>(arena_->Allocate(size_t{count} * sizeof(uint32_t)));
  if (slots_ == nullptr) return;
  memset(slots_, 0, size_t{count} * sizeof(uint32_t));
  mask_ = count - 1;
}

WS_HD WordId Words::Intern(std::string_view text) {
  if (slots_ == nullptr) return {};
  const uint32_t hash = static_cast<uint32_t>(HashText(text));
  uint32_t slot = hash & mask_;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask_) {
    const Row& row = rows_[slots_[slot] - 1];
    if (row.hash == hash && SameText(row.text, text)) return WordId(slots_[slot] - 1);
    if (++probes_ > kMaxProbes) {
      arena_->Fail();
      return {};
    }
  }
  Row row;
  row.text = text;
  row.hash = hash;
  rows_.push_back(row);
  if (arena_->failed()) return {};
  slots_[slot] = rows_.size();
  if (rows_.size() * 2 > mask_) {
    SetSlots(2 * (mask_ + 1));
    for (uint32_t i = 0; slots_ != nullptr && i < rows_.size(); ++i) {
      uint32_t at = rows_[i].hash & mask_;
      while (slots_[at] != 0) at = (at + 1) & mask_;
      slots_[at] = i + 1;
    }
  }
  return slots_ == nullptr ? WordId() : WordId(rows_.size() - 1);
}

WS_HD void Words::Split(WordId id) {
  if (rows_[id.index].is_split) return;
  rows_[id.index].is_split = true;
  const std::string_view text = rows_[id.index].text;
  size_t digits = 0;
  while (digits < text.size() && text[text.size() - 1 - digits] >= '0' &&
         text[text.size() - 1 - digits] <= '9') {
    ++digits;
  }
  if (digits == 0 || digits == text.size()) return;
  if (digits > 10) digits = 10;  // no register has a longer number
  const char* const first = text.data() + text.size() - digits;
  uint64_t number = 0;
  for (size_t i = 0; i < digits; ++i) number = 10 * number + static_cast<uint64_t>(first[i] - '0');
  if (number > 0xffffffff) return;
  const WordId prefix = Intern(std::string_view(text.data(), text.size() - digits));
  rows_[id.index].prefix = prefix;
  rows_[id.index].number = static_cast<uint32_t>(number);
}

}  // namespace ws::ir::reader
