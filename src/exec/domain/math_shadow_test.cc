#include <cmath>

#include "exec/domain/error.h"
#include "tests/test.h"

namespace ws::exec {
namespace {

using ir::MathFn;

ShadowValue Apply(MathFn fn, double x) {
  ShadowValue args[4] = {{.value = x, .magnitude = 1, .roundings = 1},
                         ExactShadow(1.25),
                         ExactShadow(0.5),
                         ExactShadow(2)};
  return MathShadow(fn, args);
}

// The error that an argument brings is the derivative times its magnitude, beside |f|.
TEST(MathShadow, SlopesAreDerivatives) {
  for (uint8_t i = 1; i < static_cast<uint8_t>(MathFn::kCount); ++i) {
    const MathFn fn = static_cast<MathFn>(i);
    const bool above_one = fn == MathFn::kAcosh || fn == MathFn::kAcoshf;
    const double x = above_one ? 1.37 : 0.37, h = 1e-5;
    const ShadowValue v = Apply(fn, x);
    EXPECT_FALSE(v.lost) << ir::InfoOf(fn).spelling;
    const double slope = (Apply(fn, x + h).value - Apply(fn, x - h).value) / (2 * h);
    EXPECT_NEAR(v.magnitude - std::fabs(v.value), std::fabs(slope), 1e-6 * (1 + std::fabs(slope)))
        << ir::InfoOf(fn).spelling;
  }
}

TEST(MathShadow, ValuesOfSeveralStepsAreRoundedOnce) {
  EXPECT_EQ(Apply(MathFn::kSinpi, 0.25).value, std::sqrt(0.5));
  EXPECT_EQ(Apply(MathFn::kSinpi, 2.75).value, std::sqrt(0.5));
  EXPECT_EQ(Apply(MathFn::kCospi, 0.75).value, -std::sqrt(0.5));
  EXPECT_EQ(Apply(MathFn::kSinpi, 3).value, 0);
  EXPECT_EQ(Apply(MathFn::kCospi, 3).value, -1);
  EXPECT_EQ(Apply(MathFn::kRcbrt, 27).value, 1.0 / 3);
  EXPECT_NEAR(Apply(MathFn::kErfcinv, std::erfc(2.0)).value, 2, 1e-15);
  EXPECT_NEAR(Apply(MathFn::kErfinv, std::erf(-0.4)).value, -0.4, 1e-15);
  EXPECT_NEAR(Apply(MathFn::kErfcx, 30).value, 0.018795888861416751, 1e-17);
  EXPECT_NEAR(Apply(MathFn::kErfcx, 120).value, 0.004701416630599358, 1e-17);
}

// Each rounding of a chain of products is one of the whole result.
TEST(ErrorDomain, ProductsOfRoundedValuesCountMore) {
  const ShadowValue x = ExactShadow(1.5);
  ShadowValue product = MulShadow(x, x);
  EXPECT_EQ(product.roundings, 1);
  product = MulShadow(product, x);
  EXPECT_EQ(product.roundings, 7);
  EXPECT_EQ(MulShadow(product, product).roundings, 20);
  EXPECT_EQ(AddShadow(product, product, 1).roundings, 15);
  EXPECT_EQ(product.magnitude, 1.5 * 1.5 * 1.5);
}

}  // namespace
}  // namespace ws::exec
