// device-clean
#include "ir/reader/grammar.h"

#include "base/arena.h"

namespace ws::ir::reader {
namespace {

WS_HD std::string_view View(const char* text) {
  size_t size = 0;
  while (text[size] != 0) ++size;
  return {text, size};
}

// The text up to the next sign, which is taken off.
WS_HD std::string_view TakeTo(std::string_view* text, char sign) {
  size_t size = 0;
  while (size < text->size() && text->data()[size] != sign) ++size;
  const std::string_view taken(text->data(), size);
  const size_t behind = size < text->size() ? size + 1 : size;
  *text = std::string_view(text->data() + behind, text->size() - behind);
  return taken;
}

// Words of which the order counts: 1 types and layouts, 2 state spaces; else 0.
WS_HD uint8_t OrderOf(Mod mod) {
  if (InfoOf(mod).cls == ModClass::kSpace) return 2;
  if (InfoOf(mod).cls == ModClass::kType) return 1;
  switch (mod) {
    case Mod::kRow:
    case Mod::kCol:
    case Mod::kB128:
    case Mod::kU16x2:
    case Mod::kS16x2:
    case Mod::kF32x2:
    case Mod::kTf32:
    case Mod::kE4m3x2:
    case Mod::kE5m2x2:
    case Mod::kE2m1x2:
    case Mod::kE2m3x2:
    case Mod::kE3m2x2:
    case Mod::kUe8m0x2:
    case Mod::kE4m3:
    case Mod::kE5m2:
    case Mod::kE2m1:
    case Mod::kE2m3:
    case Mod::kE3m2:
    case Mod::kS4:
    case Mod::kU4:
    case Mod::kS2:
    case Mod::kU2:
    case Mod::kB1:
      return 1;
    default:
      return 0;
  }
}

// The number that the text begins with, which is taken off.
WS_HD uint32_t TakeNumber(std::string_view* text) {
  uint32_t number = 0;
  while (!text->empty() && text->data()[0] >= '0' && text->data()[0] <= '9') {
    number = 10 * number + static_cast<uint32_t>(text->data()[0] - '0');
    text->remove_prefix(1);
  }
  return number;
}

WS_HD bool IsGone(const char* gone, const Platform& platform) {
  std::string_view text = View(gone);
  if (text.empty()) return false;
  const uint32_t target = TakeNumber(&text);
  text.remove_prefix(1);
  return platform.number >= target && platform.version >= TakeNumber(&text);
}

// A target fits "80" from sm_80 on, and "90a 100a" if it is one of them.
WS_HD bool FitsTargets(const char* targets, const Platform& platform) {
  std::string_view rest = View(targets);
  while (!rest.empty()) {
    const std::string_view one = TakeTo(&rest, ' ');
    std::string_view suffix = one;
    const uint32_t number = TakeNumber(&suffix);
    if (suffix.empty() && platform.number >= number) return true;
    if (SameText(platform.target, one)) return true;
  }
  return false;
}

// What a word needs by itself: 0 nothing.
WS_HD void SinceOf(Mod mod, uint32_t* target, uint32_t* version) {
  switch (mod) {
#define SINCE(name, since_target, since_version) \
  case Mod::k##name:                             \
    *target = since_target;                      \
    *version = since_version;                    \
    return;
#include "ir/reader/since.def"
#undef SINCE
    default:
      *target = *version = 0;
  }
}

}  // namespace

WS_HD bool FindTarget(std::string_view name, uint32_t* number, uint32_t* version) {
  constexpr struct {
    const char* name;
    uint32_t number, version;
  } kRows[] = {
#define TARGET(name, number, version) {name, number, version},
#include "ir/reader/targets.def"
#undef TARGET
  };
  // compute_90 is sm_90.
  constexpr std::string_view kVirtual = "compute_";
  const bool is_virtual =
      name.size() > kVirtual.size() && SameText({name.data(), kVirtual.size()}, kVirtual);
  const size_t before = is_virtual ? kVirtual.size() : 0;
  const std::string_view wanted(name.data() + before, name.size() - before);
  for (const auto& row : kRows) {
    const size_t skipped = is_virtual ? std::string_view("sm_").size() : 0;
    const std::string_view known = View(row.name);
    if (!SameText(wanted, {known.data() + skipped, known.size() - skipped})) continue;
    *number = row.number;
    *version = row.version;
    return true;
  }
  return false;
}

WS_HD GrammarRow GrammarRowAt(uint32_t index) {
  static constexpr GrammarRow kRows[] = {
#define GRAMMAR(opcode, state, words, targets, version, gone) \
  {opcode, GrammarState::k##state, words, targets, version, gone},
#include "ir/reader/grammar.def"
#undef GRAMMAR
  };
  return kRows[index < kNumGrammarRows ? index : 0];
}

WS_HD void Grammar::CompileRow(const GrammarRow& facts) {
  Row row;
  row.facts = facts;
  row.first = items_.size();
  std::string_view rest = View(facts.words);
  while (!rest.empty()) {
    std::string_view text = TakeTo(&rest, ' ');
    Item item;
    item.is_first = text.data()[0] == '^';
    if (item.is_first) text.remove_prefix(1);
    item.optional = text.data()[text.size() - 1] == '?';
    if (item.optional) text.remove_suffix(1);
    item.text = text;
    item.first = choices_.size();
    while (!text.empty()) {
      const Mod mod = Words::ModOf(words_->Intern(TakeTo(&text, '|')));
      choices_.push_back(mod);
      if (item.order == 0) item.order = OrderOf(mod);
      ++item.count;
    }
    items_.push_back(item);
    ++row.count;
  }
  rows_.push_back(row);
}

WS_HD void Grammar::Compile(uint32_t opcode) {
  Rows& rows = of_opcode_[opcode];
  rows.known = true;
  rows.first = rows_.size();
  const std::string_view name = View(OpcodeAt(opcode).spelling);
  for (uint32_t i = 0; i < kNumGrammarRows; ++i) {
    const GrammarRow facts = GrammarRowAt(i);
    if (SameText(View(facts.opcode), name)) CompileRow(facts);
  }
  rows.count = rows_.size() - rows.first;
}

WS_HD Grammar::Match Grammar::MatchRow(const Row& row, std::span<const Mod> mods) const {
  Match match;
  uint64_t used = 0;
  uint32_t next[3] = {};  // the item behind the latest of each order
  for (uint32_t m = 0; m < mods.size(); ++m) {
    bool found = false;
    for (uint32_t i = 0; i < row.count && !found; ++i) {
      const Item& item = items_[row.first + i];
      if ((used >> i & 1) != 0 || i < next[item.order] || (item.is_first && m > 0)) {
        continue;
      }
      for (uint32_t c = 0; c < item.count && !found; ++c) {
        found = choices_[item.first + c] == mods[m];
      }
      // What is not optional is not skipped.
      if (!found && item.order != 0 && !item.optional && OrderOf(mods[m]) == item.order) break;
      if (!found) continue;
      used |= uint64_t{1} << i;
      if (item.order != 0) next[item.order] = i + 1;
    }
    if (found) {
      ++match.taken;
    } else if (match.bad == 0xffffffffu) {
      match.bad = m;
    }
  }
  for (uint32_t i = 0; i < row.count; ++i) {
    if ((used >> i & 1) == 0 && !items_[row.first + i].optional) {
      match.missing = i;
      break;
    }
  }
  return match;
}

WS_HD bool Grammar::FitsPlatform(const GrammarRow& facts, std::span<const Mod> mods,
                                 const Platform& platform, Verdict* verdict) {
  verdict->version = facts.version;
  verdict->what = View(facts.targets);
  bool fits_target = FitsTargets(facts.targets, platform);
  for (const Mod mod : mods) {
    uint32_t target = 0, version = 0;
    SinceOf(mod, &target, &version);
    if (version > verdict->version) verdict->version = version;
    if (platform.number >= target) continue;
    fits_target = false;
    verdict->what = View(InfoOf(mod).spelling);
    verdict->target = target;
  }
  verdict->kind = fits_target ? Verdict::Kind::kVersion : Verdict::Kind::kTarget;
  return fits_target && platform.version >= verdict->version;
}

WS_HD Grammar::Verdict Grammar::Judge(uint32_t opcode, std::span<const Mod> mods,
                                      const Platform& platform) {
  using Kind = Verdict::Kind;
  uint64_t key = opcode + uint64_t{1};
  for (const Mod mod : mods) key = key << 10 | static_cast<uint64_t>(mod);
  Cached* const cached = mods.size() <= 5 ? &cache_[(key * 0x9e3779b97f4a7c15u) >> 56] : nullptr;
  Verdict verdict;
  if (cached != nullptr && cached->key == key) {
    verdict.kind = cached->kind;
    return verdict;
  }
  if (!of_opcode_[opcode].known) Compile(opcode);
  const Rows rows = of_opcode_[opcode];
  // What is nearest: a row that differs by least.
  uint32_t best = 0;
  for (uint32_t r = 0; r < rows.count; ++r) {
    const Row& row = rows_[rows.first + r];
    const Match match = MatchRow(row, mods);
    const bool whole = match.bad == 0xffffffffu && match.missing == 0xffffffffu;
    Verdict v;
    v.words = View(row.facts.words);
    uint32_t score = 1 + 4 * match.taken + (match.missing == 0xffffffffu ? 1 : 0);
    if (!whole) {
      v.kind = match.bad != 0xffffffffu ? Kind::kModifier : Kind::kMissing;
      v.at = match.bad;
      if (v.kind == Kind::kMissing) v.what = items_[row.first + match.missing].text;
    } else if (!FitsPlatform(row.facts, mods, platform, &v)) {
      score = v.kind == Kind::kTarget ? 1001 : 1002;
    } else if (IsGone(row.facts.gone, platform)) {
      v.kind = Kind::kGone;
      score = 1003;
    } else {
      v.kind = row.facts.state == GrammarState::kRead ? Kind::kNotExecuted : Kind::kFits;
      score = 2000;
    }
    if (score > best) {
      best = score;
      verdict = v;
    }
    if (v.kind == Kind::kFits) break;
  }
  if (cached != nullptr && verdict.kind <= Kind::kNoRows) *cached = {key, verdict.kind};
  return verdict;
}

}  // namespace ws::ir::reader
