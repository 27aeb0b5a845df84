#include "verify/compare.h"

#include <algorithm>
#include <cmath>

#include "task/element.h"

namespace ws::verify {
namespace {

struct PrecisionRow {
  std::string_view name;
  double u;
  double underflow;
};
constexpr PrecisionRow kPrecisions[] = {{"f64", 0x1p-53, 0},
                                        {"f32", 0x1p-24, 0x1p-150},
                                        {"tf32", 0x1p-11, 0x1p-137},
                                        {"bf16", 0x1p-8, 0x1p-134},
                                        {"f16", 0x1p-11, 0x1p-25}};

// Beyond this share of a value, a tolerance from A alone is held against the error's deviation S.
constexpr double kSaysNothing = 1.0 / 16;
constexpr double kSmallShare = 1.0 / 1024;
constexpr double kDeviations = 4;
constexpr double kMostRoundings = 16384;

// Whether `got` is right where the reference's IEEE run gave `bits`; ratio of error to tolerance.
bool FloatMatches(double got, double reference, double value, double tolerance, double largest,
                  double* ratio) {
  *ratio = 0;
  const bool may_overflow = !std::isnan(value) && std::fabs(value) + tolerance > largest;
  if (std::isnan(reference)) return std::isnan(got);
  if (std::isnan(got)) return false;
  if (std::isinf(reference)) {
    if (got == reference) return true;
    // The shadow has more range: finite is right too where it is near.
    if (std::isinf(got) || std::isinf(value)) return false;
  } else if (std::isinf(got)) {
    return may_overflow && (got > 0) == (value > 0);
  }
  const double error = std::fabs(got - value);
  if (error == 0) return true;
  if (tolerance == 0) return false;
  *ratio = error / tolerance;
  return *ratio <= 1;
}

}  // namespace

Allowance AllowanceOf(std::string_view precision, bool approx) {
  Allowance allowance;
  for (const PrecisionRow& row : kPrecisions) {
    if (row.name != precision) continue;
    allowance.u = row.u;
    allowance.underflow = row.underflow;
  }
  if (approx) {
    allowance.u *= 4;               // 2 units in the last place where 1/2 is the best
    allowance.smallest = 0x1p-126;  // their subnormals are zero
  }
  return allowance;
}

double ToleranceOf(const exec::Shadow& shadow, task::DType dtype, const Allowance& allowance) {
  if (shadow.roundings == 0 || !task::IsFloat(dtype)) return 0;
  double error =
      std::sqrt(shadow.roundings) * (allowance.u * shadow.magnitude + allowance.underflow);
  const double size = std::fabs(shadow.value);
  if (error > size * kSaysNothing) {
    const double steps = std::sqrt(std::min(shadow.roundings, kMostRoundings));
    const double spread = allowance.u * std::sqrt(shadow.variance) + allowance.underflow;
    error = std::min(error, std::max(size * kSmallShare, kDeviations * steps * spread));
  }
  return error + task::UnitInLastPlace(dtype, shadow.value) + allowance.smallest;
}

Comparison Compare(const task::Array& got, const Expected& expected) {
  Comparison result;
  const task::DType dtype = got.dtype;
  const bool is_float = task::IsFloat(dtype);
  const double largest = is_float ? task::LargestFinite(dtype) : 0;
  const uint64_t n = task::ElementCount(got);
  for (uint64_t i = 0; i < n; ++i) {
    const uint64_t got_bits = task::BitsAt(got, i);
    const uint64_t reference_bits = task::BitsAt(expected.bits, i);
    double ratio = 0;
    bool matches = got_bits == reference_bits && (!is_float || expected.tolerance[i] == 0);
    if (!matches && is_float) {
      matches = FloatMatches(task::ToNumber(dtype, got_bits), task::ToNumber(dtype, reference_bits),
                             expected.value[i], expected.tolerance[i], largest, &ratio);
    }
    // What is computed from an infinity may come to inf - inf in another order.
    if (!matches && is_float && expected.from_special && expected.tolerance[i] != 0) {
      const double a = task::ToNumber(dtype, got_bits);
      const double b = task::ToNumber(dtype, reference_bits);
      matches = !std::isfinite(a) && !std::isfinite(b) && std::isnan(a) != std::isnan(b);
    }
    if (matches) {
      result.worst_ratio = std::max(result.worst_ratio, ratio);
      continue;
    }
    if (!expected.ambiguous.empty() && expected.ambiguous[i] != 0) {
      ++result.ambiguous;
      continue;
    }
    if (result.wrong++ == 0) {
      result.first = i;
      result.got = task::Value::Element(dtype, got_bits);
      result.expected = task::Value::Element(dtype, reference_bits);
      result.tolerance = is_float ? expected.tolerance[i] : 0;
      if (result.tolerance > 0 && std::isfinite(result.expected.number())) {
        result.expected = task::Value::Beside(dtype, expected.value[i]);
      }
    }
  }
  return result;
}

}  // namespace ws::verify
