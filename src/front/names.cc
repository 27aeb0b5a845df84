// device-clean
#include "front/names.h"

namespace ws::front {

WS_HD NameId Names::Insert(uint32_t slot, Row row) {
  const Word word = LookUpWord(row.text, row.length, row.hash);
  switch (word.word_class) {
    case WordClass::kNone:
      names_pragma_ = names_pragma_ || SameText({row.text, row.length}, "_Pragma");
      break;
    case WordClass::kKeyword:
      row.kind = static_cast<TokenKind>(word.value);
      break;
    case WordClass::kType:
      row.type = static_cast<BuiltinTypeName>(word.value);
      row.meaning = InfoOf(row.type).kind == BuiltinTypeKind::kTemplate ? Meaning::kTypeTemplate
                                                                        : Meaning::kType;
      break;
    case WordClass::kLibrary:
      names_library_ = true;
      row.library = true;
      break;
    case WordClass::kMacro:
      row.macro = kBuiltinMacro | word.value;
      break;
  }
  const uint32_t index = rows_.size();
  rows_.push_back(row);
  if (rows_.size() == index) return {};
  slots_[slot] = index + 1;
  if (rows_.size() * 2 > mask_) {
    SetSlots((mask_ + 1) * 4);
    if (slots_ == nullptr) return {};
    for (uint32_t i = 0; i < rows_.size(); ++i) {
      uint32_t at = rows_[i].hash & mask_;
      while (slots_[at] != 0) at = (at + 1) & mask_;
      slots_[at] = i + 1;
    }
  }
  return NameId(index);
}

}  // namespace ws::front
