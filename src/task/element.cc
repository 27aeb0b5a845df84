#include "task/element.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <limits>

#include "base/format.h"

namespace ws::task {
namespace {

struct TypeRow {
  DType dtype;
  const char* name;
  uint32_t bytes;
  ir::Type ir;
  int fraction_bits;  // floats: explicit bits of the significand; 0 for integers
  int max_exponent;   // floats: exponent of the largest binade
};

// In the order of DType.
constexpr TypeRow kTypes[] = {
    {DType::kF16, "f16", 2, ir::Type::kF16, 10, 15},
    {DType::kBF16, "bf16", 2, ir::Type::kBF16, 7, 127},
    {DType::kF32, "f32", 4, ir::Type::kF32, 23, 127},
    {DType::kF64, "f64", 8, ir::Type::kF64, 52, 1023},
    {DType::kI8, "i8", 1, ir::Type::kS8, 0, 0},
    {DType::kU8, "u8", 1, ir::Type::kU8, 0, 0},
    {DType::kI16, "i16", 2, ir::Type::kS16, 0, 0},
    {DType::kI32, "i32", 4, ir::Type::kS32, 0, 0},
    {DType::kU32, "u32", 4, ir::Type::kU32, 0, 0},
    {DType::kI64, "i64", 8, ir::Type::kS64, 0, 0},
    {DType::kBool, "bool", 1, ir::Type::kU8, 0, 0},
};

constexpr bool RowsInOrder() {
  for (size_t i = 0; i < std::size(kTypes); ++i) {
    if (kTypes[i].dtype != static_cast<DType>(i)) return false;
  }
  return true;
}
static_assert(RowsInOrder());

const TypeRow& RowOf(DType dtype) { return kTypes[static_cast<size_t>(dtype)]; }

// A 16-bit format with `fraction_bits` to double; `max_exponent` is also the bias.
double Widen(const TypeRow& row, uint64_t bits) {
  const int exponent_bits = 15 - row.fraction_bits;
  const bool negative = (bits >> 15) != 0;
  const auto exponent = static_cast<int>(bits >> row.fraction_bits) & ((1 << exponent_bits) - 1);
  const uint64_t fraction = bits & ((uint64_t{1} << row.fraction_bits) - 1);
  double value = 0;
  if (exponent == (1 << exponent_bits) - 1) {
    value = fraction != 0 ? std::numeric_limits<double>::quiet_NaN()
                          : std::numeric_limits<double>::infinity();
  } else if (exponent == 0) {
    value = std::ldexp(static_cast<double>(fraction), 1 - row.max_exponent - row.fraction_bits);
  } else {
    value = std::ldexp(static_cast<double>(fraction + (uint64_t{1} << row.fraction_bits)),
                       exponent - row.max_exponent - row.fraction_bits);
  }
  return negative ? -value : value;
}

// Double to a 16-bit format, to nearest even.
uint64_t Narrow(const TypeRow& row, double value) {
  const uint64_t sign = std::signbit(value) ? 0x8000 : 0;
  const int exponent_bits = 15 - row.fraction_bits;
  const uint64_t infinity = ((uint64_t{1} << exponent_bits) - 1) << row.fraction_bits;
  if (std::isnan(value)) return 0x7fff;  // PTX's canonical NaN
  const double magnitude = std::fabs(value);
  if (std::isinf(magnitude)) return sign | infinity;
  if (magnitude == 0) return sign;
  const int lowest = 1 - row.max_exponent;  // exponent of the smallest normal number
  const int exponent = std::max(std::ilogb(magnitude), lowest);
  // In units of the last place; the scaling is exact and the default rounding is to nearest even.
  const double units = std::nearbyint(std::ldexp(magnitude, row.fraction_bits - exponent));
  const auto whole = static_cast<uint64_t>(units);
  // A carry out of the fraction raises the exponent by itself.
  const uint64_t biased = static_cast<uint64_t>(exponent - lowest) << row.fraction_bits;
  const uint64_t bits = biased + whole;
  return sign | std::min(bits, infinity);
}

template <typename T>
T Saturate(double value) {
  if (std::isnan(value)) return 0;
  if (value <= static_cast<double>(std::numeric_limits<T>::min())) {
    return std::numeric_limits<T>::min();
  }
  if (value >= static_cast<double>(std::numeric_limits<T>::max())) {
    return std::numeric_limits<T>::max();
  }
  return static_cast<T>(value);
}

}  // namespace

const char* Name(DType dtype) { return RowOf(dtype).name; }

const char* Name(Role role) {
  switch (role) {
    case Role::kOutput:
      return "output";
    case Role::kInput:
      return "input";
    case Role::kInOut:
      return "inout";
    case Role::kScalar:
      return "scalar";
  }
  return "";
}

const char* Name(Family family) {
  switch (family) {
    case Family::kFromInit:
      return "init";
    case Family::kZeros:
      return "zeros";
    case Family::kOnes:
      return "ones";
    case Family::kLarge:
      return "large";
    case Family::kTiny:
      return "tiny";
    case Family::kCancelling:
      return "cancelling";
    case Family::kTies:
      return "ties";
    case Family::kDenormal:
      return "denormal";
    case Family::kInfinite:
      return "infinite";
    case Family::kNan:
      return "nan";
    case Family::kSpikes:
      return "spikes";
    case Family::kSpikesAcross:
      return "spikes-across";
    case Family::kBelow:
      return "below";
    case Family::kAbove:
      return "above";
  }
  return "";
}

std::optional<DType> DTypeNamed(std::string_view name) {
  for (const TypeRow& row : kTypes) {
    if (name == row.name) return row.dtype;
  }
  return std::nullopt;
}

bool IsFloat(DType dtype) { return RowOf(dtype).fraction_bits > 0; }
uint64_t BytesOf(DType dtype) { return RowOf(dtype).bytes; }
ir::Type IrType(DType dtype) { return RowOf(dtype).ir; }

uint64_t ElementCount(const Array& array) { return array.bytes.size() / BytesOf(array.dtype); }

uint64_t BitsAt(const Array& array, uint64_t index) {
  const uint64_t size = BytesOf(array.dtype);
  uint64_t bits = 0;
  std::memcpy(&bits, array.bytes.data() + index * size, size);
  return bits;
}

void SetBits(Array& array, uint64_t index, uint64_t bits) {
  const uint64_t size = BytesOf(array.dtype);
  std::memcpy(array.bytes.data() + index * size, &bits, size);
}

double ToNumber(DType dtype, uint64_t bits) {
  switch (dtype) {
    case DType::kF16:
    case DType::kBF16:
      return Widen(RowOf(dtype), bits);
    case DType::kF32:
      return static_cast<double>(std::bit_cast<float>(static_cast<uint32_t>(bits)));
    case DType::kF64:
      return std::bit_cast<double>(bits);
    case DType::kI8:
      return static_cast<double>(static_cast<int8_t>(bits));
    case DType::kI16:
      return static_cast<double>(static_cast<int16_t>(bits));
    case DType::kI32:
      return static_cast<double>(static_cast<int32_t>(bits));
    case DType::kI64:
      return static_cast<double>(static_cast<int64_t>(bits));
    case DType::kU8:
    case DType::kU32:
    case DType::kBool:
      return static_cast<double>(bits);
  }
  return 0;
}

std::string ElementText(DType dtype, uint64_t bits) {
  if (IsFloat(dtype)) return Format("{:.9g}", ToNumber(dtype, bits));
  if (dtype == DType::kI64) return Format("{}", static_cast<int64_t>(bits));
  return Format("{}", static_cast<int64_t>(ToNumber(dtype, bits)));  // exact: at most 32 bits
}

uint64_t FromNumber(DType dtype, double value) {
  switch (dtype) {
    case DType::kF16:
    case DType::kBF16:
      return Narrow(RowOf(dtype), value);
    case DType::kF32:
      return std::bit_cast<uint32_t>(static_cast<float>(value));
    case DType::kF64:
      return std::bit_cast<uint64_t>(value);
    case DType::kI8:
      return static_cast<uint8_t>(Saturate<int8_t>(value));
    case DType::kI16:
      return static_cast<uint16_t>(Saturate<int16_t>(value));
    case DType::kI32:
      return static_cast<uint32_t>(Saturate<int32_t>(value));
    case DType::kI64:
      return static_cast<uint64_t>(Saturate<int64_t>(value));
    case DType::kU8:
      return Saturate<uint8_t>(value);
    case DType::kU32:
      return Saturate<uint32_t>(value);
    case DType::kBool:
      return value != 0 ? 1 : 0;
  }
  return 0;
}

double UnitInLastPlace(DType dtype, double value) {
  const TypeRow& row = RowOf(dtype);
  int exponent = 1 - row.max_exponent;
  const double magnitude = std::fabs(value);
  if (magnitude > 0 && std::isfinite(magnitude)) {
    exponent = std::min(std::max(std::ilogb(magnitude), exponent), row.max_exponent);
  } else if (!std::isfinite(magnitude)) {
    exponent = row.max_exponent;
  }
  return std::ldexp(1.0, exponent - row.fraction_bits);
}

double LargestFinite(DType dtype) {
  const TypeRow& row = RowOf(dtype);
  return std::ldexp(2.0 - std::ldexp(1.0, -row.fraction_bits), row.max_exponent);
}

}  // namespace ws::task
