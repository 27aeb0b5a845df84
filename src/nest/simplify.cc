#include <algorithm>
#include <set>

#include "nest/fold.h"
#include "nest/polynomial.h"
#include "nest/program.h"

namespace ws::nest {
namespace {

using ir::Type;

bool IsIndexType(Type t) { return ir::IsInteger(t) && ir::BytesOf(t) >= 4; }

// Bounds of polynomials, from axis extents.
class Bounds {
 public:
  Bounds(Program& program, const std::map<ExprId, Polynomial>& extents)
      : program_(program), extents_(extents) {}

  // Whether the polynomial is at least 0 at every point.
  bool NonNegative(Polynomial p) {
    for (int round = 0; round < 16; ++round) {
      ExprId variable;
      for (const auto& [monomial, coefficient] : p.terms()) {
        for (const ExprId atom : monomial) {
          if (coefficient < 0 && !variable.valid() && HasUpperBound(atom)) variable = atom;
        }
      }
      if (!variable.valid()) break;
      // Where all terms with the variable have negative signs, the least value is at its greatest.
      Polynomial without;
      Polynomial with;
      bool mixed = false;
      for (const auto& [monomial, coefficient] : p.terms()) {
        const bool has = std::binary_search(monomial.begin(), monomial.end(), variable);
        (has ? with : without).AddTerm(monomial, coefficient);
        mixed = mixed || (has && coefficient > 0);
        for (const ExprId atom : monomial) mixed = mixed || (has && !IsNonNegative(atom));
      }
      if (mixed) return false;
      p = without.Plus(with.Replaced(variable, UpperBound(variable)));
    }
    // Sizes that are extents are at least 1.
    std::set<ExprId> shifted;
    for (const auto& [axis, extent] : extents_) {
      const ExprId size = extent.AsAtom();
      if (size.valid() && p.Contains(size) && shifted.insert(size).second) {
        p = p.Replaced(size, Polynomial::Atom(size).Plus(Polynomial(1)));
      }
    }
    return std::all_of(p.terms().begin(), p.terms().end(), [this](const auto& term) {
      return term.second >= 0 && std::all_of(term.first.begin(), term.first.end(),
                                             [this](ExprId a) { return IsNonNegative(a); });
    });
  }

 private:
  bool HasUpperBound(ExprId atom) const {
    const Expr& e = program_.expr(atom);
    if (e.kind == ExprKind::kAxis) return extents_.count(atom) > 0;
    return e.kind == ExprKind::kBinary && e.op == ExprOp::kRem && program_.IsInt(e.args[1]);
  }
  Polynomial UpperBound(ExprId atom) const {
    const Expr& e = program_.expr(atom);
    if (e.kind == ExprKind::kAxis) return extents_.at(atom).Plus(Polynomial(-1));
    int64_t divisor = 0;
    program_.IsInt(e.args[1], &divisor);
    return Polynomial(divisor - 1);
  }
  bool IsNonNegative(ExprId atom) const {
    const Expr& e = program_.expr(atom);
    switch (e.kind) {
      case ExprKind::kAxis:
      case ExprKind::kSize:
        return true;
      case ExprKind::kInt:
        return static_cast<int64_t>(e.bits) >= 0;
      case ExprKind::kBinary:
        switch (e.op) {
          case ExprOp::kAdd:
          case ExprOp::kMul:
          case ExprOp::kDiv:
          case ExprOp::kRem:
          case ExprOp::kMin:
          case ExprOp::kMax:
          case ExprOp::kShr:
            return IsNonNegative(e.args[0]) && IsNonNegative(e.args[1]);
          default:
            return false;
        }
      case ExprKind::kSelect:
        return IsNonNegative(e.args[1]) && IsNonNegative(e.args[2]);
      case ExprKind::kCast:
        return IsNonNegative(e.args[0]);
      default:
        return false;
    }
  }

  Program& program_;
  const std::map<ExprId, Polynomial>& extents_;
};

class Simplifier {
 public:
  // canonical: widths of integers are forgotten and commutative operands sorted, so that equal
  // values become the same node.
  Simplifier(Program& program, bool canonical) : program_(program), canonical_(canonical) {
    const std::vector<Axis> axes = program.axes;
    for (uint32_t i = 0; i < axes.size(); ++i) {
      if (!axes[i].extent.valid()) continue;
      const ExprId atom = program.AxisExpr(AxisId(i));
      extents_.emplace(atom, ToPolynomial(axes[i].extent));
    }
  }

  ExprId Run(ExprId id) {
    if (!id.valid()) return id;
    if (const auto it = memo_.find(id.index); it != memo_.end()) return it->second;
    const ExprId result = RunOnce(id);
    memo_[id.index] = result;
    return result;
  }

  Polynomial ToPolynomial(ExprId id) {
    const Expr e = program_.expr(id);
    int64_t constant = 0;
    switch (e.kind) {
      case ExprKind::kInt:
        return Polynomial(static_cast<int64_t>(e.bits));
      case ExprKind::kCast:
        if (IsIndexType(e.type) && ir::IsInteger(program_.expr(e.args[0]).type)) {
          return ToPolynomial(e.args[0]);
        }
        break;
      case ExprKind::kUnary:
        if (e.op == ExprOp::kNeg) return Polynomial().Plus(ToPolynomial(e.args[0]), -1);
        break;
      case ExprKind::kBinary:
        switch (e.op) {
          case ExprOp::kAdd:
            return ToPolynomial(e.args[0]).Plus(ToPolynomial(e.args[1]));
          case ExprOp::kSub:
            return ToPolynomial(e.args[0]).Plus(ToPolynomial(e.args[1]), -1);
          case ExprOp::kMul: {
            const Polynomial a = ToPolynomial(e.args[0]);
            const Polynomial b = ToPolynomial(e.args[1]);
            if (a.terms().size() * b.terms().size() > Polynomial::kMaxTerms) break;
            return a.Times(b);
          }
          case ExprOp::kShl:
            if (!program_.IsInt(e.args[1], &constant) || constant > 30 || constant < 0) break;
            return ToPolynomial(e.args[0]).Times(Polynomial(int64_t{1} << constant));
          case ExprOp::kShr:
            if (!program_.IsInt(e.args[1], &constant) || constant > 30 || constant < 0) break;
            return DivideOrRemainder(ExprOp::kDiv, ToPolynomial(e.args[0]),
                                     Polynomial(int64_t{1} << constant), e);
          case ExprOp::kAnd:
            if (!program_.IsInt(e.args[1], &constant) || constant <= 0 ||
                (constant & (constant + 1)) != 0 || !IsNonNegative(e.args[0])) {
              break;
            }
            return DivideOrRemainder(ExprOp::kRem, ToPolynomial(e.args[0]),
                                     Polynomial(constant + 1), e);
          case ExprOp::kDiv:
          case ExprOp::kRem:
            return DivideOrRemainder(e.op, ToPolynomial(e.args[0]), ToPolynomial(e.args[1]), e);
          default:
            break;
        }
        break;
      default:
        break;
    }
    return Polynomial::Atom(RunArgs(e, id));
  }

  bool NonNegative(const Polynomial& p) { return Bounds(program_, extents_).NonNegative(p); }

 private:
  bool IsNonNegative(ExprId id) { return NonNegative(ToPolynomial(id)); }

  ExprId RunOnce(ExprId id) {
    const Expr e = program_.expr(id);
    if (canonical_ && e.kind == ExprKind::kInt && IsIndexType(e.type)) {
      return program_.Int(static_cast<int64_t>(e.bits));
    }
    if (IsIndexType(e.type) &&
        (e.kind == ExprKind::kBinary || e.kind == ExprKind::kUnary || e.kind == ExprKind::kCast)) {
      if (e.kind == ExprKind::kCast && !ir::IsInteger(program_.expr(e.args[0]).type)) {
        return RunArgs(e, id);
      }
      if (ir::IsUnsigned(e.type) && UsesBits(id)) return RunBits(e);
      return Build(ToPolynomial(id), canonical_ || ir::IsWide(e.type) ? Type::kS64 : Type::kS32);
    }
    if (e.kind == ExprKind::kBinary && IsComparison(e.op) &&
        ir::IsInteger(program_.expr(e.args[0]).type) &&
        ir::IsInteger(program_.expr(e.args[1]).type)) {
      return RunComparison(e);
    }
    return RunArgs(e, id);
  }

  // The node with simplified arguments.
  ExprId RunArgs(Expr e, ExprId id) {
    if (e.args.empty()) return id;
    for (ExprId& a : e.args) a = Run(a);
    if (canonical_) {
      const bool commutes =
          e.kind == ExprKind::kBinary &&
          (e.op == ExprOp::kAdd || e.op == ExprOp::kMul || e.op == ExprOp::kMin ||
           e.op == ExprOp::kMax || e.op == ExprOp::kEq || e.op == ExprOp::kNe || IsLogical(e.op));
      if (commutes && e.args[1] < e.args[0]) std::swap(e.args[0], e.args[1]);
      if (IsIndexType(e.type)) e.type = Type::kS64;
      e.loc = {};
    }
    return program_.Add(std::move(e));
  }

  // Whether an unsigned product has a constant that no extent or stride has, but generators of
  // random numbers do: such products wrap.
  bool IsMultiplier(const Expr& product) {
    constexpr int64_t kLargestStride = int64_t{1} << 16;
    return ir::IsUnsigned(product.type) &&
           std::any_of(product.args.begin(), product.args.end(), [this](ExprId a) {
             int64_t constant = 0;
             return program_.IsInt(a, &constant) && constant > kLargestStride;
           });
  }

  // Wrapping arithmetic on bit patterns (hashes, random numbers) is not index arithmetic.
  bool UsesBits(ExprId id) {
    const Expr& e = program_.expr(id);
    if (e.kind == ExprKind::kBinary) {
      if (e.op == ExprOp::kXor || e.op == ExprOp::kOr) return true;
      if (e.op == ExprOp::kAnd || e.op == ExprOp::kShl || e.op == ExprOp::kShr) {
        if (!program_.IsInt(e.args[1])) return true;
      }
    }
    if (e.kind == ExprKind::kUnary && e.op == ExprOp::kBitNot) return true;
    if (e.kind == ExprKind::kInt && e.bits >= (uint64_t{1} << 31)) return true;
    if (e.kind == ExprKind::kBinary && e.op == ExprOp::kMul && IsMultiplier(e)) return true;
    if (e.kind != ExprKind::kBinary && e.kind != ExprKind::kUnary && e.kind != ExprKind::kCast) {
      return false;
    }
    return std::any_of(e.args.begin(), e.args.end(), [this](ExprId a) { return UsesBits(a); });
  }

  // Below bit operations types and wrapping stay; sums are only replaced where they come to one
  // axis or size.
  ExprId RunBits(Expr e) {
    for (ExprId& a : e.args) {
      const Expr arg = program_.expr(a);
      if (!IsIndexType(arg.type) || arg.args.empty()) {
        a = Run(a);
      } else if (arg.kind != ExprKind::kBinary && arg.kind != ExprKind::kUnary) {
        a = RunArgs(arg, a);
      } else if (const ExprId atom = ToPolynomial(a).AsAtom();
                 atom.valid() && program_.expr(atom).args.empty()) {
        a = program_.Cast(arg.type, atom);
      } else {
        a = RunBits(arg);
      }
    }
    return program_.Add(std::move(e));
  }

  Polynomial DivideOrRemainder(ExprOp op, const Polynomial& value, const Polynomial& divisor,
                               const Expr& e) {
    const bool is_div = op == ExprOp::kDiv;
    const Type type = canonical_ || ir::IsWide(e.type) ? Type::kS64 : Type::kS32;
    Polynomial whole;
    Polynomial rest = value;
    if (const Division d = Divide(value, divisor); !d.quotient.empty()) {
      if (d.remainder.empty()) return is_div ? d.quotient : Polynomial();
      if (NonNegative(d.quotient) && NonNegative(d.remainder)) {
        whole = d.quotient;
        rest = d.remainder;
      }
    }
    if (NonNegative(rest) && NonNegative(divisor.Plus(rest, -1).Plus(Polynomial(-1)))) {
      return is_div ? whole : rest;  // 0 <= rest < divisor
    }
    ExprId dividend = Build(rest, type);
    ExprId by = Build(divisor, type);
    const Expr inner = program_.expr(dividend);
    // (x / a) / b is x / (a * b).
    if (is_div && inner.kind == ExprKind::kBinary && inner.op == ExprOp::kDiv) {
      by = Build(ToPolynomial(inner.args[1]).Times(divisor), type);
      dividend = inner.args[0];
    }
    const ExprId atom =
        program_.Add({.kind = ExprKind::kBinary, .op = op, .type = type, .args = {dividend, by}});
    Polynomial result = program_.IsInt(atom) ? ToPolynomial(atom) : Polynomial::Atom(atom);
    return is_div ? whole.Plus(result) : result;
  }

  ExprId RunComparison(const Expr& e) {
    const Polynomial a = ToPolynomial(e.args[0]);
    const Polynomial b = ToPolynomial(e.args[1]);
    const Polynomial a_less = b.Plus(a, -1).Plus(Polynomial(-1));  // a < b where >= 0
    const Polynomial b_less = a.Plus(b, -1).Plus(Polynomial(-1));  // b < a where >= 0
    const Polynomial b_most = b.Plus(a, -1);                       // a <= b where >= 0
    const Polynomial a_most = a.Plus(b, -1);                       // b <= a where >= 0
    const auto decide = [&](const Polynomial& yes, const Polynomial& no) -> ExprId {
      if (NonNegative(yes)) return Truth(true);
      if (NonNegative(no)) return Truth(false);
      if (canonical_) {
        return program_.Add({.kind = ExprKind::kBinary,
                             .op = ExprOp::kGe,
                             .type = Type::kPred,
                             .args = {Build(yes, Type::kS64), program_.Int(0)}});
      }
      return {};
    };
    ExprId decided;
    switch (e.op) {
      case ExprOp::kLt:
        decided = decide(a_less, a_most);
        break;
      case ExprOp::kLe:
        decided = decide(b_most, b_less);
        break;
      case ExprOp::kGt:
        decided = decide(b_less, b_most);
        break;
      case ExprOp::kGe:
        decided = decide(a_most, a_less);
        break;
      case ExprOp::kEq:
      case ExprOp::kNe: {
        if (b_most.empty()) return Truth(e.op == ExprOp::kEq);
        if (NonNegative(a_less) || NonNegative(b_less)) return Truth(e.op == ExprOp::kNe);
        if (!canonical_) break;
        const bool flip = b_most.terms().begin()->second < 0;
        decided =
            program_.Add({.kind = ExprKind::kBinary,
                          .op = e.op,
                          .type = Type::kPred,
                          .args = {Build(flip ? a_most : b_most, Type::kS64), program_.Int(0)}});
        break;
      }
      default:
        break;
    }
    if (decided.valid()) return decided;
    const auto width = [&](ExprId id) {
      return ir::IsWide(program_.expr(id).type) ? Type::kS64 : Type::kS32;
    };
    return program_.Add({.kind = ExprKind::kBinary,
                         .op = e.op,
                         .type = Type::kPred,
                         .args = {Build(a, width(e.args[0])), Build(b, width(e.args[1]))},
                         .loc = e.loc});
  }

  ExprId Truth(bool value) {
    return program_.Add(
        {.kind = ExprKind::kInt, .type = Type::kPred, .bits = static_cast<uint64_t>(value)});
  }

  // --- polynomial back to expression

  // Sorts axes before sizes before everything else.
  uint64_t Key(ExprId atom) const {
    const Expr& e = program_.expr(atom);
    const uint64_t group = e.kind == ExprKind::kAxis ? 0 : e.kind == ExprKind::kSize ? 1 : 2;
    return group << 32 | (group < 2 ? e.index : atom.index);
  }

  using Terms = std::vector<std::pair<std::vector<ExprId>, int64_t>>;  // factors by Key

  ExprId Build(const Polynomial& p, Type type) {
    Terms terms(p.terms().begin(), p.terms().end());
    for (auto& [factors, coefficient] : terms) {
      std::sort(factors.begin(), factors.end(),
                [this](ExprId a, ExprId b) { return Key(a) < Key(b); });
    }
    const auto rank = [this](const auto& term) {
      std::vector<uint64_t> keys;
      for (const ExprId f : term.first) keys.push_back(Key(f));
      if (keys.empty()) keys.push_back(~uint64_t{0});  // constants last
      return std::tuple(term.second < 0, -static_cast<int>(term.first.size()), keys);
    };
    std::sort(terms.begin(), terms.end(),
              [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    return BuildTerms(terms, type);
  }

  ExprId Op(ExprOp op, Type type, ExprId a, ExprId b) {
    return program_.Add({.kind = ExprKind::kBinary, .op = op, .type = type, .args = {a, b}});
  }

  // The atom, not an axis, that most terms share; none if fewer than two do.
  ExprId SharedFactor(const Terms& terms) const {
    std::map<uint64_t, std::pair<size_t, ExprId>> counts;
    for (const auto& [factors, coefficient] : terms) {
      ExprId last;
      for (const ExprId f : factors) {
        if (f == last || program_.expr(f).kind == ExprKind::kAxis) continue;
        auto& entry = counts[Key(f)];
        entry = {entry.first + 1, f};
        last = f;
      }
    }
    std::pair<size_t, ExprId> best{1, ExprId()};
    for (const auto& [key, entry] : counts) {
      if (entry.first > best.first) best = entry;
    }
    return best.second;
  }

  ExprId BuildTerms(const Terms& terms, Type type) {
    if (terms.empty()) return program_.Int(0);
    if (const ExprId shared = SharedFactor(terms); shared.valid()) {
      Terms inside;
      Terms outside;
      for (const auto& term : terms) {
        const auto it = std::find(term.first.begin(), term.first.end(), shared);
        if (it == term.first.end()) {
          outside.push_back(term);
          continue;
        }
        auto divided = term;
        divided.first.erase(divided.first.begin() + (it - term.first.begin()));
        inside.push_back(std::move(divided));
      }
      // Constants moved behind everything, signs kept.
      std::stable_sort(inside.begin(), inside.end(), [](const auto& a, const auto& b) {
        return std::pair(a.second < 0, a.first.empty()) < std::pair(b.second < 0, b.first.empty());
      });
      const bool negative = inside.front().second < 0 && !outside.empty();
      if (negative) {
        for (auto& term : inside) term.second = -term.second;
      }
      const ExprId product = Op(ExprOp::kMul, type, BuildTerms(inside, type), shared);
      if (outside.empty()) return product;
      if (negative) return Op(ExprOp::kSub, type, BuildTerms(outside, type), product);
      return AddTerms(product, outside, type);
    }
    return AddTerms(ExprId(), terms, type);
  }

  ExprId AddTerms(ExprId sum, const Terms& terms, Type type) {
    if (sum.valid() && SharedFactor(terms).valid()) {
      return Op(ExprOp::kAdd, type, sum, BuildTerms(terms, type));
    }
    for (const auto& [factors, coefficient] : terms) {
      const bool subtract = sum.valid() && coefficient < 0;
      const int64_t magnitude = subtract ? -coefficient : coefficient;
      ExprId product;
      for (const ExprId f : factors) {
        product = product.valid() ? Op(ExprOp::kMul, type, product, f) : f;
      }
      if (!product.valid()) {
        product = program_.Int(magnitude);
      } else if (magnitude == -1) {
        product = program_.Add(
            {.kind = ExprKind::kUnary, .op = ExprOp::kNeg, .type = type, .args = {product}});
      } else if (magnitude != 1) {
        product = Op(ExprOp::kMul, type, product, program_.Int(magnitude));
      }
      sum = sum.valid() ? Op(subtract ? ExprOp::kSub : ExprOp::kAdd, type, sum, product) : product;
    }
    return sum;
  }

  Program& program_;
  bool canonical_;
  std::map<ExprId, Polynomial> extents_;
  std::unordered_map<uint32_t, ExprId> memo_;

 public:
  ExprId BuildForLinear(const Polynomial& p) { return Build(p, Type::kS32); }
  ExprId BuildWide(const Polynomial& p) { return Build(p, Type::kS64); }
};

}  // namespace

ExprId Simplify(Program& program, ExprId id) { return Simplifier(program, false).Run(id); }

bool SameValue(Program& program, ExprId a, ExprId b) {
  if (a == b) return true;
  if (!a.valid() || !b.valid()) return false;
  Simplifier simplifier(program, true);
  return simplifier.Run(a) == simplifier.Run(b);
}

bool ProveNonNegative(Program& program, ExprId e) {
  Simplifier simplifier(program, true);
  return simplifier.NonNegative(simplifier.ToPolynomial(e));
}

bool ProveLess(Program& program, ExprId a, ExprId b) {
  Simplifier simplifier(program, true);
  const Polynomial difference =
      simplifier.ToPolynomial(b).Plus(simplifier.ToPolynomial(a), -1).Plus(Polynomial(-1));
  return simplifier.NonNegative(difference);
}

Linear ToLinear(Program& program, ExprId index) {
  Simplifier simplifier(program, false);
  const bool wide = ir::IsWide(program.expr(index).type);
  const auto build = [&](const Polynomial& p) {
    return wide ? simplifier.BuildWide(p) : simplifier.BuildForLinear(p);
  };
  const Polynomial p = simplifier.ToPolynomial(index);
  std::map<uint32_t, Polynomial> coefficients;
  Polynomial rest;
  for (const auto& [monomial, coefficient] : p.terms()) {
    uint32_t axis = AxisId().index;
    Monomial others;
    for (const ExprId atom : monomial) {
      if (program.expr(atom).kind == ExprKind::kAxis && axis == AxisId().index) {
        axis = program.expr(atom).index;
      } else if (HasAxis(program, atom)) {
        return {};
      } else {
        others.push_back(atom);
      }
    }
    (axis == AxisId().index ? rest : coefficients[axis]).AddTerm(others, coefficient);
  }
  Linear result{.ok = true, .terms = {}, .rest = build(rest)};
  for (const auto& [axis, polynomial] : coefficients) {
    result.terms.push_back({AxisId(axis), build(polynomial)});
  }
  return result;
}

}  // namespace ws::nest
