#include "exec/domain/error.h"

namespace ws::exec {
namespace {

constexpr double kLn2 = 0.693147180559945309417;
constexpr double kLn10 = 2.302585092994045684018;
constexpr double kTwoOverSqrtPi = 1.128379167095512573896;
constexpr float kMathCost = 4;  // library functions: 2 u

}  // namespace

float CostOf(ir::Op op, ir::Round round) {
  using ir::Op;
  // Errors as ops.def documents them, in units u = 2^-24.
  switch (op) {
    case Op::kEx2:
    case Op::kLg2:
      return 16;  // 2 ulp
    case Op::kRcp:
    case Op::kSqrt:
      return round == ir::Round::kApprox ? 4 : 1;  // 1 ulp; 2^-23
    case Op::kRsqrt:
      return 5;  // 2^-22.9
    case Op::kDiv:
      return round == ir::Round::kApprox || round == ir::Round::kFull ? 16 : 1;  // 2 ulp
    case Op::kSin:
    case Op::kCos:
      return 129;  // 2^-20.5 absolute
    case Op::kTanh:
      return 67108864;  // 2^-11
    default:
      return 1;
  }
}

ShadowValue UnaryShadow(ir::Op op, ir::Round round, const ShadowValue& a, bool* known) {
  using ir::Op;
  const double x = a.value;
  const float cost = CostOf(op, round);
  *known = true;
  switch (op) {
    case Op::kRcp:
      return SmoothShadow(a, 1 / x, 1 / (x * x), cost);
    case Op::kSqrt: {
      const double f = std::sqrt(x);
      return SmoothShadow(a, f, 0.5 / f, cost);
    }
    case Op::kRsqrt: {
      const double f = 1 / std::sqrt(x);
      return SmoothShadow(a, f, 0.5 * f / x, cost);
    }
    case Op::kEx2: {
      const double f = std::exp2(x);
      return SmoothShadow(a, f, f * kLn2, cost);
    }
    case Op::kLg2:
      return SmoothShadow(a, std::log2(x), 1 / (x * kLn2), cost);
    case Op::kSin: {
      // The error is absolute: charged to a magnitude of 1.
      ShadowValue r = SmoothShadow(a, std::sin(x), std::cos(x), cost);
      r.magnitude += 1;
      return r;
    }
    case Op::kCos: {
      ShadowValue r = SmoothShadow(a, std::cos(x), std::sin(x), cost);
      r.magnitude += 1;
      return r;
    }
    case Op::kTanh: {
      const double f = std::tanh(x);
      return SmoothShadow(a, f, 1 - f * f, cost);
    }
    default:
      break;
  }
  *known = false;
  return a;
}

ShadowValue MathShadow(ir::MathFn fn, const ShadowValue& a, const ShadowValue& b) {
  using ir::MathFn;
  const double x = a.value;
  const auto smooth = [&a](double f, double slope) { return SmoothShadow(a, f, slope, kMathCost); };
  switch (fn) {
    case MathFn::kExpf:
    case MathFn::kExp:
      return smooth(std::exp(x), std::exp(x));
    case MathFn::kExp2f:
      return smooth(std::exp2(x), std::exp2(x) * kLn2);
    case MathFn::kExpm1f:
      return smooth(std::expm1(x), std::exp(x));
    case MathFn::kLogf:
    case MathFn::kLog:
      return smooth(std::log(x), 1 / x);
    case MathFn::kLog2f:
      return smooth(std::log2(x), 1 / (x * kLn2));
    case MathFn::kLog10f:
      return smooth(std::log10(x), 1 / (x * kLn10));
    case MathFn::kLog1pf:
      return smooth(std::log1p(x), 1 / (1 + x));
    case MathFn::kSinf:
      return smooth(std::sin(x), std::cos(x));
    case MathFn::kCosf:
      return smooth(std::cos(x), std::sin(x));
    case MathFn::kTanf: {
      const double f = std::tan(x);
      return smooth(f, 1 + f * f);
    }
    case MathFn::kTanhf:
    case MathFn::kTanh: {
      const double f = std::tanh(x);
      return smooth(f, 1 - f * f);
    }
    case MathFn::kSinhf:
      return smooth(std::sinh(x), std::cosh(x));
    case MathFn::kCoshf:
      return smooth(std::cosh(x), std::sinh(x));
    case MathFn::kErff:
    case MathFn::kErf:
      return smooth(std::erf(x), kTwoOverSqrtPi * std::exp(-x * x));
    case MathFn::kPowf:
    case MathFn::kPow: {
      const double f = std::pow(x, b.value);
      return SmoothShadow2(a, b, f, b.value * f / x, f * std::log(std::fabs(x)), kMathCost);
    }
    case MathFn::kFmodf:
      return SmoothShadow2(a, b, std::fmod(x, b.value), 1, std::trunc(x / b.value), kMathCost);
    case MathFn::kNone:
    case MathFn::kCount:
      break;
  }
  ShadowValue lost = a;
  lost.lost = true;
  return lost;
}

double UnitRoundoff(ir::Type type) {
  switch (type) {
    case ir::Type::kF64:
      return 0x1p-53;
    case ir::Type::kF16:
    case ir::Type::kF16x2:
      return 0x1p-11;
    case ir::Type::kBF16:
    case ir::Type::kBF16x2:
      return 0x1p-8;
    default:
      return 0x1p-24;
  }
}

bool WithinTolerance(const ShadowValue& a, const ShadowValue& b, double unit_roundoff) {
  const double tolerance =
      unit_roundoff * (std::sqrt(a.roundings) * a.magnitude + std::sqrt(b.roundings) * b.magnitude);
  return tolerance > 0 && std::fabs(a.value - b.value) <= tolerance;
}

}  // namespace ws::exec
