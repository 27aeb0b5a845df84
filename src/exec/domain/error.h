// The error domain: a value in double, its magnitude A and the number n of roundings on its way,
// such that u * sqrt(n) * A bounds the first-order error of computing it in a format of unit
// roundoff u (DESIGN §6). The double domain is its first component.
//
//   exact values       A = |v|                                n = 0
//   a + b, a - b       A = Aa + Ab                            n = na + nb + 1
//   a * b              A = Aa Ab                              n = na + nb + 1, or + 6 (see below)
//   fma(a, b, c)       A = Aa Ab + Ac                         n = na + nb + nc + 2
//   f(a), smooth       A = [na > 0] |f'(a)| Aa + |f|          n = na + cost
//   a / b              A = [na > 0] Aa/|b| + [nb > 0] |a| Ab/b^2 + |a/b|    n = na + nb + cost
//   -a, |a|, moves     as a
//   min, max, select   as the operand that the IEEE bits choose
//   narrowing          A as a                                 n = na + 1
//
// A sum of k exact terms thus has n = k - 1 and A the sum of absolute values in whatever order it
// is formed; a sum of products of exact factors has two roundings per term, fused or not. `cost`
// is 1 for correctly rounded operations and k^2 for one whose documented error is k units u, since
// n stands under a square root. In a sum most roundings are of partial sums smaller than A, and a
// random walk over n of them stays within sqrt(n) A; in a chain of products each counts in full,
// and of some thousand results the worst is further off. So a rounding of a product counts 6 where
// an operand carries roundings already: then sqrt(n) is six standard deviations. Where A is not
// finite (overflow, infinities) it is |v|.
//
// Where a value comes back to itself on several ways (Welford's mean is subtracted from a value and
// added again), A and n count each way, and grow with every step though errors do not. Beside them
// stands the variance S^2 of the error in units of u, each rounding of a result v adding cost v^2
// and each operand the square of its derivative times its own: that stays small there, and judges
// what A says nothing about (verify/compare.h). A sum adds the squares of its operands, as what
// cancels here may be rounded in another order.
#ifndef WARPSMITH_EXEC_DOMAIN_ERROR_H_
#define WARPSMITH_EXEC_DOMAIN_ERROR_H_

#include <cmath>

#include "exec/domain/value.h"
#include "ir/ops.h"
#include "ir/types.h"

namespace ws::exec {

// The value of bits of a floating type (of packed halves the first, of an integer type the
// integer).
double ValueOf(ir::Type type, uint64_t bits);

inline ShadowValue ExactShadow(double v) { return {.value = v, .magnitude = std::fabs(v)}; }

inline double Square(double v) { return v * v; }

inline ShadowValue Finish(double value, double magnitude, double variance, float roundings,
                          bool lost, bool ambiguous) {
  if (!std::isfinite(magnitude)) magnitude = std::fabs(value);
  return {value, magnitude, variance, roundings, lost, ambiguous};
}

inline ShadowValue AddShadow(const ShadowValue& a, const ShadowValue& b, double sign) {
  const double v = a.value + sign * b.value;
  return Finish(v, a.magnitude + b.magnitude,
                a.variance + b.variance + Square(a.value) + Square(b.value),
                a.roundings + b.roundings + 1, a.lost || b.lost, a.ambiguous || b.ambiguous);
}
inline ShadowValue MulShadow(const ShadowValue& a, const ShadowValue& b) {
  const double v = a.value * b.value;
  const float inherited = a.roundings + b.roundings;
  return Finish(v, a.magnitude * b.magnitude,
                a.variance * Square(b.value) + b.variance * Square(a.value) + Square(v),
                inherited + (inherited > 0 ? 6 : 1), a.lost || b.lost, a.ambiguous || b.ambiguous);
}
// A function of one argument with value `f` and derivative `slope` at it.
inline ShadowValue SmoothShadow(const ShadowValue& a, double f, double slope, float cost) {
  const double inherited = a.roundings > 0 ? std::fabs(slope) * a.magnitude : 0;
  const double magnitude = std::isfinite(inherited) ? inherited + std::fabs(f) : std::fabs(f);
  const double variance = a.roundings > 0 ? Square(slope) * a.variance : 0;
  return Finish(f, magnitude, variance + cost * Square(f), a.roundings + cost, a.lost, a.ambiguous);
}
inline ShadowValue SmoothShadow2(const ShadowValue& a, const ShadowValue& b, double f,
                                 double slope_a, double slope_b, float cost) {
  double magnitude = std::fabs(f), variance = cost * Square(f);
  if (a.roundings > 0) {
    magnitude += std::fabs(slope_a) * a.magnitude;
    variance += Square(slope_a) * a.variance;
  }
  if (b.roundings > 0) {
    magnitude += std::fabs(slope_b) * b.magnitude;
    variance += Square(slope_b) * b.variance;
  }
  return Finish(f, magnitude, variance, a.roundings + b.roundings + cost, a.lost || b.lost,
                a.ambiguous || b.ambiguous);
}
inline ShadowValue DivShadow(const ShadowValue& a, const ShadowValue& b, float cost) {
  return SmoothShadow2(a, b, a.value / b.value, 1 / b.value, a.value / (b.value * b.value), cost);
}
// Roundings charged for an operation of the IR: 1 where it is correctly rounded.
float CostOf(ir::Op op, ir::Round round);
// The value of an approximate or exact one-argument operation; `known` false if it is not one.
ShadowValue UnaryShadow(ir::Op op, ir::Round round, const ShadowValue& a, bool* known);
// A function of the math library of four arguments at most; of these, what it does not have is 0.
ShadowValue MathShadow(ir::MathFn fn, const ShadowValue* args);

// u of a format.
double UnitRoundoff(ir::Type type);
// Whether a and b may be either way round in that format.
bool WithinTolerance(const ShadowValue& a, const ShadowValue& b, double unit_roundoff);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_DOMAIN_ERROR_H_
