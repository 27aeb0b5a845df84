#include "nest/polynomial.h"

#include <algorithm>

namespace ws::nest {
namespace {

// `a / b` if b's atoms are all in a.
std::optional<Monomial> DivideMonomial(const Monomial& a, const Monomial& b) {
  if (!std::includes(a.begin(), a.end(), b.begin(), b.end())) return std::nullopt;
  Monomial result;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
  return result;
}

}  // namespace

Polynomial Polynomial::Atom(ExprId atom) {
  Polynomial result;
  result.AddTerm({atom}, 1);
  return result;
}

std::optional<int64_t> Polynomial::AsConstant() const {
  if (terms_.empty()) return 0;
  if (terms_.size() == 1 && terms_.begin()->first.empty()) return terms_.begin()->second;
  return std::nullopt;
}

ExprId Polynomial::AsAtom() const {
  if (terms_.size() != 1) return {};
  const auto& [monomial, coefficient] = *terms_.begin();
  return monomial.size() == 1 && coefficient == 1 ? monomial[0] : ExprId();
}

bool Polynomial::Contains(ExprId atom) const {
  return std::any_of(terms_.begin(), terms_.end(), [atom](const auto& term) {
    return std::binary_search(term.first.begin(), term.first.end(), atom);
  });
}

void Polynomial::AddTerm(const Monomial& monomial, int64_t coefficient) {
  if (coefficient == 0) return;
  const auto [it, inserted] = terms_.emplace(monomial, coefficient);
  if (inserted) return;
  it->second += coefficient;
  if (it->second == 0) terms_.erase(it);
}

Polynomial Polynomial::Plus(const Polynomial& other, int64_t factor) const {
  Polynomial result = *this;
  for (const auto& [monomial, coefficient] : other.terms_) {
    result.AddTerm(monomial, coefficient * factor);
  }
  return result;
}

Polynomial Polynomial::Times(const Polynomial& other) const {
  Polynomial result;
  for (const auto& [m1, c1] : terms_) {
    for (const auto& [m2, c2] : other.terms_) {
      Monomial product;
      product.reserve(m1.size() + m2.size());
      std::merge(m1.begin(), m1.end(), m2.begin(), m2.end(), std::back_inserter(product));
      result.AddTerm(product, c1 * c2);
    }
  }
  return result;
}

Polynomial Polynomial::Replaced(ExprId atom, const Polynomial& value) const {
  Polynomial result;
  for (const auto& [monomial, coefficient] : terms_) {
    Polynomial product(coefficient);
    Monomial others;
    for (const ExprId factor : monomial) {
      if (factor == atom) {
        product = product.Times(value);
      } else {
        others.push_back(factor);
      }
    }
    Polynomial rest;
    rest.AddTerm(others, 1);
    result = result.Plus(product.Times(rest));
  }
  return result;
}

Division Divide(const Polynomial& value, const Polynomial& divisor) {
  Division result{.quotient = {}, .remainder = value};
  if (divisor.empty()) return result;
  const auto lead = std::max_element(
      divisor.terms().begin(), divisor.terms().end(),
      [](const auto& a, const auto& b) { return a.first.size() < b.first.size(); });
  for (size_t round = 0; round < Polynomial::kMaxTerms; ++round) {
    bool found = false;
    for (const auto& [monomial, coefficient] : result.remainder.terms()) {
      const auto quotient = DivideMonomial(monomial, lead->first);
      if (!quotient || coefficient / lead->second == 0) continue;
      Polynomial step;
      step.AddTerm(*quotient, coefficient / lead->second);
      result.quotient = result.quotient.Plus(step);
      result.remainder = result.remainder.Plus(step.Times(divisor), -1);
      found = true;
      break;
    }
    if (!found) break;
  }
  return result;
}

}  // namespace ws::nest
