#include "task/value.h"

#include <limits>

#include "task/element.h"
#include "tests/test.h"

namespace ws::task {
namespace {

Value Number(DType dtype, double number) {
  return Value::Element(dtype, FromNumber(dtype, number));
}

TEST(Value, TellsIntegersExactlyBeyondDoubles) {
  const uint64_t odd = (uint64_t{1} << 60) + 1;
  EXPECT_EQ(Value::Element(DType::kI64, odd).Text(), "1152921504606846977");
  EXPECT_EQ(Value::Element(DType::kI64, ~uint64_t{0}).Text(), "-1");
  EXPECT_EQ(Value::Element(DType::kI64, odd).ToJson().dump(), "1152921504606846977");
  EXPECT_EQ(Value::Element(DType::kI32, 0x7fffffff).Text(), "2147483647");
  EXPECT_EQ(Value::Element(DType::kI32, 0x80000000).Text(), "-2147483648");
  EXPECT_EQ(Value::Element(DType::kU32, 0xfffffffe).Text(), "4294967294");
  EXPECT_EQ(Value::Element(DType::kI8, 0x80).ToJson().dump(), "-128");
}

TEST(Value, TellsFloatsFromTheirNeighbours) {
  EXPECT_EQ(Number(DType::kF32, 0.1f).Text(), "0.1");
  EXPECT_EQ(Value::Element(DType::kF32, FromNumber(DType::kF32, 0.1) + 1).Text(), "0.10000001");
  EXPECT_EQ(Number(DType::kF16, 0.1).Text(), "0.1");
  EXPECT_EQ(Value::Element(DType::kF16, FromNumber(DType::kF16, 0.1) + 1).Text(), "0.10004");
  EXPECT_EQ(Number(DType::kF64, 0.1 + 0.2).Text(), "0.30000000000000004");
  EXPECT_EQ(Number(DType::kF32, -0.0).Text(), "-0");
}

TEST(Value, TellsWhatIsNotFiniteAsText) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(Number(DType::kF32, -infinity).ToJson().dump(), "\"-inf\"");
  EXPECT_EQ(Value::Beside(DType::kF32, infinity - infinity).ToJson().dump(), "\"nan\"");
  EXPECT_EQ(Value::Beside(DType::kF32, 1.0 / 3).Text(), "0.333333333");
}

}  // namespace
}  // namespace ws::task
