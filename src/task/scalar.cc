#include "task/scalar.h"

#include <bit>

#include "base/format.h"
#include "task/element.h"
#include "task/size_expr.h"

namespace ws::task {
namespace {

struct ScalarRow {
  std::string_view ctype;
  ir::Type type;
  int64_t min, max;  // integers
};
constexpr int64_t kMin64 = std::numeric_limits<int64_t>::min();
constexpr int64_t kMax64 = std::numeric_limits<int64_t>::max();
constexpr int64_t kMin32 = std::numeric_limits<int32_t>::min();
constexpr int64_t kMax32 = std::numeric_limits<int32_t>::max();
constexpr int64_t kMaxU32 = std::numeric_limits<uint32_t>::max();

// size_t and unsigned 64-bit types take values that fit int64_t.
constexpr ScalarRow kScalars[] = {
    {"int", ir::Type::kS32, kMin32, kMax32},
    {"unsigned", ir::Type::kU32, 0, kMaxU32},
    {"unsigned int", ir::Type::kU32, 0, kMaxU32},
    {"int32_t", ir::Type::kS32, kMin32, kMax32},
    {"uint32_t", ir::Type::kU32, 0, kMaxU32},
    {"long", ir::Type::kS64, kMin64, kMax64},
    {"long long", ir::Type::kS64, kMin64, kMax64},
    {"int64_t", ir::Type::kS64, kMin64, kMax64},
    {"uint64_t", ir::Type::kU64, 0, kMax64},
    {"size_t", ir::Type::kU64, 0, kMax64},
    {"unsigned long", ir::Type::kU64, 0, kMax64},
    {"unsigned long long", ir::Type::kU64, 0, kMax64},
    {"short", ir::Type::kS16, -32768, 32767},
    {"int16_t", ir::Type::kS16, -32768, 32767},
    {"uint16_t", ir::Type::kU16, 0, 65535},
    {"int8_t", ir::Type::kS8, -128, 127},
    {"uint8_t", ir::Type::kU8, 0, 255},
    {"bool", ir::Type::kU8, 0, 1},
    {"float", ir::Type::kF32, 0, 0},
    {"double", ir::Type::kF64, 0, 0},
};

const ScalarRow* RowNamed(std::string_view ctype) {
  for (const ScalarRow& row : kScalars) {
    if (row.ctype == ctype) return &row;
  }
  return nullptr;
}

}  // namespace

std::optional<ir::Type> ScalarTypeNamed(std::string_view ctype) {
  const ScalarRow* row = RowNamed(ctype);
  if (row == nullptr) return std::nullopt;
  return row->type;
}

std::vector<std::string_view> ScalarTypeNames() {
  std::vector<std::string_view> names;
  for (const ScalarRow& row : kScalars) names.push_back(row.ctype);
  return names;
}

Result<uint64_t> ScalarBits(const Task& task, size_t index, const Sizes& sizes) {
  const Arg& arg = task.args[index];
  const ScalarRow* row = RowNamed(arg.ctype);
  if (row == nullptr) return Error{Format("`{}` has the unknown type `{}`", arg.name, arg.ctype)};
  const std::string& text = arg.value ? *arg.value : arg.name;
  if (ir::IsFloat(row->type)) {
    TRY(const double value, EvaluateReal(text, sizes));
    return FromNumber(row->type == ir::Type::kF32 ? DType::kF32 : DType::kF64, value);
  }
  TRY(const int64_t value, EvaluateInteger(text, sizes));
  if (value < row->min || value > row->max) {
    return Error{
        Format("`{}` at {} is {}, which is no {}", arg.name, ToText(sizes), value, arg.ctype)};
  }
  const uint32_t bits = 8 * ir::BytesOf(row->type);
  const uint64_t mask = bits == 64 ? ~uint64_t{0} : (uint64_t{1} << bits) - 1;
  return static_cast<uint64_t>(value) & mask;
}

}  // namespace ws::task
