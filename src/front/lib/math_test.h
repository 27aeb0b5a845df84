// The math library compiled as plain C++, and how it is measured against long double.
#ifndef WARPSMITH_FRONT_LIB_MATH_TEST_H_
#define WARPSMITH_FRONT_LIB_MATH_TEST_H_

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
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
inline int __float_as_int(float x) { return Bits<int>(x); }
inline float __int_as_float(unsigned x) { return Bits<float>(x); }
inline long long __double_as_longlong(double x) { return Bits<long long>(x); }
inline double __longlong_as_double(long long x) { return Bits<double>(x); }

inline int __clzll(long long x) {
  return x == 0 ? 64 : __builtin_clzll(static_cast<unsigned long long>(x));
}
inline unsigned long long __umul64hi(unsigned long long a, unsigned long long b) {
  return static_cast<unsigned long long>(static_cast<unsigned __int128>(a) * b >> 64);
}

using ::copysign;
using ::copysignf;
using ::fabs;
using ::fabsf;
using ::floor;
using ::fma;
using ::fmaf;
using ::fmax;
using ::rint;
using ::round;
using ::roundf;
using ::sqrt;
using ::trunc;
using ::truncf;

#define __device__ static
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
// In the order of MathLibrary: each calls what stands before.
// clang-format off
#include "front/lib/math.cu"
#include "front/lib/math_double.cu"
#include "front/lib/math_angle.cu"
#include "front/lib/math_power.cu"
#include "front/lib/math_special.cu"
#include "front/lib/math_bessel.cu"
#include "front/lib/math_bessel_n.cu"
#include "front/lib/math_forms.cu"
// clang-format on
#pragma GCC diagnostic pop
#undef __device__

}  // namespace lib

namespace ws {

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

inline void Report(const char* name, const Worst& worst, double bound) {
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

}  // namespace ws

#endif  // WARPSMITH_FRONT_LIB_MATH_TEST_H_
