#include "verify/full_compare.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "task/element.h"

namespace ws::verify {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr size_t kFirstSuspects = 256, kWorstSuspects = 4;
// Without a tolerance: what is further off than this share of the largest result is wrong.
constexpr double kGross = 0x1p-6;
// Integers without a shadow: so many may stem from decisions within tolerance, which are rare.
constexpr uint64_t kMostUndecided = 4;

struct Suspect {
  uint64_t element;
  double badness;
};

// How far elements of a certain binary order of magnitude may be from the reference's own result.
class Nearness {
 public:
  explicit Nearness(const std::vector<ShadowedElement>& sample) {
    for (const ShadowedElement& one : sample) {
      if (!std::isfinite(one.value) || !std::isfinite(one.tolerance)) continue;
      double& of = bounds_[Bucket(one.value)];
      of = std::max(of, one.tolerance);
      any_ = true;
    }
    // An order without a sample is like the next larger one that has one, else the next smaller.
    for (size_t b = kBuckets - 1; b-- > 0;) {
      if (bounds_[b] < 0) bounds_[b] = bounds_[b + 1];
    }
    for (size_t b = 1; b < kBuckets; ++b) {
      if (bounds_[b] < 0) bounds_[b] = bounds_[b - 1];
    }
  }

  bool known() const { return any_; }
  // Candidate within the slack, the reference within its tolerance.
  double Of(double reference) const { return (kFullSlack + 1) * bounds_[Bucket(reference)]; }

 private:
  static constexpr size_t kBuckets = 128;
  static size_t Bucket(double value) {
    if (value == 0) return 0;
    return static_cast<size_t>(std::clamp(std::ilogb(value) + 64, 0, int{kBuckets} - 1));
  }
  std::vector<double> bounds_ = std::vector<double>(kBuckets, -1);
  bool any_ = false;
};

// Keeps the first and the worst.
class Suspects {
 public:
  void Add(uint64_t element, double badness) {
    ++count_;
    if (first_.size() < kFirstSuspects) {
      first_.push_back({element, badness});
      return;
    }
    if (worst_.size() == kWorstSuspects && badness <= worst_.back().badness) return;
    worst_.push_back({element, badness});
    std::ranges::stable_sort(worst_, std::greater<>(), &Suspect::badness);
    if (worst_.size() > kWorstSuspects) worst_.pop_back();
  }

  uint64_t count() const { return count_; }
  std::vector<uint64_t> Elements() const {
    std::vector<uint64_t> elements;
    for (const auto* list : {&first_, &worst_}) {
      for (const Suspect& suspect : *list) elements.push_back(suspect.element);
    }
    std::ranges::sort(elements);
    return elements;
  }

 private:
  std::vector<Suspect> first_, worst_;
  uint64_t count_ = 0;
};

// How much further off than it may be; at most 1 is near enough.
double BadnessOf(double got, double reference, double bound) {
  if (std::isnan(got) || std::isnan(reference)) {
    return std::isnan(got) && std::isnan(reference) ? 0 : kInfinity;
  }
  if (std::isinf(got) || std::isinf(reference)) return got == reference ? 0 : kInfinity;
  const double error = std::fabs(got - reference);
  if (error == 0) return 0;
  return bound > 0 ? error / bound : kInfinity;
}

// The largest finite magnitude.
double Largest(const task::Array& array) {
  double largest = 0;
  for (uint64_t i = 0; i < task::ElementCount(array); ++i) {
    const double value = std::fabs(task::ToNumber(array.dtype, task::BitsAt(array, i)));
    if (std::isfinite(value)) largest = std::max(largest, value);
  }
  return largest;
}

// Compares these elements by the rules of every comparison, with the slack.
Comparison CompareExactly(const FullReference& reference, size_t output, const task::Array& got,
                          const std::vector<ShadowedElement>& elements) {
  const uint64_t n = elements.size();
  task::Array mine = {got.dtype, {static_cast<int64_t>(n)}, {}};
  mine.bytes.resize(n * task::BytesOf(got.dtype));
  Expected expected = {mine, {}, {}, {}};
  for (uint64_t i = 0; i < n; ++i) {
    const ShadowedElement& one = elements[i];
    task::SetBits(mine, i, task::BitsAt(got, one.element));
    task::SetBits(expected.bits, i, task::BitsAt(reference.outputs()[output], one.element));
    expected.value.push_back(one.value);
    expected.tolerance.push_back(kFullSlack * one.tolerance);
    expected.ambiguous.push_back(one.ambiguous ? 1 : 0);
  }
  return Compare(mine, expected);
}

}  // namespace

FullComparison CompareFull(const FullReference& reference, size_t output, const task::Array& got) {
  FullComparison result;
  const task::Array& right = reference.outputs()[output];
  const std::vector<ShadowedElement>& sample = reference.sample()[output];
  const task::DType dtype = got.dtype;
  const bool is_float = task::IsFloat(dtype);
  const auto add = [&](const std::vector<ShadowedElement>& elements) {
    const Comparison exact = CompareExactly(reference, output, got, elements);
    result.worst_ratio = std::max(result.worst_ratio, kFullSlack * exact.worst_ratio);
    result.ambiguous += exact.ambiguous;
    if (exact.wrong == 0) return false;
    result.wrong.push_back({elements[exact.first].element, exact.expected, exact.got,
                            exact.tolerance, /*is_exact=*/true});
    return true;
  };
  const bool in_sample = add(sample);

  const Nearness nearness(sample);
  const uint64_t n = task::ElementCount(got);
  const uint64_t size = task::BytesOf(dtype);
  double gross = is_float && !nearness.known() ? kGross * Largest(right) : 0;
  Suspects suspects;
  constexpr uint64_t kChunk = 4096;  // most chunks are equal, or all of them differ
  for (uint64_t begin = 0; begin < n; begin += kChunk) {
    const uint64_t end = std::min(n, begin + kChunk);
    if (std::equal(got.bytes.begin() + static_cast<ptrdiff_t>(begin * size),
                   got.bytes.begin() + static_cast<ptrdiff_t>(end * size),
                   right.bytes.begin() + static_cast<ptrdiff_t>(begin * size))) {
      continue;
    }
    for (uint64_t i = begin; i < end; ++i) {
      const uint64_t got_bits = task::BitsAt(got, i), right_bits = task::BitsAt(right, i);
      if (got_bits == right_bits) continue;
      const double a = task::ToNumber(dtype, got_bits), b = task::ToNumber(dtype, right_bits);
      const double bound = nearness.known() ? nearness.Of(b) : gross;
      // Different integers may be equal as doubles.
      const double badness = is_float ? BadnessOf(a, b, bound) : 2 + std::fabs(a - b);
      if (badness > 1) suspects.Add(i, badness);
    }
  }
  result.suspects = suspects.count();
  if (result.suspects == 0 || in_sample) return result;

  const std::vector<uint64_t> elements = suspects.Elements();
  const std::vector<ShadowedElement> shadows = reference.ShadowsOf(output, elements);
  add(shadows);
  const auto is_known = [&](uint64_t element) {
    return std::ranges::binary_search(shadows, element, {}, &ShadowedElement::element);
  };
  const uint64_t known = static_cast<uint64_t>(std::ranges::count_if(elements, is_known));
  const bool may_be_ties = reference.has_rounding() && result.suspects - known <= kMostUndecided;
  for (const uint64_t element : elements) {
    if (is_known(element)) continue;
    const double a = task::ToNumber(dtype, task::BitsAt(got, element));
    const double b = task::ToNumber(dtype, task::BitsAt(right, element));
    if (is_float && gross == 0) gross = kGross * Largest(right);
    if (is_float ? BadnessOf(a, b, gross) > 1 : !may_be_ties) {
      const auto value_in = [&](const task::Array& array) {
        return task::Value::Element(dtype, task::BitsAt(array, element));
      };
      result.wrong.push_back({element, value_in(right), value_in(got), 0, /*is_exact=*/false});
    } else {
      ++result.undecided;
    }
  }
  std::ranges::sort(result.wrong, {}, &WrongElement::element);
  return result;
}

}  // namespace ws::verify
