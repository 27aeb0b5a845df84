#include "verify/compare.h"

#include <cmath>
#include <limits>

#include "task/element.h"
#include "tests/test.h"

namespace ws::verify {
namespace {

using task::DType;

task::Array ArrayOf(DType dtype, const std::vector<double>& values) {
  task::Array array = {dtype, {static_cast<int64_t>(values.size())}, {}};
  array.bytes.resize(values.size() * task::BytesOf(dtype));
  for (size_t i = 0; i < values.size(); ++i) {
    task::SetBits(array, i, task::FromNumber(dtype, values[i]));
  }
  return array;
}

// One element with this shadow value and tolerance, where the IEEE run gave `reference`.
Expected OneExpected(DType dtype, double reference, double value, double tolerance) {
  Expected expected = {ArrayOf(dtype, {reference}), {value}, {tolerance}, {0}};
  return expected;
}

bool Accepts(double got, const Expected& expected) {
  return Compare(ArrayOf(expected.bits.dtype, {got}), expected).wrong == 0;
}

constexpr double kInf = std::numeric_limits<double>::infinity();
const double kNan = std::nan("");

TEST(Tolerance, GrowsWithMagnitudeAndTheRootOfRoundings) {
  const Allowance allowance = AllowanceOf("f32", false);
  const exec::Shadow shadow = {.value = 1, .magnitude = 100, .roundings = 16};
  EXPECT_DOUBLE_EQ(ToleranceOf(shadow, DType::kF32, allowance), 0x1p-24 * 4 * 100 + 0x1p-23);
  EXPECT_DOUBLE_EQ(ToleranceOf(shadow, DType::kF16, allowance), 0x1p-24 * 4 * 100 + 0x1p-10);
  EXPECT_EQ(ToleranceOf({.value = 1, .magnitude = 100, .roundings = 0}, DType::kF32, allowance), 0);
}

// A alone would allow anything here.
TEST(Tolerance, IsHeldAgainstTheDeviationWhereItSaysNothing) {
  const Allowance allowance = AllowanceOf("f32", false);
  exec::Shadow shadow = {.value = 1, .magnitude = 1e12, .variance = 256, .roundings = 1e30};
  EXPECT_DOUBLE_EQ(ToleranceOf(shadow, DType::kF32, allowance), 0x1p-10 + 0x1p-23);
  shadow.value = 0x1p-10;
  EXPECT_NEAR(ToleranceOf(shadow, DType::kF32, allowance), 4 * 128 * 16 * 0x1p-24, 1e-9);
  shadow.magnitude = 1;  // less than that
  shadow.roundings = 1e6;
  EXPECT_NEAR(ToleranceOf(shadow, DType::kF32, allowance), 1e3 * 0x1p-24, 1e-9);
}

TEST(Compare, CopiesMustBeEqual) {
  const Expected expected = OneExpected(DType::kF32, 0.5, 0.5, 0);
  EXPECT_TRUE(Accepts(0.5, expected));
  EXPECT_FALSE(Accepts(0.5 + 0x1p-24, expected));
  EXPECT_TRUE(Accepts(-0.0, OneExpected(DType::kF32, 0, 0, 0)));
}

TEST(Compare, AcceptsUpToTheTolerance) {
  const Expected expected = OneExpected(DType::kF32, 1, 1 + 0x1p-30, 0x1p-20);
  EXPECT_TRUE(Accepts(1 + 0x1p-21, expected));
  EXPECT_FALSE(Accepts(1 + 0x1p-19, expected));
  const Comparison at = Compare(ArrayOf(DType::kF32, {1 + 0x1p-21}), expected);
  EXPECT_NEAR(at.worst_ratio, 0.5, 1e-2);
}

TEST(Compare, NanMeetsNanAndInfinityInfinity) {
  EXPECT_TRUE(Accepts(kNan, OneExpected(DType::kF32, kNan, kNan, 1)));
  EXPECT_FALSE(Accepts(0, OneExpected(DType::kF32, kNan, kNan, 1)));
  EXPECT_FALSE(Accepts(kNan, OneExpected(DType::kF32, 0, 0, 1)));
  EXPECT_TRUE(Accepts(kInf, OneExpected(DType::kF32, kInf, kInf, kInf)));
  EXPECT_FALSE(Accepts(-kInf, OneExpected(DType::kF32, kInf, kInf, kInf)));
  EXPECT_FALSE(Accepts(3, OneExpected(DType::kF32, kInf, kInf, kInf)));
  EXPECT_FALSE(Accepts(kInf, OneExpected(DType::kF32, 3, 3, 1)));
}

TEST(Compare, WhatIsComputedFromInfinitiesMayBeNan) {
  Expected expected = OneExpected(DType::kF32, -kInf, -kInf, kInf);
  EXPECT_FALSE(Accepts(kNan, expected));
  expected.from_special = true;
  EXPECT_TRUE(Accepts(kNan, expected));
  EXPECT_FALSE(Accepts(kInf, expected));
  EXPECT_FALSE(Accepts(1, expected));
  Expected copied = OneExpected(DType::kF32, -kInf, -kInf, 0);
  copied.from_special = true;
  EXPECT_FALSE(Accepts(kNan, copied));
}

TEST(Compare, NextToOverflowBothAnswersPass) {
  const Expected finite = OneExpected(DType::kF16, 65504, 65510, 32);
  EXPECT_TRUE(Accepts(kInf, finite));
  EXPECT_FALSE(Accepts(-kInf, finite));
  const Expected infinite = OneExpected(DType::kF16, kInf, 65530, 32);
  EXPECT_TRUE(Accepts(kInf, infinite));
  EXPECT_TRUE(Accepts(65504, infinite));
  EXPECT_FALSE(Accepts(60000, infinite));
}

TEST(Compare, IntegersAreExactUnlessAmbiguous) {
  Expected expected = {ArrayOf(DType::kI32, {7, 9}), {7, 9}, {0, 0}, {0, 1}};
  const Comparison wrong = Compare(ArrayOf(DType::kI32, {6, 8}), expected);
  EXPECT_EQ(wrong.wrong, 1U);
  EXPECT_EQ(wrong.first, 0U);
  EXPECT_EQ(wrong.expected.number(), 7);
  EXPECT_EQ(wrong.got.number(), 6);
  EXPECT_EQ(wrong.ambiguous, 1U);
}

TEST(Compare, PoisonIsWrong) {
  Expected expected = OneExpected(DType::kF32, 1, 1, 1e-6);
  task::Array poison = expected.bits;
  std::ranges::fill(poison.bytes, uint8_t{0xa5});
  EXPECT_EQ(Compare(poison, expected).wrong, 1U);
}

}  // namespace
}  // namespace ws::verify
