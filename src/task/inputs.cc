// Input data: what the task's `init` says, and families of inputs that are hard on programs. Every
// element depends only on (task args, sizes, family, seed).
//
// A family keeps to what the init promises: uniform(a, b) stays within [a, b], integers within
// their range, sorted stays sorted, ones and files stay as they are.
#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>

#include "base/format.h"
#include "base/rng.h"
#include "task/element.h"
#include "task/init_spec.h"
#include "task/limits.h"
#include "task/normal.h"
#include "task/npy.h"
#include "task/size_expr.h"
#include "task/spikes.h"
#include "task/task.h"

namespace ws::task {
namespace {

double NormalValue(Rng& rng) { return NormalQuantile(rng.Unit() + 0x1p-54); }

// How large the large and how small the tiny values of a type are: squares and sums of some
// thousand of them stay finite and normal in f32, and single values do in the type itself.
double LargeScale(DType dtype) { return dtype == DType::kF16 ? 0x1p6 : 0x1p8; }
double TinyScale(DType dtype) { return dtype == DType::kF16 ? 0x1p-10 : 0x1p-30; }

// An outlier: its exponential overflows in the arithmetic that is usual for the type, the product
// of two does not.
double SpikeScale(DType dtype) {
  if (dtype == DType::kF16) return 0x1p6;
  return dtype == DType::kF64 ? 0x1p10 : 0x1p8;
}

// How far the values of one sign are from zero at least: beyond the numbers that programs begin a
// maximum or minimum with where they should take the least or largest of the type.
double SidedScale(DType dtype) { return dtype == DType::kF16 ? 0x1p8 : 0x1p14; }

double SmallestNormal(DType dtype) { return UnitInLastPlace(dtype, 0) / UnitInLastPlace(dtype, 1); }

// Of the elements of an array of floats, where a family has infinities or NaN.
constexpr uint64_t kSpecialOneIn = 16;

constexpr double kTieValues[] = {-1, -0.5, 0, 0.5, 1};

// A number of an array without bounds; `spike` is the sign of the outlier that is there, or 0.
double FreeValue(Family family, DType dtype, uint64_t index, int spike, double previous, Rng& rng) {
  switch (family) {
    case Family::kFromInit:
      return NormalValue(rng);
    case Family::kZeros:
      return 0;
    case Family::kOnes:
      return 1;
    case Family::kLarge:
      return NormalValue(rng) * LargeScale(dtype);
    case Family::kTiny:
      return NormalValue(rng) * TinyScale(dtype);
    case Family::kCancelling:
      // Neighbours cancel up to a small rest.
      return index % 2 == 1 ? -previous + NormalValue(rng) * 0x1p-8 : NormalValue(rng) * 4;
    case Family::kTies:
      return kTieValues[rng.Below(std::size(kTieValues))];
    case Family::kSpikes:
    case Family::kSpikesAcross:
      if (spike != 0) return spike * (1.5 + 0.5 * rng.Unit()) * SpikeScale(dtype);
      return NormalValue(rng) * 0x1p-3;
    case Family::kBelow:
      return -(1 + std::abs(NormalValue(rng))) * SidedScale(dtype);
    case Family::kAbove:
      return (1 + std::abs(NormalValue(rng))) * SidedScale(dtype);
    case Family::kDenormal:  // below the smallest normal number
      return (2 * rng.Unit() - 1) * SmallestNormal(dtype);
    case Family::kInfinite:
    case Family::kNan: {
      const double value = NormalValue(rng);
      const bool is_special = rng.Below(kSpecialOneIn) == 0;
      if (!is_special) return value;
      const double infinity = std::numeric_limits<double>::infinity();
      if (family == Family::kNan) return std::numeric_limits<double>::quiet_NaN();
      return value < 0 ? -infinity : infinity;
    }
  }
  return 0;
}

// A number of [low, high]: the family decides where in it.
double BoundedValue(Family family, double low, double high, int spike, Rng& rng) {
  const double at = rng.Unit();
  const double nearest_zero = std::min(std::max(0.0, low), high);
  switch (family) {
    case Family::kFromInit:
    case Family::kDenormal:  // what is bounded has no special values
    case Family::kInfinite:
    case Family::kNan:
      break;
    case Family::kZeros:
      return nearest_zero;
    case Family::kOnes:
      return std::min(std::max(1.0, low), high);
    case Family::kLarge:  // near the ends
      return at < 0.5 ? low + (high - low) * (at * 0x1p-6)
                      : high - (high - low) * ((1 - at) * 0x1p-6);
    case Family::kTiny:  // near zero, or the end nearest to it
      return nearest_zero + ((high - nearest_zero > nearest_zero - low) ? high - nearest_zero
                                                                        : low - nearest_zero) *
                                at * 0x1p-8;
    case Family::kCancelling:  // the ends, one as often as the other
      return at < 0.5 ? low : high;
    case Family::kSpikes:  // an end for an outlier, else near the middle
    case Family::kSpikesAcross:
      if (spike != 0) return spike > 0 ? high : low;
      return low + (high - low) * (0.5 + (at - 0.5) * 0x1p-5);
    case Family::kBelow:  // near one end
      return low + (high - low) * (at * 0x1p-3);
    case Family::kAbove:
      return high - (high - low) * (at * 0x1p-3);
    case Family::kTies:  // one of five values
      return low + (high - low) * (static_cast<double>(rng.Below(5)) / 4);
  }
  return low + (high - low) * at;
}

Status FillNormal(Array& array, Family family, const Spikes& spikes, Rng rng) {
  double previous = 0;
  const uint64_t n = ElementCount(array);
  for (uint64_t i = 0; i < n; ++i) {
    previous = FreeValue(family, array.dtype, i, spikes.At(i), previous, rng);
    SetBits(array, i, FromNumber(array.dtype, previous));
  }
  return Ok();
}

struct Interval {
  double low = 0, high = 0;
};

Result<Interval> RealRange(const Arg& arg, const Sizes& sizes) {
  TRY(const double low, EvaluateReal(arg.init.args[0], sizes));
  TRY(const double high, EvaluateReal(arg.init.args[1], sizes));
  if (!(low <= high)) {
    return Error{Format("`{}` at {}: the interval from {} to {} is empty", arg.name, ToText(sizes),
                        low, high)};
  }
  return Interval{low, high};
}

Status FillUniform(const Arg& arg, const Sizes& sizes, Array& array, Family family,
                   const Spikes& spikes, Rng rng) {
  TRY(const Interval range, RealRange(arg, sizes));
  const auto [low, high] = range;
  const uint64_t n = ElementCount(array);
  for (uint64_t i = 0; i < n; ++i) {
    const double value = BoundedValue(family, low, high, spikes.At(i), rng);
    SetBits(array, i, FromNumber(array.dtype, value));
  }
  return Ok();
}

struct Range {
  int64_t low = 0;
  uint64_t count = 1;
};

// integers(a, b): a to b - 1, within the type.
Result<Range> IntegerRange(const Arg& arg, const Sizes& sizes) {
  TRY(const int64_t low, EvaluateInteger(arg.init.args[0], sizes));
  TRY(const int64_t high, EvaluateInteger(arg.init.args[1], sizes));
  if (low >= high) {
    return Error{
        Format("`{}` at {}: integers({}, {}) is empty", arg.name, ToText(sizes), low, high)};
  }
  for (const int64_t end : {low, high - 1}) {
    const auto number = static_cast<double>(end);
    if (ToNumber(arg.dtype, FromNumber(arg.dtype, number)) != number) {
      return Error{
          Format("`{}` at {}: {} does not fit {}", arg.name, ToText(sizes), end, Name(arg.dtype))};
    }
  }
  return Range{low, static_cast<uint64_t>(high) - static_cast<uint64_t>(low)};
}

void SetInteger(Array& array, uint64_t index, int64_t value) {
  if (IsFloat(array.dtype)) {
    SetBits(array, index, FromNumber(array.dtype, static_cast<double>(value)));
  } else {
    SetBits(array, index, static_cast<uint64_t>(value));
  }
}

Status FillIntegers(const Arg& arg, const Sizes& sizes, Array& array, Family family,
                    const Spikes& spikes, Rng rng) {
  TRY(const Range range, IntegerRange(arg, sizes));
  const uint64_t n = ElementCount(array);
  const auto at = [&](uint64_t offset) {
    return static_cast<int64_t>(static_cast<uint64_t>(range.low) + offset);
  };
  const int64_t last = at(range.count - 1);
  for (uint64_t i = 0; i < n; ++i) {
    const int64_t drawn = at(rng.Below(range.count));
    int64_t value = drawn;
    if (family == Family::kZeros) value = std::min(std::max(int64_t{0}, range.low), last);
    if (family == Family::kOnes) value = std::min(std::max(int64_t{1}, range.low), last);
    if (family == Family::kLarge || family == Family::kCancelling) {
      value = drawn % 2 == 0 ? range.low : last;
    }
    if (family == Family::kBelow || family == Family::kAbove) {
      const uint64_t from_end = rng.Below(range.count / 8 + 1);
      value = at(family == Family::kBelow ? from_end : range.count - 1 - from_end);
    }
    if (family == Family::kTies) {
      value = at(rng.Below(std::min<uint64_t>(range.count, 3)));
    }
    if (HasSpikes(family)) {
      const int spike = spikes.At(i);
      value = spike == 0 ? at(range.count / 2) : spike > 0 ? last : range.low;
    }
    SetInteger(array, i, value);
  }
  return Ok();
}

Status CheckPermutation(const Arg& arg, uint64_t n) {
  const auto last = static_cast<double>(n > 0 ? n - 1 : 0);
  if (ToNumber(arg.dtype, FromNumber(arg.dtype, last)) == last) return Ok();
  return Error{Format("`{}`: a permutation of {} does not fit {}", arg.name, n, Name(arg.dtype))};
}

Status FillPermutation(const Arg& arg, Array& array, Family family, Rng rng) {
  const uint64_t n = ElementCount(array);
  TRY_OK(CheckPermutation(arg, n));
  for (uint64_t i = 0; i < n; ++i) {
    SetInteger(array, i, static_cast<int64_t>(family == Family::kOnes ? n - 1 - i : i));
  }
  if (family == Family::kZeros || family == Family::kOnes) return Ok();  // as it is, or reversed
  for (uint64_t i = n; i > 1; --i) {
    const uint64_t j = rng.Below(i);
    const uint64_t bits = BitsAt(array, i - 1);
    SetBits(array, i - 1, BitsAt(array, j));
    SetBits(array, j, bits);
  }
  return Ok();
}

// sorted(a, b): ascending; floats of [a, b], integers of a to b - 1.
Status FillSorted(const Arg& arg, const Sizes& sizes, Array& array, Family family,
                  const Spikes& spikes, Rng rng) {
  if (IsFloat(array.dtype)) {
    TRY_OK(FillUniform(arg, sizes, array, family, spikes, rng));
  } else {
    TRY_OK(FillIntegers(arg, sizes, array, family, spikes, rng));
  }
  std::vector<uint64_t> bits(ElementCount(array));
  for (uint64_t i = 0; i < bits.size(); ++i) bits[i] = BitsAt(array, i);
  const DType dtype = array.dtype;
  const bool is_wide = dtype == DType::kI64;
  std::ranges::sort(bits, [&](uint64_t a, uint64_t b) {
    if (is_wide) return static_cast<int64_t>(a) < static_cast<int64_t>(b);
    return ToNumber(dtype, a) < ToNumber(dtype, b);
  });
  for (uint64_t i = 0; i < bits.size(); ++i) SetBits(array, i, bits[i]);
  return Ok();
}

// csr(nonzeros): row offsets, ascending from 0 to nonzeros; the array has one more than rows.
Result<int64_t> NonzerosOf(const Arg& arg, const Sizes& sizes, uint64_t n) {
  TRY(const int64_t nonzeros, EvaluateInteger(arg.init.args[0], sizes));
  if (nonzeros < 0 || (n < 2 && nonzeros > 0) ||
      ToNumber(arg.dtype, FromNumber(arg.dtype, static_cast<double>(nonzeros))) !=
          static_cast<double>(nonzeros)) {
    return Error{Format("`{}` at {}: csr({}) does not fit {} elements of {}", arg.name,
                        ToText(sizes), nonzeros, n, Name(arg.dtype))};
  }
  return nonzeros;
}

Status FillCsr(const Arg& arg, const Sizes& sizes, Array& array, Family family, uint64_t seed,
               Rng rng) {
  const uint64_t n = ElementCount(array);
  TRY(const int64_t nonzeros, NonzerosOf(arg, sizes, n));
  std::vector<int64_t> cuts(n);
  // Spikes: one row has all, the last, the first or any.
  uint64_t full = n > 1 ? rng.Fork(0).Below(n - 1) : 0;
  if (seed % 3 == 0) full = n > 1 ? n - 2 : 0;
  if (seed % 3 == 1) full = 0;
  for (uint64_t i = 0; i < n; ++i) {
    const auto bound = static_cast<uint64_t>(nonzeros) + 1;
    // Zeros: all in the last row; ones: all in the first.
    cuts[i] = family == Family::kZeros  ? 0
              : family == Family::kOnes ? nonzeros
                                        : static_cast<int64_t>(rng.Below(bound));
    if (HasSpikes(family)) cuts[i] = i <= full ? 0 : nonzeros;
  }
  std::ranges::sort(cuts);
  if (n > 0) cuts.front() = 0;
  if (n > 1) cuts.back() = nonzeros;
  for (uint64_t i = 0; i < n; ++i) SetInteger(array, i, cuts[i]);
  return Ok();
}

Status FillFile(const Arg& arg, const Sizes& sizes, Array& array) {
  const std::string& path = arg.init.args[0];
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) return Error{Format("cannot read `{}` for `{}`", path, arg.name)};
  const std::string text = std::move(content).str();
  std::string_view data = text;
  if (IsNpy(data)) {
    TRY(data, NpyData(data, arg.dtype));
  }
  if (data.size() != array.bytes.size()) {
    return Error{Format("`{}` has {} bytes of data; `{}` at {} needs {}", path, data.size(),
                        arg.name, ToText(sizes), array.bytes.size())};
  }
  std::ranges::copy(data, array.bytes.begin());
  return Ok();
}

Status Fill(const Arg& arg, const Sizes& sizes, Array& array, Family family, uint64_t seed,
            const Rng& rng) {
  const Spikes spikes(array, family, seed, rng);
  switch (arg.init.kind) {
    case InitKind::kNormal:
      return FillNormal(array, family, spikes, rng);
    case InitKind::kUniform:
      return FillUniform(arg, sizes, array, family, spikes, rng);
    case InitKind::kIntegers:
      return FillIntegers(arg, sizes, array, family, spikes, rng);
    case InitKind::kOnes:
      for (uint64_t i = 0; i < ElementCount(array); ++i) SetInteger(array, i, 1);
      return Ok();
    case InitKind::kPermutation:
      return FillPermutation(arg, array, family, rng);
    case InitKind::kSorted:
      return FillSorted(arg, sizes, array, family, spikes, rng);
    case InitKind::kCsr:
      return FillCsr(arg, sizes, array, family, seed, rng);
    case InitKind::kFile:
      return FillFile(arg, sizes, array);
  }
  return Ok();
}

}  // namespace

Status CheckInit(const Arg& arg, const Sizes& sizes) {
  if (arg.role != Role::kInput && arg.role != Role::kInOut) return Ok();
  TRY(const uint64_t bytes, BytesOfArray(arg, sizes));
  const uint64_t n = bytes / BytesOf(arg.dtype);
  const InitKind kind = arg.init.kind;
  if (kind == InitKind::kCsr) {
    TRY_OK(NonzerosOf(arg, sizes, n));
  } else if (kind == InitKind::kPermutation) {
    return CheckPermutation(arg, n);
  } else if (kind == InitKind::kUniform || (kind == InitKind::kSorted && IsFloat(arg.dtype))) {
    TRY_OK(RealRange(arg, sizes));
  } else if (kind == InitKind::kIntegers || kind == InitKind::kSorted) {
    TRY_OK(IntegerRange(arg, sizes));
  }
  return Ok();
}

Result<std::vector<Array>> MakeInputs(const Task& task, const Sizes& sizes, Family family,
                                      uint64_t seed) {
  const Rng rng = Rng(seed).Fork(static_cast<uint64_t>(family));
  // One infinity of a small array (a bias) may reach every result; and an outlier there tells less
  // than one in the data.
  const bool is_special = family == Family::kInfinite || family == Family::kNan;
  const uint64_t times_smaller = is_special ? 1 : 8;
  uint64_t largest = 0;
  for (const Arg& arg : task.args) {
    if (arg.role == Role::kScalar || arg.role == Role::kOutput) continue;
    TRY(const uint64_t bytes, BytesOfArray(arg, sizes));
    largest = std::max(largest, bytes / BytesOf(arg.dtype));
  }
  std::vector<Array> arrays;
  for (size_t i = 0; i < task.args.size(); ++i) {
    const Arg& arg = task.args[i];
    Array array;
    if (arg.role != Role::kScalar) {
      array.dtype = arg.dtype;
      TRY(const uint64_t bytes, BytesOfArray(arg, sizes));
      for (const SizeExpr& dimension : arg.shape) {
        TRY(const int64_t extent, Evaluate(dimension, sizes));
        array.shape.push_back(extent);
      }
      array.bytes.resize(bytes);
      const bool is_small = times_smaller * ElementCount(array) < largest;
      const bool is_plain =
          is_small && (is_special || (HasSpikes(family) && arg.init.kind == InitKind::kNormal));
      const Family own = is_plain ? Family::kFromInit : family;
      if (arg.role != Role::kOutput) TRY_OK(Fill(arg, sizes, array, own, seed, rng.Fork(i)));
    }
    arrays.push_back(std::move(array));
  }
  return arrays;
}

}  // namespace ws::task
