#include "verify/sizes.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "base/format.h"

namespace ws::verify {
namespace {

// So many entries must agree before a relation between names counts as meant.
constexpr size_t kEntriesForRule = 3;
constexpr int kTries = 16;
// Test sizes may be few and tiny; values up to this one are cheap to try all the same.
constexpr int64_t kCheapExtent = 300;

}  // namespace

uint64_t DataBytes(const task::Task& task, const task::Sizes& sizes) {
  constexpr uint64_t kNone = std::numeric_limits<uint64_t>::max();
  uint64_t total = 0;
  for (const task::Arg& arg : task.args) {
    if (arg.role == task::Role::kScalar) continue;
    const auto bytes = task::BytesOfArray(arg, sizes);
    if (!bytes.ok() || __builtin_add_overflow(total, bytes.value(), &total)) return kNone;
  }
  return total;
}

SizeSpace::SizeSpace(const task::Task& task) : task_(task) {
  for (const auto& [name, value] : task.test_sizes.front()) names_.push_back(name);
  const auto add = [&](const task::Sizes& sizes) {
    Values values;
    for (const std::string& name : names_) values.push_back(sizes.at(name));
    entries_.push_back(std::move(values));
  };
  for (const task::Sizes& sizes : task.test_sizes) add(sizes);
  narrow_high_ = entries_.front();
  for (const Values& entry : entries_) {
    for (size_t i = 0; i < names_.size(); ++i) {
      narrow_high_[i] = std::max(narrow_high_[i], entry[i]);
    }
  }
  for (const task::BenchSize& size : task.bench_sizes) add(size.sizes);
  low_ = high_ = entries_.front();
  for (const Values& entry : entries_) {
    for (size_t i = 0; i < names_.size(); ++i) {
      low_[i] = std::min(low_[i], entry[i]);
      high_[i] = std::max(high_[i], entry[i]);
    }
  }
  for (size_t i = 0; i < names_.size(); ++i) {
    narrow_high_[i] = std::max(narrow_high_[i], std::min(high_[i], kCheapExtent));
    if (const auto rule = FindRule(i)) {
      rules_.push_back(*rule);
    } else {
      free_.push_back(i);
    }
  }
  for (const size_t a : free_) {
    for (const size_t b : free_) {
      if (a == b || entries_.size() < kEntriesForRule) continue;
      const bool ordered =
          std::ranges::all_of(entries_, [&](const Values& e) { return e[a] <= e[b]; });
      if (ordered) orders_.emplace_back(a, b);
    }
  }
}

int64_t SizeSpace::Apply(const Rule& rule, const Values& values) {
  int64_t result = rule.constant;
  bool overflow = false;
  switch (rule.kind) {
    case Rule::Kind::kFixed:
      break;
    case Rule::Kind::kTimes:
      overflow = __builtin_mul_overflow(values[rule.a], rule.constant, &result);
      break;
    case Rule::Kind::kPlus:
      overflow = __builtin_add_overflow(values[rule.a], rule.constant, &result);
      break;
    case Rule::Kind::kSum:
      overflow = __builtin_add_overflow(values[rule.a], values[rule.b], &result);
      break;
    case Rule::Kind::kProduct:
      overflow = __builtin_mul_overflow(values[rule.a], values[rule.b], &result);
      break;
  }
  return overflow ? -1 : result;
}

bool SizeSpace::Holds(const Rule& rule) const {
  return std::ranges::all_of(
      entries_, [&](const Values& entry) { return Apply(rule, entry) == entry[rule.name]; });
}

// Only names that are drawn stand on the right-hand side.
std::optional<SizeSpace::Rule> SizeSpace::FindRule(size_t name) const {
  using Kind = Rule::Kind;
  const Rule fixed = {Kind::kFixed, name, 0, 0, entries_.front()[name]};
  if (Holds(fixed)) return fixed;
  for (const size_t a : free_) {
    const Rule equal = {Kind::kTimes, name, a, 0, 1};
    if (Holds(equal)) return equal;
  }
  if (entries_.size() < kEntriesForRule) return std::nullopt;
  for (const size_t a : free_) {
    for (const Values& entry : entries_) {
      if (entry[a] == 0) continue;
      const Rule times = {Kind::kTimes, name, a, 0, entry[name] / entry[a]};
      if (Holds(times)) return times;
      break;
    }
    const Rule plus = {Kind::kPlus, name, a, 0, entries_[0][name] - entries_[0][a]};
    if (Holds(plus)) return plus;
    for (const size_t b : free_) {
      if (b < a) continue;
      for (const Kind kind : {Kind::kSum, Kind::kProduct}) {
        const Rule rule = {kind, name, a, b, 0};
        if (Holds(rule)) return rule;
      }
    }
  }
  return std::nullopt;
}

bool SizeSpace::IsBeyond(const task::Sizes& sizes) const {
  for (size_t i = 0; i < names_.size(); ++i) {
    if (sizes.at(names_[i]) > high_[i]) return true;
  }
  return false;
}

std::string SizeSpace::RulesText() const {
  std::vector<std::string> parts;
  for (const Rule& rule : rules_) {
    const std::string& name = names_[rule.name];
    const std::string& a = names_[rule.a];
    const std::string& b = names_[rule.b];
    switch (rule.kind) {
      case Rule::Kind::kFixed:
        parts.push_back(Format("{} = {}", name, rule.constant));
        break;
      case Rule::Kind::kTimes:
        parts.push_back(rule.constant == 1 ? Format("{} = {}", name, a)
                                           : Format("{} = {} * {}", name, rule.constant, a));
        break;
      case Rule::Kind::kPlus:
        parts.push_back(Format("{} = {} {} {}", name, a, rule.constant < 0 ? '-' : '+',
                               rule.constant < 0 ? -rule.constant : rule.constant));
        break;
      case Rule::Kind::kSum:
        parts.push_back(Format("{} = {} + {}", name, a, b));
        break;
      case Rule::Kind::kProduct:
        parts.push_back(Format("{} = {} * {}", name, a, b));
        break;
    }
  }
  for (const auto& [a, b] : orders_) parts.push_back(Format("{} <= {}", names_[a], names_[b]));
  return Format("{}", Join(parts, ", "));
}

int64_t SizeSpace::Lowest(size_t name) const { return std::max<int64_t>(low_[name], 1); }

int64_t SizeSpace::DrawValue(size_t name, bool wide, Rng& rng) const {
  const int64_t low = Lowest(name);
  const int64_t high = std::max(wide ? high_[name] : narrow_high_[name], low);
  const auto entry = [&] { return entries_[rng.Below(entries_.size())][name]; };
  const auto beside = [&] { return static_cast<int64_t>(rng.Below(3)) - 1; };
  // Between low and high, each binary order of magnitude as often as the next.
  const auto log_uniform = [&] {
    const auto first = static_cast<uint64_t>(std::bit_width(static_cast<uint64_t>(low)));
    const auto last = static_cast<uint64_t>(std::bit_width(static_cast<uint64_t>(high)));
    const uint64_t width = first + rng.Below(last - first + 1);
    const uint64_t from = uint64_t{1} << (width - 1);
    return static_cast<int64_t>(from + rng.Below(from));
  };
  int64_t value = low;
  switch (rng.Below(8)) {
    case 0:
      value = entry();
      break;
    case 1:
      value = entry() + beside();
      break;
    case 2:
      value = static_cast<int64_t>(std::bit_floor(static_cast<uint64_t>(log_uniform()))) + beside();
      break;
    case 3:  // aligned to 32 or 4
      value = log_uniform();
      value -= value % (value >= 64 ? 32 : value >= 8 ? 4 : 1);
      break;
    case 4:  // a large one scaled down, or one beside it
      value = (high_[name] >> rng.Below(7)) + beside();
      break;
    default:
      value = log_uniform();
      break;
  }
  return std::clamp(value, low, high + 1);
}

std::optional<task::Sizes> SizeSpace::Finish(Values values) const {
  for (const auto& [a, b] : orders_) values[a] = std::min(values[a], values[b]);
  for (const Rule& rule : rules_) {
    values[rule.name] = Apply(rule, values);
    if (values[rule.name] < std::min<int64_t>(low_[rule.name], 1)) return std::nullopt;
  }
  task::Sizes sizes;
  for (size_t i = 0; i < names_.size(); ++i) sizes[names_[i]] = values[i];
  for (size_t i = 0; i < task_.args.size(); ++i) {
    if (task_.args[i].role != task::Role::kScalar) continue;
    if (!task::ScalarBits(task_, i, sizes).ok()) return std::nullopt;
  }
  return sizes;
}

std::optional<task::Sizes> SizeSpace::Fit(Values values, size_t kept, uint64_t data_bytes,
                                          Rng& rng) const {
  while (true) {
    std::optional<task::Sizes> sizes = Finish(values);
    if (!sizes) return std::nullopt;
    if (DataBytes(task_, *sizes) <= data_bytes) return sizes;
    std::vector<size_t> shrinkable;
    for (const size_t name : free_) {
      if (name != kept && values[name] > Lowest(name)) shrinkable.push_back(name);
    }
    if (shrinkable.empty() && values[kept] > Lowest(kept)) shrinkable.push_back(kept);
    if (shrinkable.empty()) return std::nullopt;
    const size_t name = shrinkable[rng.Below(shrinkable.size())];
    values[name] = std::max(Lowest(name), values[name] / 2);
  }
}

std::optional<task::Sizes> SizeSpace::Draw(uint64_t seed, uint64_t data_bytes, bool wide) const {
  if (!varies()) return std::nullopt;
  Rng rng(seed);
  for (int i = 0; i < kTries; ++i) {
    Values values = entries_.front();
    for (const size_t name : free_) values[name] = DrawValue(name, wide, rng);
    const size_t kept = free_[rng.Below(free_.size())];
    if (auto sizes = Fit(values, kept, data_bytes, rng)) return sizes;
  }
  return std::nullopt;
}

std::vector<task::Sizes> SizeSpace::Screen(uint64_t seed, uint64_t data_bytes, size_t most) const {
  std::vector<task::Sizes> list;
  if (!varies()) return list;
  Rng rng(seed);
  for (int i = 0; i < 4 * kTries && list.size() < most; ++i) {
    auto sizes = Draw(rng.Next(), data_bytes, /*wide=*/false);
    if (sizes && IsNew(*sizes, list)) list.push_back(std::move(*sizes));
  }
  return list;
}

std::vector<task::Sizes> SizeSpace::Extremes(uint64_t seed, uint64_t data_bytes) const {
  std::vector<task::Sizes> list;
  Rng rng(seed);
  for (const size_t name : free_) {
    for (const int64_t more : {0, 1}) {
      Values values = entries_.front();
      for (const size_t other : free_) {
        const int64_t small = Lowest(other) + 1 + static_cast<int64_t>(rng.Below(6));
        values[other] = std::min(high_[other], small);
      }
      values[name] = high_[name] + more;
      auto sizes = Fit(values, name, data_bytes, rng);
      if (sizes && IsNew(*sizes, list)) list.push_back(std::move(*sizes));
    }
  }
  return list;
}

std::vector<task::Sizes> SizeSpace::Around(std::span<const int64_t> constants, uint64_t data_bytes,
                                           size_t most) const {
  std::vector<task::Sizes> list;
  const auto add = [&](const std::vector<size_t>& set, int64_t value) {
    Values values = entries_.front();
    for (const size_t other : free_) values[other] = std::min(high_[other], Lowest(other) + 2);
    for (const size_t name : set) {
      if (value < Lowest(name) || value > high_[name] + 1) return;
      values[name] = value;
    }
    const auto sizes = Finish(values);
    if (!sizes || DataBytes(task_, *sizes) > data_bytes || !IsNew(*sizes, list)) return;
    list.push_back(*sizes);
  };
  for (const int64_t constant : constants) {
    for (const int64_t beside : {1, -1, 0}) {
      for (const size_t name : free_) add({name}, constant + beside);
      if (free_.size() > 1) add(free_, constant + beside);
    }
  }
  // Every constant has its turn before any has its last.
  if (list.size() > most) {
    std::vector<task::Sizes> some;
    for (size_t i = 0; i < most; ++i) some.push_back(list[i * list.size() / most]);
    return some;
  }
  return list;
}

std::vector<task::Sizes> SizeSpace::BesideBench(size_t most) const {
  std::vector<task::Sizes> list;
  if (task_.bench_sizes.empty()) return list;
  for (const size_t name : free_) {
    Values values = entries_[task_.test_sizes.size()];
    ++values[name];
    for (const auto& [a, b] : orders_) values[b] = std::max(values[a], values[b]);
    auto sizes = Finish(std::move(values));
    if (!sizes || *sizes == task_.bench_sizes.front().sizes || !IsNew(*sizes, list)) continue;
    if (list.size() < most) list.push_back(*std::move(sizes));
  }
  return list;
}

bool SizeSpace::IsNew(const task::Sizes& sizes, const std::vector<task::Sizes>& list) const {
  return std::ranges::find(list, sizes) == list.end() &&
         std::ranges::find(task_.test_sizes, sizes) == task_.test_sizes.end();
}

std::vector<task::Sizes> SizeSpace::Smaller(const task::Sizes& sizes) const {
  std::vector<task::Sizes> list;
  const auto bytes = DataBytes(task_, sizes);
  for (const size_t name : free_) {
    const int64_t value = sizes.at(names_[name]);
    for (const int64_t smaller :
         {Lowest(name), value / 2, value - value / 4, value - value / 8, value - 1}) {
      if (smaller < Lowest(name) || smaller >= value) continue;
      Values values;
      for (const std::string& other : names_) values.push_back(sizes.at(other));
      values[name] = smaller;
      auto fitting = Finish(std::move(values));
      if (!fitting || DataBytes(task_, *fitting) > bytes || *fitting == sizes) continue;
      if (std::ranges::find(list, *fitting) == list.end()) list.push_back(std::move(*fitting));
    }
  }
  return list;
}

}  // namespace ws::verify
