// The math library measured against long double.
#include "front/lib/math_test.h"

namespace ws {
namespace {

// Bounds are those of the CUDA C++ Programming Guide, "Mathematical Functions".
TEST(Math, FloatFunctionsKeepCudasBounds) {
  MeasureF("expf", lib::expf, expl, 1, -104, 89);
  MeasureF("exp2f", lib::exp2f, exp2l, 2, -150, 128);
  MeasureF("expm1f", lib::expm1f, expm1l, 1, -3, 3);
  MeasureF("logf", lib::logf, logl, 1, 0.5f, 2);
  MeasureF("log2f", lib::log2f, log2l, 1, 0.5f, 2);
  MeasureF("log10f", lib::log10f, log10l, 2, 0.5f, 2);
  MeasureF("log1pf", lib::log1pf, log1pl, 1, -0.9f, 3);
  MeasureF("sinf", lib::sinf, sinl, 2, -100, 100);
  MeasureF("cosf", lib::cosf, cosl, 2, -100, 100);
  MeasureF("tanf", lib::tanf, tanl, 4, -100, 100);
  MeasureF("tanhf", lib::tanhf, tanhl, 2, -10, 10);
  MeasureF("sinhf", lib::sinhf, sinhl, 3, -10, 10);
  MeasureF("coshf", lib::coshf, coshl, 2, -10, 10);
  MeasureF("erff", lib::erff, erfl, 2, -4, 4);
}

TEST(Math, DoubleFunctionsKeepCudasBounds) {
  MeasureD(
      "exp", [](double x) { return lib::exp(x); }, expl, 1, -745, 710);
  MeasureD(
      "log", [](double x) { return lib::log(x); }, logl, 1, 0.3, 3);
  MeasureD(
      "tanh", [](double x) { return lib::tanh(x); }, tanhl, 1, -4, 4);
  MeasureD(
      "erf", [](double x) { return lib::erf(x); }, erfl, 2, -6, 6);
}

// --- references that long double libm lacks

long double Sinpi(long double x) {
  const long double r = remainderl(x, 2);
  if (r == rintl(r)) return copysignl(0, x);
  return fabsl(r) > 0.5L ? copysignl(sinl(M_PIl * (1 - fabsl(r))), r) : sinl(M_PIl * r);
}
long double Cospi(long double x) {
  const long double r = fabsl(remainderl(x, 2));
  return sinl(M_PIl * (0.5L - r));
}
long double Erfcx(long double x) {
  if (x < 60) return expl(x * x) * erfcl(x);
  const long double z = 1 / (2 * x * x);
  return (1 - z * (1 - 3 * z * (1 - 5 * z * (1 - 7 * z)))) / (x * sqrtl(M_PIl));
}
long double ErfcInverse(long double y) {
  if (!(y >= 0 && y <= 2)) return NAN;
  if (y == 0 || y == 2) return y == 0 ? INFINITY : -INFINITY;
  if (y > 0.7L && y < 1.3L) {
    long double r = (1 - y) * sqrtl(M_PIl) / 2;
    for (int i = 0; i < 6; ++i) r -= (erfl(r) - (1 - y)) * expl(r * r) * sqrtl(M_PIl) / 2;
    return r;
  }
  if (y > 1) return -ErfcInverse(2 - y);
  long double x = sqrtl(-logl(y)) * 0.7L;
  for (int i = 0; i < 30; ++i) {
    const long double c = erfcl(x);
    const long double step = logl(c / y) * c * expl(x * x) * sqrtl(M_PIl) / 2;
    x += step;
    if (fabsl(step) <= 1e-18L * fabsl(x)) break;
  }
  return x;
}
long double ErfInverse(long double x) {
  if (fabsl(x) > 0.2L) return x > 0 ? ErfcInverse(1 - x) : -ErfcInverse(1 + x);
  long double r = x * sqrtl(M_PIl) / 2;
  for (int i = 0; i < 6; ++i) r -= (erfl(r) - x) * expl(r * r) * sqrtl(M_PIl) / 2;
  return r;
}
long double Normcdf(long double x) { return erfcl(-x * sqrtl(0.5L)) / 2; }
long double NormcdfInverse(long double x) { return -sqrtl(2) * ErfcInverse(2 * x); }
long double Rcbrt(long double x) { return 1 / cbrtl(x); }
long double Lgamma(long double x) {
  int sign = 0;
  return lgammal_r(x, &sign);
}
// CUDA: NaN at negative integers and minus infinity, an infinity at zeros.
long double Tgamma(long double x) { return x < 0 && x == floorl(x) ? NAN : tgammal(x); }

TEST(Math, FloatFunctionsOfTheTablesKeepCudasBounds) {
  MeasureF("exp10f", lib::exp10f, exp10l, 2, -45, 39);
  MeasureF("sinpif", lib::sinpif, Sinpi, 1, -10, 10);
  MeasureF("cospif", lib::cospif, Cospi, 1, -10, 10);
  MeasureF("asinf", lib::asinf, asinl, 2, -1, 1);
  MeasureF("acosf", lib::acosf, acosl, 2, -1, 1);
  MeasureF("atanf", lib::atanf, atanl, 2, -4, 4);
  MeasureF("asinhf", lib::asinhf, asinhl, 3, -4, 4);
  MeasureF("acoshf", lib::acoshf, acoshl, 4, 1, 4);
  MeasureF("atanhf", lib::atanhf, atanhl, 3, -1, 1);
  MeasureF("cbrtf", lib::cbrtf, cbrtl, 1, -8, 8);
  MeasureF("rcbrtf", lib::rcbrtf, Rcbrt, 1, -8, 8);
  MeasureF("erfcf", lib::erfcf, erfcl, 4, -4, 10.5f);
  MeasureF("erfcxf", lib::erfcxf, Erfcx, 4, -9, 10);
  MeasureF("erfinvf", lib::erfinvf, ErfInverse, 2, -1, 1);
  MeasureF("erfcinvf", lib::erfcinvf, ErfcInverse, 4, 0, 2);
  MeasureF("normcdff", lib::normcdff, Normcdf, 5, -14, 6);
  MeasureF("normcdfinvf", lib::normcdfinvf, NormcdfInverse, 5, 0, 1);
  MeasureF("tgammaf", lib::tgammaf, Tgamma, 5, -40, 36);
  MeasureF(
      "lgammaf", [](float x) { return x < -2.264f && x > -10.001f ? 0.0f : lib::lgammaf(x); },
      [](long double x) { return x < -2.264f && x > -10.001f ? 0 : Lgamma(x); }, 6, -2.2f, 20);
}

TEST(Math, DoubleFunctionsOfTheTablesKeepCudasBounds) {
  MeasureD("exp2", static_cast<double (*)(double)>(lib::exp2), exp2l, 1, -1074, 1024);
  MeasureD("exp10", lib::exp10, exp10l, 1, -323, 308.5);
  MeasureD("expm1", static_cast<double (*)(double)>(lib::expm1), expm1l, 1, -3, 3);
  MeasureD("log2", static_cast<double (*)(double)>(lib::log2), log2l, 1, 0.3, 3);
  MeasureD("log10", static_cast<double (*)(double)>(lib::log10), log10l, 1, 0.3, 3);
  MeasureD("log1p", static_cast<double (*)(double)>(lib::log1p), log1pl, 1, -0.9, 3);
  MeasureD("sin", static_cast<double (*)(double)>(lib::sin), sinl, 2, -100, 100);
  MeasureD("cos", static_cast<double (*)(double)>(lib::cos), cosl, 2, -100, 100);
  MeasureD("tan", static_cast<double (*)(double)>(lib::tan), tanl, 2, -100, 100);
  MeasureD("sinpi", lib::sinpi, Sinpi, 2, -10, 10);
  MeasureD("cospi", lib::cospi, Cospi, 2, -10, 10);
  MeasureD("sinh", static_cast<double (*)(double)>(lib::sinh), sinhl, 2, -10, 10);
  MeasureD("cosh", static_cast<double (*)(double)>(lib::cosh), coshl, 1, -10, 10);
  MeasureD("asin", static_cast<double (*)(double)>(lib::asin), asinl, 2, -1, 1);
  MeasureD("acos", static_cast<double (*)(double)>(lib::acos), acosl, 2, -1, 1);
  MeasureD("atan", static_cast<double (*)(double)>(lib::atan), atanl, 2, -4, 4);
  MeasureD("asinh", static_cast<double (*)(double)>(lib::asinh), asinhl, 3, -4, 4);
  MeasureD("acosh", static_cast<double (*)(double)>(lib::acosh), acoshl, 3, 1, 4);
  MeasureD("atanh", static_cast<double (*)(double)>(lib::atanh), atanhl, 2, -1, 1);
  MeasureD("cbrt", static_cast<double (*)(double)>(lib::cbrt), cbrtl, 1, -8, 8);
  MeasureD("rcbrt", lib::rcbrt, Rcbrt, 1, -8, 8);
  MeasureD("erfc", static_cast<double (*)(double)>(lib::erfc), erfcl, 5, -6, 27.3);
  MeasureD("erfcx", lib::erfcx, Erfcx, 4, -26, 10);
  MeasureD("erfinv", lib::erfinv, ErfInverse, 5, -1, 1);
  MeasureD("erfcinv", lib::erfcinv, ErfcInverse, 6, 0, 2);
  MeasureD("normcdf", lib::normcdf, Normcdf, 5, -38, 8);
  MeasureD("normcdfinv", lib::normcdfinv, NormcdfInverse, 8, 0, 1);
  MeasureD("tgamma", static_cast<double (*)(double)>(lib::tgamma), Tgamma, 10, -170, 172);
  MeasureD(
      "lgamma", [](double x) { return x < -2.2637 && x > -11.0001 ? 0.0 : lib::lgamma(x); },
      [](long double x) { return x < -2.2637L && x > -11.0001L ? 0 : Lgamma(x); }, 4, -2.26, 20);
}

TEST(Math, FunctionsOfSeveralArgumentsKeepCudasBounds) {
  Worst a2f, a2, hf, h, rhf, rh, n3, rn4;
  Rng rng(13);
  const auto any = [&] { return lib::Bits<float>(static_cast<uint32_t>(rng.Next())); };
  const auto visit = [](Worst& w, double ulps, long double x, long double y) {
    if (ulps > w.ulps) w = {ulps, x, y};
  };
  for (int i = 0; i < 200000; ++i) {
    const bool wild = i % 4 == 0;
    const float x = wild ? any() : static_cast<float>(rng.Unit() * 8 - 4);
    const float y = wild ? any() : static_cast<float>(rng.Unit() * 8 - 4);
    const double dx = wild ? lib::Bits<double>(rng.Next()) : x * 1.0000001;
    const double dy = wild ? lib::Bits<double>(rng.Next()) : y * 1.0000003;
    visit(a2f, Ulps(lib::atan2f(x, y), atan2l(x, y)), x, y);
    visit(a2, Ulps(lib::atan2(dx, dy), atan2l(dx, dy)), dx, dy);
    visit(hf, Ulps(lib::hypotf(x, y), hypotl(x, y)), x, y);
    visit(h, Ulps(lib::hypot(dx, dy), hypotl(dx, dy)), dx, dy);
    visit(rhf, Ulps(lib::rhypotf(x, y), 1 / hypotl(x, y)), x, y);
    visit(rh, Ulps(lib::rhypot(dx, dy), 1 / hypotl(dx, dy)), dx, dy);
    visit(n3, Ulps(lib::norm3d(dx, dy, 1.5), hypotl(hypotl(dx, dy), 1.5L)), dx, dy);
    visit(rn4, Ulps(lib::rnorm4d(dx, 0.5, dy, -1), 1 / hypotl(hypotl(dx, dy), sqrtl(1.25L))), dx,
          dy);
  }
  Report("atan2f", a2f, 3);
  Report("atan2", a2, 2);
  Report("hypotf", hf, 3);
  Report("hypot", h, 2);
  Report("rhypotf", rhf, 2);
  Report("rhypot", rh, 1);
  Report("norm3d", n3, 2);
  Report("rnorm4d", rn4, 1);
  for (const double x : {0.0, -0.0, 1.0, -1.0, double{INFINITY}, -double{INFINITY}}) {
    for (const double y : {0.0, -0.0, 1.0, -1.0, double{INFINITY}, -double{INFINITY}}) {
      const double want = std::atan2(x, y), got = lib::atan2(x, y);
      EXPECT_NEAR(got, want, 1e-15) << x << " " << y;
      EXPECT_EQ(std::signbit(got), std::signbit(want)) << x << " " << y;
    }
  }
}

// Bits equal, or both NaN.
::testing::AssertionResult Same(double got, double want) {
  if (lib::Bits<uint64_t>(got) == lib::Bits<uint64_t>(want) ||
      (std::isnan(got) && std::isnan(want))) {
    return ::testing::AssertionSuccess();
  }
  return ::testing::AssertionFailure() << got << " is not " << want;
}

TEST(Math, FunctionsThatAreExactAreExact) {
  Rng rng(14);
  const double edges[] = {0.0,
                          -0.0,
                          1.0,
                          -1.5,
                          double{INFINITY},
                          -double{INFINITY},
                          double{NAN},
                          0x1p-1074,
                          -0x1.8p-1060,
                          0x1.fffffffffffffp1023,
                          2.5,
                          -3.5};
  for (int i = 0; i < 60000; ++i) {
    double x = lib::Bits<double>(rng.Next()), y = lib::Bits<double>(rng.Next());
    if (i % 3 == 1) y = x * (rng.Unit() * 4 - 2);
    if (i % 3 == 2) {
      x = edges[rng.Next() % 12];
      y = edges[rng.Next() % 12];
    }
    ASSERT_TRUE(Same(lib::fmod(x, y), std::fmod(x, y))) << x << " " << y;
    ASSERT_TRUE(Same(lib::remainder(x, y), std::remainder(x, y))) << x << " " << y;
    int got_quotient = 0, quotient = 0;
    const double r = std::remquo(x, y, &quotient);
    ASSERT_TRUE(Same(lib::ws_remquo_ddpi(x, y, &got_quotient), r)) << x << " " << y;
    if (!std::isnan(r)) {
      ASSERT_EQ(got_quotient & 7, quotient & 7) << x << " " << y;
    }
    ASSERT_TRUE(Same(lib::ws_nextafter_dd(x, y), std::nextafter(x, y))) << x << " " << y;
    const int n = static_cast<int>(rng.Next() % 4400) - 2200;
    ASSERT_TRUE(Same(lib::ws_ldexp_di(x, n), std::ldexp(x, n))) << x << " " << n;
    const float f = static_cast<float>(x * 1e-200), g = lib::Bits<float>(int(rng.Next()));
    ASSERT_TRUE(Same(lib::ws_ldexpf_fi(g, n / 8), std::ldexp(g, n / 8))) << g << " " << n / 8;
    ASSERT_TRUE(Same(lib::remainderf(g, f), std::remainder(g, f))) << g << " " << f;
    ASSERT_TRUE(Same(lib::ws_nextafterf_ff(g, f), std::nextafter(g, f))) << g << " " << f;
    ASSERT_TRUE(Same(lib::ws_logb_d(x), std::logb(x))) << x;
    double whole = 0, got_whole = 0;
    const double part = std::modf(x, &whole);
    ASSERT_TRUE(Same(lib::ws_modf_dpd(x, &got_whole), part) && Same(got_whole, whole)) << x;
    if (std::isfinite(x)) {
      int e = 0, got_e = 0;
      const double m = std::frexp(x, &e);
      ASSERT_TRUE(Same(lib::ws_frexp_dpi(x, &got_e), m)) << x;
      ASSERT_EQ(got_e, e) << x;
    }
  }
}

TEST(Math, ReducesTheHardestArguments) {
  // The double nearest to a multiple of pi/2, and large ones.
  for (const double x : {0x1.6ac5b262ca1ffp+849, 0x1.fffffffffffffp1023, 0x1p600, 1e22, 0x1p30}) {
    EXPECT_LE(Ulps(lib::sin(x), sinl(x)), 1) << x;
    EXPECT_LE(Ulps(lib::cos(x), cosl(x)), 1) << x;
    EXPECT_LE(Ulps(lib::tan(-x), tanl(-x)), 2) << x;
  }
}

TEST(Math, IntegerForms) {
  EXPECT_EQ(lib::ws___sad_iiu(-5, 7, 3u), 15u);
  EXPECT_EQ(lib::ws___sad_iiu(-2147483647 - 1, 2147483647, 0u), 0xffffffffu);
  EXPECT_EQ(lib::ws___hadd_ii(-3, -4), -4);
  EXPECT_EQ(lib::ws___rhadd_ii(-3, -4), -3);
  EXPECT_EQ(lib::ws___urhadd_uu(0xffffffffu, 0xfffffffeu), 0xffffffffu);
  EXPECT_EQ(lib::ws___funnelshift_lc_uuu(1u, 2u, 40u), 1u);
  EXPECT_EQ(lib::ws___funnelshift_rc_uuu(1u, 2u, 40u), 2u);
  EXPECT_EQ(lib::ws___dp4a_iii(0x01ff027f, 0x02030405, 10), 10 + 2 - 3 + 8 + 635);
  EXPECT_EQ(lib::ws___dp4a_uuu(0xff000000u, 0xff000000u, 1u), 65026u);
  EXPECT_EQ(lib::ws___dp2a_lo_iii(-65535, 0x0000ff02, 0), 2 + 1);
  EXPECT_EQ(lib::ws___dp2a_hi_uuu(0x00020003u, 0x05060000u, 0u), 28u);
}

TEST(Math, FrsqrtIsCorrectlyRounded) {
  for (uint32_t bits = 0x3f800000; bits < 0x40800000; bits += 37) {
    const float x = lib::Bits<float>(bits);
    ASSERT_EQ(lib::ws___frsqrt_rn_f(x), static_cast<float>(1 / sqrtl(x))) << x;
  }
}

TEST(Math, PowersKeepCudasBounds) {
  Worst f, d;
  Rng rng(9);
  const auto visit_f = [&](float x, float y) {
    const double ulps = Ulps(lib::powf(x, y), powl(x, y));
    if (ulps > f.ulps) f = {ulps, x, y};
  };
  const auto visit_d = [&](double x, double y) {
    const double ulps = Ulps(lib::pow(x, y), powl(x, y));
    if (ulps > d.ulps) d = {ulps, x, y};
  };
  for (int i = 0; i < 200000; ++i) {
    const double x = std::exp(rng.Unit() * 20 - 10), y = rng.Unit() * 60 - 30;
    visit_f(static_cast<float>(x), static_cast<float>(y));
    visit_d(x, y);
    visit_d(rng.Unit() * 4, rng.Unit() * 1000 - 500);
    visit_f(lib::Bits<float>(static_cast<uint32_t>(rng.Next())),
            lib::Bits<float>(static_cast<uint32_t>(rng.Next())));
    visit_f(-static_cast<float>(x), std::nearbyint(static_cast<float>(y)));
  }
  const float edges[] = {0.0f, -0.0f,    1.0f,      -1.0f, 0.5f,      -0.5f,           2,   -2, 3,
                         -3,   INFINITY, -INFINITY, NAN,   0x1p-149f, 0x1.fffffep127f, 1e9f};
  for (const float x : edges) {
    for (const float y : edges) {
      visit_f(x, y);
      visit_d(x, y);
      EXPECT_EQ(std::signbit(lib::powf(x, y)) && !std::isnan(std::pow(x, y)),
                std::signbit(std::pow(x, y)) && !std::isnan(std::pow(x, y)))
          << x << " ^ " << y;
    }
  }
  Report("powf", f, 4);
  Report("pow", d, 2);
}

TEST(Math, FmodIsExact) {
  Rng rng(10);
  for (int i = 0; i < 200000; ++i) {
    const float x = lib::Bits<float>(static_cast<uint32_t>(rng.Next()));
    float y = lib::Bits<float>(static_cast<uint32_t>(rng.Next()));
    if (i % 2 == 0) y = x * static_cast<float>(rng.Unit());
    const float want = std::fmod(x, y), got = lib::fmodf(x, y);
    if (std::isnan(want)) {
      ASSERT_TRUE(std::isnan(got)) << x << " " << y;
    } else {
      ASSERT_EQ(lib::Bits<uint32_t>(got), lib::Bits<uint32_t>(want)) << x << " " << y;
    }
  }
}

TEST(Math, ZerosThatHaveNoSignToKeep) {
  EXPECT_FALSE(std::signbit(lib::lgamma(1.0)));
  EXPECT_FALSE(std::signbit(lib::normcdfinv(0.5)));
  EXPECT_EQ(lib::remainder(1e300, 1e300), 0);
}

TEST(Math, SignsOfZeroSurvive) {
  for (float (*f)(float) :
       {lib::expm1f, lib::log1pf, lib::sinf, lib::tanf, lib::tanhf, lib::sinhf, lib::erff}) {
    EXPECT_TRUE(std::signbit(f(-0.0f)) && f(-0.0f) == 0.0f);
    EXPECT_TRUE(!std::signbit(f(0.0f)) && f(0.0f) == 0.0f);
  }
}

}  // namespace
}  // namespace ws
