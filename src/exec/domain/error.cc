#include "exec/domain/error.h"

#include "ir/eval.h"

namespace ws::exec {
namespace {

constexpr double kLn2 = 0.693147180559945309417;

}  // namespace

double ValueOf(ir::Type type, uint64_t bits) {
  switch (type) {
    case ir::Type::kF32:
      return ir::AsF32(static_cast<uint32_t>(bits));
    case ir::Type::kF64:
      return ir::AsF64(bits);
    case ir::Type::kF16:
    case ir::Type::kF16x2:
      return ir::HalfValue(static_cast<uint32_t>(bits) & 0xffff);
    case ir::Type::kBF16:
    case ir::Type::kBF16x2:
      return ir::BFloatValue(static_cast<uint32_t>(bits) & 0xffff);
    default:
      break;
  }
  const uint32_t shift = 64 - 8 * ir::BytesOf(type);
  if (ir::IsSigned(type)) return static_cast<double>(static_cast<int64_t>(bits << shift) >> shift);
  return static_cast<double>(bits & ir::MaskOf(type));
}

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
      r.variance += cost;
      return r;
    }
    case Op::kCos: {
      ShadowValue r = SmoothShadow(a, std::cos(x), std::sin(x), cost);
      r.magnitude += 1;
      r.variance += cost;
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
