// Integer expressions as polynomials over atoms: the normal form behind Simplify, SameValue and
// ToLinear. An atom is anything that is not a sum, difference, product or constant: an axis, a
// size, a division, a load. Overflow is ignored. Host code.
#ifndef WARPSMITH_NEST_POLYNOMIAL_H_
#define WARPSMITH_NEST_POLYNOMIAL_H_

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "nest/program.h"

namespace ws::nest {

// Product of atoms, sorted, with repetition; empty for the constant term.
using Monomial = std::vector<ExprId>;

class Polynomial {
 public:
  static constexpr size_t kMaxTerms = 128;

  Polynomial() = default;
  explicit Polynomial(int64_t constant) { AddTerm({}, constant); }
  static Polynomial Atom(ExprId atom);

  const std::map<Monomial, int64_t>& terms() const { return terms_; }
  bool empty() const { return terms_.empty(); }
  // The value if there are no atoms.
  std::optional<int64_t> AsConstant() const;
  // The atom if the polynomial is just one.
  ExprId AsAtom() const;
  bool Contains(ExprId atom) const;

  void AddTerm(const Monomial& monomial, int64_t coefficient);
  Polynomial Plus(const Polynomial& other, int64_t factor = 1) const;
  Polynomial Times(const Polynomial& other) const;
  // Each occurrence of the atom replaced.
  Polynomial Replaced(ExprId atom, const Polynomial& value) const;

  bool operator==(const Polynomial&) const = default;

 private:
  std::map<Monomial, int64_t> terms_;  // no zero coefficients
};

// value = quotient * divisor + remainder, as polynomials; by long division on the divisor's term of
// highest degree. Says nothing about signs.
struct Division {
  Polynomial quotient;
  Polynomial remainder;
};
Division Divide(const Polynomial& value, const Polynomial& divisor);

}  // namespace ws::nest

#endif  // WARPSMITH_NEST_POLYNOMIAL_H_
