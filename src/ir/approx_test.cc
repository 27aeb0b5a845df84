// Approximate functions measured against long double over the ranges that ops.def documents.
#include "ir/approx.h"

#include <algorithm>
#include <cmath>

#include "tests/test.h"

namespace ws::ir {
namespace {

// Units in the last place of a float result.
double Ulps(float got, long double want) {
  if (std::isnan(got) || std::isinf(got)) return std::isinf(static_cast<float>(want)) ? 0 : 1e30;
  int e = 0;
  std::frexp(static_cast<double>(want), &e);
  return static_cast<double>(std::fabs(got - want) / std::ldexp(1.0L, std::max(e - 24, -149)));
}

template <typename Visit>
void SweepFloats(float low, float high, uint32_t stride, Visit visit) {
  for (const uint32_t sign : {0u, 0x80000000u}) {
    for (uint64_t m = 0; m < 0x7f800000u; m += stride) {
      const uint32_t bits = static_cast<uint32_t>(m) | sign;
      if (AsF32(bits) >= low && AsF32(bits) <= high) visit(bits);
    }
  }
}

TEST(Approx, Ex2WithinTwoUlp) {
  double worst = 0;
  SweepFloats(-160, 130, 997, [&](uint32_t a) {
    worst = std::max(worst, Ulps(AsF32(Ex2F32(a)), exp2l(AsF32(a))));
  });
  RecordProperty("max_ulp", std::to_string(worst));
  EXPECT_LE(worst, 2.0);
  EXPECT_EQ(Ex2F32(0), BitsOf(1.0f));
  EXPECT_EQ(Ex2F32(BitsOf(-149.0f)), 1u);
  EXPECT_EQ(Ex2F32(0xff800000), 0u);
  EXPECT_EQ(Ex2F32(0x7f800000), 0x7f800000u);
  EXPECT_EQ(Ex2F32(0x7f800001), kNanF32);
}

TEST(Approx, Lg2WithinItsBounds) {
  double absolute = 0, ulps = 0;
  SweepFloats(0x1p-149f, 0x1.fffffep127f, 997, [&](uint32_t a) {
    const long double want = log2l(AsF32(a));
    const float got = AsF32(Lg2F32(a));
    if (AsF32(a) >= 0.5f && AsF32(a) <= 2.0f) {
      absolute = std::max(absolute, static_cast<double>(std::fabs(got - want)));
    } else {
      ulps = std::max(ulps, Ulps(got, want));
    }
  });
  EXPECT_LE(absolute, std::exp2(-22.6));
  EXPECT_LE(ulps, 2.0);
  EXPECT_EQ(Lg2F32(0), 0xff800000u);
  EXPECT_EQ(Lg2F32(0x80000000), 0xff800000u);
  EXPECT_EQ(Lg2F32(BitsOf(-1.0f)), kNanF32);
  EXPECT_EQ(Lg2F32(0x7f800000), 0x7f800000u);
  EXPECT_EQ(Lg2F32(BitsOf(8.0f)), BitsOf(3.0f));
}

TEST(Approx, SinAndCosWithinTheirAbsoluteError) {
  double worst = 0;
  SweepFloats(-3.1415927f, 3.1415927f, 997, [&](uint32_t a) {
    const long double x = AsF32(a);
    worst = std::max(worst, static_cast<double>(std::fabs(AsF32(SinF32(a)) - sinl(x))));
    worst = std::max(worst, static_cast<double>(std::fabs(AsF32(CosF32(a)) - cosl(x))));
  });
  EXPECT_LE(worst, std::exp2(-20.5));
  EXPECT_EQ(SinF32(0x7f800000), kNanF32);
  EXPECT_EQ(SinF32(0x80000000), 0x80000000u);
  EXPECT_EQ(CosF32(0), BitsOf(1.0f));
  EXPECT_LE(std::fabs(AsF32(SinF32(BitsOf(3e38f)))), 1.0f);
}

TEST(Approx, TanhRsqrtWithinTheirRelativeError) {
  double tanh_worst = 0, rsqrt_worst = 0;
  SweepFloats(-20, 20, 997, [&](uint32_t a) {
    const long double x = AsF32(a);
    if (std::fabs(x) > 1e-30L) {
      tanh_worst =
          std::max(tanh_worst, static_cast<double>(std::fabs(AsF32(TanhF32(a)) / tanhl(x) - 1)));
    }
  });
  SweepFloats(1e-44f, 0x1.fffffep127f, 9973, [&](uint32_t a) {
    const long double want = 1 / sqrtl(AsF32(a));
    rsqrt_worst =
        std::max(rsqrt_worst, static_cast<double>(std::fabs(AsF32(RsqrtF32(a)) / want - 1)));
  });
  EXPECT_LE(tanh_worst, std::exp2(-11));
  EXPECT_LE(rsqrt_worst, std::exp2(-22.9));
  EXPECT_EQ(TanhF32(0x7f800000), BitsOf(1.0f));
  EXPECT_EQ(TanhF32(0xff800000), BitsOf(-1.0f));
  EXPECT_EQ(RsqrtF32(0), 0x7f800000u);
  EXPECT_EQ(RsqrtF32(0x80000000), 0xff800000u);
  EXPECT_EQ(DivApproxF32(BitsOf(1.0f), BitsOf(0x1.8p126f)), 0u);
  EXPECT_EQ(DivApproxF32(BitsOf(6.0f), BitsOf(3.0f)), BitsOf(2.0f));
}

}  // namespace
}  // namespace ws::ir
