// device-clean
// Where a switch goes: few cases are tried in order, many by halves.
#include "front/lowerer.h"

namespace ws::front {
namespace {

constexpr uint32_t kTriedInOrder = 8;

}  // namespace

// Sorts the cases from `first` on by value, equal ones in their order: merges runs of growing
// length.
WS_HD void Lowerer::SortCases(uint32_t first, bool is_signed) {
  const uint32_t count = cases_.size() - first;
  Vec<CaseLabel> other(arena_);
  if (!other.append(count, CaseLabel())) return;
  const auto before = [is_signed](uint64_t a, uint64_t b) {
    return is_signed ? static_cast<int64_t>(a) < static_cast<int64_t>(b) : a < b;
  };
  CaseLabel* from = cases_.data() + first;
  CaseLabel* to = other.data();
  for (uint32_t run = 1; run < count; run *= 2) {
    for (uint32_t begin = 0; begin < count; begin += 2 * run) {
      const uint32_t middle = begin + run < count ? begin + run : count;
      const uint32_t end = begin + 2 * run < count ? begin + 2 * run : count;
      uint32_t a = begin;
      uint32_t b = middle;
      for (uint32_t i = begin; i < end; ++i) {
        const bool take_b = a == middle || (b < end && before(from[b].bits, from[a].bits));
        to[i] = take_b ? from[b++] : from[a++];
      }
    }
    CaseLabel* const swap = from;
    from = to;
    to = swap;
  }
  if (from != cases_.data() + first) {
    for (uint32_t i = 0; i < count; ++i) cases_[first + i] = from[i];
  }
}

// Compares the operand of the switch with its cases, at the end of its body.
WS_HD void Lowerer::Dispatch(const Control& c, TypeId type) {
  const uint32_t count = cases_.size() - c.first_case;
  const BlockId otherwise = c.default_label.valid() ? c.default_label : c.end;
  const auto constant = [&](uint32_t i) { return ConstantOperand(type, cases_[i].bits); };
  Vec<CaseLabel> written(arena_);  // in order, for few
  for (uint32_t i = c.first_case; i < cases_.size(); ++i) written.push_back(cases_[i]);
  SortCases(c.first_case, IsSignedKind(kind(type)));
  for (uint32_t i = c.first_case + 1; i < cases_.size(); ++i) {
    if (cases_[i].bits == cases_[i - 1].bits) Error(Kind::kDuplicateCase, cases_[i].node);
  }
  if (count <= kTriedInOrder) {
    for (uint32_t i = 0; i < count; ++i) cases_[c.first_case + i] = written[i];
  }
  // What is left to try, with the label that leads there; ranges of rows of cases_.
  struct Range {
    uint32_t begin;
    uint32_t end;
    BlockId label;
  };
  Vec<Range> open(arena_);
  open.push_back({c.first_case, cases_.size(), BlockId()});
  while (!open.empty() && !arena_.failed()) {
    const Range range = open.back();
    open.pop_back();
    if (range.label.valid()) Place(range.label);
    if (range.end - range.begin > kTriedInOrder) {
      const uint32_t middle = range.begin + (range.end - range.begin) / 2;
      const BlockId low = NewBlock();
      const BlockId high = NewBlock();
      BranchIf(Binary(BinaryOp::kLt, type, c.value.operand, constant(middle)), low, high);
      open.push_back({middle, range.end, high});
      open.push_back({range.begin, middle, low});
      continue;
    }
    for (uint32_t i = range.begin; i < range.end; ++i) {
      const BlockId next = NewBlock();
      BranchIf(Binary(BinaryOp::kEq, type, c.value.operand, constant(i)), cases_[i].label, next);
      Place(next);
    }
    Branch(otherwise);
  }
}

}  // namespace ws::front
