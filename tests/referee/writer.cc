#include "tests/referee/writer.h"

#include <cstdlib>

#include "base/format.h"
#include "base/macros.h"

namespace ws::referee {
namespace {

constexpr uint32_t kMostNesting = 4, kMostStatements = 45, kMostOutsides = 12;

// Where the text behind `$[` ends, at its `]`.
size_t EndOfChoice(std::string_view text, size_t at) {
  uint32_t depth = 1;
  for (; at < text.size(); ++at) {
    if (text.substr(at, 2) == "$[") ++depth;
    if (text[at] == '[' && (at == 0 || text[at - 1] != '$')) ++depth;
    if (text[at] == ']' && --depth == 0) return at;
  }
  return text.size();
}

// The texts of a choice, apart at `$/`.
std::vector<std::string_view> ChoicesOf(std::string_view text) {
  std::vector<std::string_view> choices;
  size_t begin = 0;
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[') ++depth;
    if (text[i] == ']') --depth;
    if (depth == 0 && text.substr(i, 2) == "$/") {
      choices.push_back(text.substr(begin, i - begin));
      begin = i + 2;
    }
  }
  choices.push_back(text.substr(begin));
  return choices;
}

}  // namespace

void Piece::Add(const Piece& other) {
  for (const auto& [begin, end] : other.parts) {
    parts.emplace_back(text.size() + begin, text.size() + end);
  }
  text += other.text;
}

Writer::Writer(uint64_t seed, Avoid avoid)
    : rng_(seed), avoid_(avoid), constructs_(Constructs().size()), forms_(Forms().size()) {}

bool Writer::IsAvoided(const Construct& row) const {
  return (avoid_.clang && row.not_clang != nullptr) || (avoid_.nvrtc && row.not_nvrtc != nullptr);
}

bool Writer::Has(Kind kind) const {
  if (kind != kBf16 && kind != kBf162) return true;
  static const uint32_t bfloat = ConstructOf("bfloat16 arithmetic");
  return (heads_ & Bit(kBf16Head)) != 0 && !IsAvoided(Constructs()[bfloat]);
}

bool Writer::IsAllowed(const Construct& row) const {
  if (row.weight == 0 || row.where > scope_.where || IsAvoided(row)) return false;
  const bool needs_full = row.full_warps || row.where == Where::kWarp;
  if (needs_full && !full_warps_) return false;
  // The kernel's head is before it, and what stands outside is bounded.
  return row.outside == nullptr || outsides_ < kMostOutsides;
}

void Writer::Count(uint32_t construct) {
  ++constructs_[construct];
  heads_ |= Constructs()[construct].heads;
}

Kind Writer::AnyKind() {
  for (;;) {
    uint32_t sum = 0;
    for (const KindInfo& info : kKindInfos) sum += info.weight;
    uint32_t which = Below(sum);
    for (uint8_t k = 0; k < kKinds; ++k) {
      if (which < kKindInfos[k].weight && Has(static_cast<Kind>(k))) return static_cast<Kind>(k);
      if (which < kKindInfos[k].weight) break;
      which -= kKindInfos[k].weight;
    }
  }
}

void Writer::Know(Kind kind, std::string name, bool assignable) {
  scope_.variables.push_back({kind, std::move(name), assignable});
}

void Writer::Statements(uint32_t count) {
  const size_t known = scope_.variables.size();
  ++scope_.nesting;
  for (uint32_t i = 0; i < count; ++i) Statement();
  --scope_.nesting;
  scope_.variables.resize(known);
}

void Writer::Statement() {
  const bool simple = scope_.nesting > kMostNesting || statements_ > kMostStatements;
  const size_t begin = out_->text.size();
  if (simple || Chance(18)) {
    Assign();
    out_->parts.emplace_back(begin, out_->text.size());
    return;
  }
  ++statements_;
  uint32_t sum = 0;
  for (const Construct& row : Constructs()) sum += IsAllowed(row) ? row.weight : 0;
  uint32_t which = Below(sum);
  for (uint32_t i = 0; i < Constructs().size(); ++i) {
    const Construct& row = Constructs()[i];
    if (!IsAllowed(row)) continue;
    if (which >= row.weight) {
      which -= row.weight;
      continue;
    }
    Count(i);
    const uint32_t number = Fresh();
    const size_t known = scope_.variables.size();
    const Where where = scope_.where;
    if (row.outside != nullptr) ExpandOutside(row.outside, number);
    scope_.where = std::min(where, row.inner);
    if (row.write != nullptr) row.write(*this);
    if (row.text != nullptr) Expand(row.text, 1 + Below(3), number);
    out_->text += '\n';
    scope_.where = where;
    if (row.declares) return;
    scope_.variables.resize(known);
    out_->parts.emplace_back(begin, out_->text.size());
    return;
  }
}

void Writer::ExpandOutside(std::string_view text, uint32_t number) {
  Piece piece;
  Scope outer = std::exchange(scope_, {});
  Piece* const out = std::exchange(out_, &piece);
  scope_.where = Where::kLane;
  scope_.in_kernel = false;
  scope_.nesting = 2;
  for (const auto& [kind, name] :
       {std::pair(kU32, "u0"), {kU64, "l0"}, {kF32, "f0"}, {kF64, "d0"}}) {
    if (text.find(Format(" {} = ", name)) != std::string_view::npos) Know(kind, name, true);
  }
  ++outsides_;
  Expand(text, 2, number);
  piece.text += '\n';
  out_ = out;
  scope_ = std::move(outer);
  const size_t begin = all_.text.size();
  all_.Add(piece);
  all_.parts.emplace_back(begin, all_.text.size());
}

void Writer::Expand(std::string_view text, uint32_t depth, uint32_t number) {
  for (size_t at = 0; at < text.size();) {
    const size_t dollar = std::min(text.find('$', at), text.size());
    out_->text += text.substr(at, dollar - at);
    at = dollar;
    if (at < text.size()) Directive(text, &at, depth, number);
  }
}

void Writer::Directive(std::string_view text, size_t* at, uint32_t depth, uint32_t number) {
  const char what = text[*at + 1];
  const size_t begin = *at + 2;
  *at = begin;
  const auto until = [&](char last) {
    const size_t end = std::min(text.find(last, begin), text.size());
    *at = end + 1;
    return text.substr(begin, end - begin);
  };
  if (what == 'n') {
    out_->text += std::to_string(number);
  } else if (what == '<') {
    const std::string bound(until('>'));
    out_->text += std::to_string(Below(static_cast<uint32_t>(std::atoi(bound.c_str()))));
  } else if (what == '[') {
    const size_t end = EndOfChoice(text, begin);
    const auto choices = ChoicesOf(text.substr(begin, end - begin));
    *at = end + 1;
    Expand(choices[Below(static_cast<uint32_t>(choices.size()))], depth, number);
  } else if (what == '-') {
    scope_.variables.pop_back();
  } else if (what == ';') {
    *at = begin + 1;
    out_->text += '\n';
    Statements(1 + Below(static_cast<uint32_t>(text[begin] - '0')));
  } else if (what == '+' || what == '=' || what == '&') {
    // The name may hold directives of its own.
    Piece name;
    const std::string_view declared = until(';');
    Piece* const out = std::exchange(out_, &name);
    Expand(declared.substr(2), depth, number);
    out_ = out;
    const Kind kind = KindOf(declared[0]);
    if (what != '&') return Know(kind, name.text, what == '=');
    const size_t open = name.text.rfind('(');
    Callable f = {kind, name.text.substr(0, open), {}};
    for (size_t i = open + 1; name.text[i] != ')'; ++i) {
      f.parameters.push_back(KindOf(name.text[i]));
    }
    functions_.push_back(std::move(f));
  } else {
    WS_CHECK(KindOf(what) != kKinds);
    out_->text += Expression(KindOf(what), depth);
  }
}

}  // namespace ws::referee
