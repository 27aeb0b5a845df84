// Functions of the math library in the error domain: values by libm, derivatives by hand.
#include "exec/domain/error.h"

namespace ws::exec {
namespace {

constexpr double kLn2 = 0.693147180559945309417;
constexpr double kLn10 = 2.302585092994045684018;
constexpr double kPi = 3.141592653589793238463;
constexpr double kSqrtPi = 1.772453850905516027298;
constexpr double kTwoOverSqrtPi = 1.128379167095512573896;
constexpr double kSqrt2 = 1.414213562373095048802;
constexpr float kMathCost = 4;      // 2 u
constexpr float kSpecialCost = 64;  // 8 u: error, gamma and Bessel functions, by CUDA's bounds

constexpr long double kWidePi = 3.141592653589793238462643383279502884L;
constexpr long double kWideRootHalf = 0.707106781186547524400844362104849039L;

// Where a value takes several steps, they are wider than double: it stands beside doubles that are
// off by a unit in the last place.

// sin(pi x) and cos(pi x).
double SinPi(double x) {
  const double r = std::remainder(x, 2);
  if (std::fabs(r) == 1) return 0;
  const long double nearest = std::fabs(r) > 0.5 ? std::copysign(1.0L, r) - r : r;
  return static_cast<double>(std::sin(kWidePi * nearest));
}
double CosPi(double x) {
  return static_cast<double>(std::sin(kWidePi * (0.5L - std::fabs(std::remainder(x, 2)))));
}

double Erfcx(double x) {
  if (x < 100) {
    const long double w = x;
    return static_cast<double>(std::exp(w * w) * std::erfc(w));
  }
  const double z = 1 / (2 * x * x);
  return (1 - z * (1 - 3 * z * (1 - 5 * z * (1 - 7 * z)))) / (x * kSqrtPi);
}
// The x with erfc(x) = y, by Newton's method on log erfc.
double ErfcInverse(double y) {
  if (!(y >= 0 && y <= 2)) return NAN;
  if (y == 0 || y == 2) return y == 0 ? INFINITY : -INFINITY;
  if (y > 1) return -ErfcInverse(2 - y);
  double x = std::sqrt(-std::log(y)) * 0.7;
  for (int i = 0; i < 50; ++i) {
    const double e = Erfcx(x);
    const double step = (std::log(e) - x * x - std::log(y)) * e * kSqrtPi / 2;
    x += step;
    if (std::fabs(step) <= 1e-15 * x) break;
  }
  return x;
}
double ErfInverse(double x) {
  if (std::fabs(x) > 0.1) return x > 0 ? ErfcInverse(1 - x) : -ErfcInverse(1 + x);
  double r = x * kSqrtPi / 2;
  for (int i = 0; i < 4; ++i) r -= (std::erf(r) - x) * std::exp(r * r) * kSqrtPi / 2;
  return r;
}
// The derivative of log gamma.
double Digamma(double x) {
  if (x <= 0) return Digamma(1 - x) - kPi * CosPi(x) / SinPi(x);
  double sum = 0;
  for (; x < 8; x += 1) sum -= 1 / x;
  const double z = 1 / (x * x);
  return sum + std::log(x) - 0.5 / x - z * (1.0 / 12 - z * (1.0 / 120 - z / 252));
}

// The length of several components or, if `inverse`, one divided by it.
ShadowValue LengthShadow(const ShadowValue* args, int count, bool inverse) {
  double length = 0;
  for (int i = 0; i < count; ++i) length = std::hypot(length, args[i].value);
  const double f = inverse ? 1 / length : length;
  double magnitude = std::fabs(f), variance = kMathCost * Square(f);
  float roundings = kMathCost;
  bool lost = false, ambiguous = false;
  for (int i = 0; i < count; ++i) {
    const ShadowValue& a = args[i];
    const double slope = inverse ? a.value * f * f * f : a.value / length;
    if (a.roundings > 0 && std::isfinite(slope)) {
      magnitude += std::fabs(slope) * a.magnitude;
      variance += Square(slope) * a.variance;
    }
    roundings += a.roundings;
    lost |= a.lost;
    ambiguous |= a.ambiguous;
  }
  return Finish(f, magnitude, variance, roundings, lost, ambiguous);
}

}  // namespace

ShadowValue MathShadow(ir::MathFn fn, const ShadowValue* args) {
  using ir::MathFn;
  const ShadowValue& a = args[0];
  const ShadowValue& b = args[1];
  const double x = a.value;
  const auto smooth = [&a](double f, double slope) { return SmoothShadow(a, f, slope, kMathCost); };
  const auto special = [&a](double f, double slope) {
    return SmoothShadow(a, f, slope, kSpecialCost);
  };
  switch (fn) {
    case MathFn::kExpf:
    case MathFn::kExp:
      return smooth(std::exp(x), std::exp(x));
    case MathFn::kExp2f:
    case MathFn::kExp2:
      return smooth(std::exp2(x), std::exp2(x) * kLn2);
    case MathFn::kExp10f:
    case MathFn::kExp10: {
      const double f = std::pow(10.0, x);
      return smooth(f, f * kLn10);
    }
    case MathFn::kExpm1f:
    case MathFn::kExpm1:
      return smooth(std::expm1(x), std::exp(x));
    case MathFn::kLogf:
    case MathFn::kLog:
      return smooth(std::log(x), 1 / x);
    case MathFn::kLog2f:
    case MathFn::kLog2:
      return smooth(std::log2(x), 1 / (x * kLn2));
    case MathFn::kLog10f:
    case MathFn::kLog10:
      return smooth(std::log10(x), 1 / (x * kLn10));
    case MathFn::kLog1pf:
    case MathFn::kLog1p:
      return smooth(std::log1p(x), 1 / (1 + x));
    case MathFn::kSinf:
    case MathFn::kSin:
      return smooth(std::sin(x), std::cos(x));
    case MathFn::kCosf:
    case MathFn::kCos:
      return smooth(std::cos(x), std::sin(x));
    case MathFn::kTanf:
    case MathFn::kTan: {
      const double f = std::tan(x);
      return smooth(f, 1 + f * f);
    }
    case MathFn::kSinpif:
    case MathFn::kSinpi:
      return smooth(SinPi(x), kPi * CosPi(x));
    case MathFn::kCospif:
    case MathFn::kCospi:
      return smooth(CosPi(x), kPi * SinPi(x));
    case MathFn::kAsinf:
    case MathFn::kAsin:
      return smooth(std::asin(x), 1 / std::sqrt((1 - x) * (1 + x)));
    case MathFn::kAcosf:
    case MathFn::kAcos:
      return smooth(std::acos(x), 1 / std::sqrt((1 - x) * (1 + x)));
    case MathFn::kAtanf:
    case MathFn::kAtan:
      return smooth(std::atan(x), 1 / (1 + x * x));
    case MathFn::kAtan2f:
    case MathFn::kAtan2: {
      const double r = x * x + b.value * b.value;
      return SmoothShadow2(a, b, std::atan2(x, b.value), b.value / r, x / r, kMathCost);
    }
    case MathFn::kTanhf:
    case MathFn::kTanh: {
      const double f = std::tanh(x);
      return smooth(f, 1 - f * f);
    }
    case MathFn::kSinhf:
    case MathFn::kSinh:
      return smooth(std::sinh(x), std::cosh(x));
    case MathFn::kCoshf:
    case MathFn::kCosh:
      return smooth(std::cosh(x), std::sinh(x));
    case MathFn::kAsinhf:
    case MathFn::kAsinh:
      return smooth(std::asinh(x), 1 / std::hypot(1.0, x));
    case MathFn::kAcoshf:
    case MathFn::kAcosh:
      return smooth(std::acosh(x), 1 / std::sqrt((x - 1) * (x + 1)));
    case MathFn::kAtanhf:
    case MathFn::kAtanh:
      return smooth(std::atanh(x), 1 / ((1 - x) * (1 + x)));
    case MathFn::kCbrtf:
    case MathFn::kCbrt: {
      const double f = std::cbrt(x);
      return smooth(f, f / (3 * x));
    }
    case MathFn::kRcbrtf:
    case MathFn::kRcbrt: {
      const double f = static_cast<double>(1 / std::cbrt(static_cast<long double>(x)));
      return smooth(f, f / (3 * x));
    }
    case MathFn::kErff:
    case MathFn::kErf:
      return smooth(std::erf(x), kTwoOverSqrtPi * std::exp(-x * x));
    case MathFn::kErfcf:
    case MathFn::kErfc:
      return special(std::erfc(x), kTwoOverSqrtPi * std::exp(-x * x));
    case MathFn::kErfcxf:
    case MathFn::kErfcx: {
      const double f = Erfcx(x);
      return special(f, 2 * x * f - kTwoOverSqrtPi);
    }
    case MathFn::kErfinvf:
    case MathFn::kErfinv: {
      const double f = ErfInverse(x);
      return special(f, kSqrtPi / 2 * std::exp(f * f));
    }
    case MathFn::kErfcinvf:
    case MathFn::kErfcinv: {
      const double f = ErfcInverse(x);
      return special(f, kSqrtPi / 2 * std::exp(f * f));
    }
    case MathFn::kNormcdff:
    case MathFn::kNormcdf:
      return special(static_cast<double>(0.5L * std::erfc(-x * kWideRootHalf)),
                     std::exp(-0.5 * x * x) * kTwoOverSqrtPi / (2 * kSqrt2));
    case MathFn::kNormcdfinvf:
    case MathFn::kNormcdfinv: {
      const double f = ErfcInverse(2 * x);
      return special(-kSqrt2 * f, kSqrt2 * kSqrtPi * std::exp(f * f));
    }
    case MathFn::kLgammaf:
    case MathFn::kLgamma: {
      int sign = 0;  // lgamma itself writes a global
      return special(lgamma_r(x, &sign), Digamma(x));
    }
    case MathFn::kTgammaf:
    case MathFn::kTgamma: {
      const double f = std::tgamma(x);
      return special(f, f * Digamma(x));
    }
    case MathFn::kJ0f:
      return special(::j0(x), ::j1(x));
    case MathFn::kJ1f:
      return special(::j1(x), x == 0 ? 0.5 : ::j0(x) - ::j1(x) / x);
    case MathFn::kY0f:
      return special(::y0(x), ::y1(x));
    case MathFn::kY1f:
      return special(::y1(x), ::y0(x) - ::y1(x) / x);
    case MathFn::kPowf:
    case MathFn::kPow: {
      const double f = std::pow(x, b.value);
      return SmoothShadow2(a, b, f, b.value * f / x, f * std::log(std::fabs(x)), kMathCost);
    }
    case MathFn::kFmodf:
    case MathFn::kFmod:
      return SmoothShadow2(a, b, std::fmod(x, b.value), 1, std::trunc(x / b.value), kMathCost);
    case MathFn::kRemainderf:
    case MathFn::kRemainder:
      return SmoothShadow2(a, b, std::remainder(x, b.value), 1, std::nearbyint(x / b.value),
                           kMathCost);
    case MathFn::kHypotf:
    case MathFn::kHypot:
      return LengthShadow(args, 2, false);
    case MathFn::kRhypotf:
    case MathFn::kRhypot:
      return LengthShadow(args, 2, true);
    case MathFn::kNorm3df:
    case MathFn::kNorm3d:
      return LengthShadow(args, 3, false);
    case MathFn::kRnorm3df:
    case MathFn::kRnorm3d:
      return LengthShadow(args, 3, true);
    case MathFn::kNorm4df:
    case MathFn::kNorm4d:
      return LengthShadow(args, 4, false);
    case MathFn::kRnorm4df:
    case MathFn::kRnorm4d:
      return LengthShadow(args, 4, true);
    case MathFn::kNone:
    case MathFn::kCount:
      break;
  }
  ShadowValue lost = a;
  lost.lost = true;
  return lost;
}

}  // namespace ws::exec
