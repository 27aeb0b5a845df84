#include "task/value.h"

#include <cmath>
#include <cstdlib>

#include "base/format.h"
#include "task/element.h"

namespace ws::task {
namespace {

bool IsSigned(DType dtype) {
  return dtype == DType::kI8 || dtype == DType::kI16 || dtype == DType::kI32 ||
         dtype == DType::kI64;
}

int64_t SignedOf(DType dtype, uint64_t bits) {
  const auto unused = static_cast<int>(64 - 8 * BytesOf(dtype));
  return static_cast<int64_t>(bits << unused) >> unused;
}

// The shortest text that reads back as the same element.
std::string Shortest(DType dtype, uint64_t bits) {
  const double number = ToNumber(dtype, bits);
  if (dtype == DType::kF64) return Format("{}", number);
  constexpr int kMostDigits = 9;
  for (int digits = 1; digits < kMostDigits; ++digits) {
    std::string text = Format("{:.{}g}", number, digits);
    if (FromNumber(dtype, std::strtod(text.c_str(), nullptr)) == bits) return text;
  }
  return Format("{:.9g}", number);
}

}  // namespace

double Value::number() const { return is_element_ ? ToNumber(dtype_, bits_) : number_; }

std::string Value::Text() const {
  if (is_element_ && !IsFloat(dtype_)) {
    return IsSigned(dtype_) ? Format("{}", SignedOf(dtype_, bits_)) : Format("{}", bits_);
  }
  const double value = number();
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  if (is_element_) return Shortest(dtype_, bits_);
  return dtype_ == DType::kF64 ? Format("{}", value) : Format("{:.9g}", value);
}

Json Value::ToJson() const {
  if (is_element_ && !IsFloat(dtype_)) {
    if (IsSigned(dtype_)) return SignedOf(dtype_, bits_);
    return bits_;
  }
  const double value = number();
  if (std::isfinite(value)) return value;
  return Text();
}

}  // namespace ws::task
