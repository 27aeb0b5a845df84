// The math library compiled as plain C++ and measured against long double.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <string>

#include "base/rng.h"
#include "tests/test.h"

namespace lib {

template <typename To, typename From>
To Bits(From from) {
  static_assert(sizeof(To) == sizeof(From));
  To to;
  memcpy(&to, &from, sizeof to);
  return to;
}
int __float_as_int(float x) { return Bits<int>(x); }
float __int_as_float(unsigned x) { return Bits<float>(x); }
long long __double_as_longlong(double x) { return Bits<long long>(x); }
double __longlong_as_double(long long x) { return Bits<double>(x); }

using ::fabs;
using ::fabsf;
using ::fma;
using ::fmaf;

#define __device__ static
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include "front/lib/math.cu"
#pragma GCC diagnostic pop
#undef __device__

}  // namespace lib

namespace ws {
namespace {

template <typename T>
double Ulps(T got, long double want) {
  const T rounded = static_cast<T>(want);
  if (std::isnan(want)) return std::isnan(got) ? 0 : 1e30;
  if (std::isinf(rounded) || std::isinf(got)) {
    if (got == rounded) return 0;
    // The edge of overflow: one unit either way.
    const T most = std::numeric_limits<T>::max();
    return std::fabs(want) > most * 0.999999L && std::fabs(got) >= most * T(0.999999) ? 1 : 1e30;
  }
  if (std::isnan(got)) return 1e30;
  int e = 0;
  std::frexp(want, &e);
  const int digits = std::numeric_limits<T>::digits;
  const int lowest = std::numeric_limits<T>::min_exponent - digits;
  return static_cast<double>(std::fabs(got - want) /
                             std::ldexp(1.0L, std::max(e - digits, lowest)));
}

struct Worst {
  double ulps = 0;
  long double at = 0, at2 = 0;
};

void Report(const char* name, const Worst& worst, double bound) {
  testing::Test::RecordProperty(std::string(name) + "_max_ulp", std::to_string(worst.ulps));
  printf("%-7s max %.3f ulp (bound %g) at %.9Lg %.9Lg\n", name, worst.ulps, bound, worst.at,
         worst.at2);
  EXPECT_LE(worst.ulps, bound) << name << " at " << static_cast<double>(worst.at) << ", "
                               << static_cast<double>(worst.at2);
}

// All floats in steps, of both signs, and dense samples of [low, high].
template <typename F, typename Ref>
void MeasureF(const char* name, F f, Ref reference, double bound, float low, float high) {
  Worst worst;
  const auto visit = [&](float x) {
    const double ulps = Ulps(f(x), reference(static_cast<long double>(x)));
    if (ulps > worst.ulps) worst = {ulps, x};
  };
  for (uint64_t bits = 0; bits < 0x100000000ull; bits += 20011) {
    visit(lib::Bits<float>(static_cast<uint32_t>(bits)));
  }
  Rng rng(7);
  for (int i = 0; i < 100000; ++i) {
    visit(low + static_cast<float>(rng.Unit()) * (high - low));
  }
  for (const float x : {0.0f, -0.0f, 1.0f, -1.0f, INFINITY, -INFINITY, NAN, 0x1p-149f, -0x1p-149f,
                        0x1.fffffep127f, -0x1.fffffep127f}) {
    visit(x);
  }
  Report(name, worst, bound);
}

template <typename F, typename Ref>
void MeasureD(const char* name, F f, Ref reference, double bound, double low, double high) {
  Worst worst;
  const auto visit = [&](double x) {
    const double ulps = Ulps(f(x), reference(static_cast<long double>(x)));
    if (ulps > worst.ulps) worst = {ulps, x};
  };
  Rng rng(8);
  for (int i = 0; i < 150000; ++i) visit(low + rng.Unit() * (high - low));
  for (int i = 0; i < 50000; ++i) visit(lib::Bits<double>(rng.Next()));
  for (const double x : {0.0, -0.0, 1.0, -1.0, double{INFINITY}, -double{INFINITY}, double{NAN},
                         0x1p-1074, 0x1.fffffffffffffp1023}) {
    visit(x);
  }
  Report(name, worst, bound);
}

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

TEST(Math, SignsOfZeroSurvive) {
  for (float (*f)(float) :
       {lib::expm1f, lib::log1pf, lib::sinf, lib::tanf, lib::tanhf, lib::sinhf, lib::erff}) {
    EXPECT_TRUE(std::signbit(f(-0.0f)) && f(-0.0f) == 0.0f);
    EXPECT_TRUE(!std::signbit(f(0.0f)) && f(0.0f) == 0.0f);
  }
}

}  // namespace
}  // namespace ws
