// Reductions over tuples, taken apart: what a loop keeps beside a maximum is a reduction relative
// to the maximum of the whole loop.
//
//   argmax            if (v > m) { m = v; i = c; }     m = max v;   i = min over c of v == m ? c :
//   none online softmax    n = fmaxf(m, v);
//                     s = s * expf(m - n) + expf(v - n);  m = n;
//                                                      m = max v;   s = sum of expf(v - m)
//
// The parts are ordinary nests, which a schedule may join in one loop again.
#include <algorithm>
#include <bit>

#include "nest/fold.h"
#include "nest/lifter.h"
#include "nest/reductions.h"

namespace ws::nest {

namespace {

bool IsExponential(std::string_view name) {
  constexpr std::string_view kNames[] = {"expf",  "exp",     "__expf", "exp2f", "exp2",
                                         "exp10", "__exp2f", "exp10f", "hexp",  "hexp2"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

void Operands(const Program& p, ExprId id, ExprOp op, std::vector<ExprId>* parts) {
  const Expr& e = p.expr(id);
  if (e.kind == ExprKind::kBinary && e.op == op && ir::IsFloat(e.type)) {
    Operands(p, e.args[0], op, parts);
    Operands(p, e.args[1], op, parts);
    return;
  }
  parts->push_back(id);
}

// F((from - to) * scale) with F an exponential.
struct Decay {
  bool ok = false;
  std::string name;
  ir::Type type = ir::Type::kF32;
  ExprId from, to, scale;
};
Decay FindDecay(const Program& p, ExprId id) {
  Decay d;
  const Expr e = p.expr(id);
  if (e.kind != ExprKind::kCall || e.args.size() != 1 || !IsExponential(e.name)) return d;
  Expr difference = p.expr(e.args[0]);
  if (difference.kind == ExprKind::kBinary && difference.op == ExprOp::kMul) {
    for (const size_t side : {size_t{0}, size_t{1}}) {
      const Expr inner = p.expr(difference.args[side]);
      if (inner.kind != ExprKind::kBinary || inner.op != ExprOp::kSub) continue;
      d.scale = difference.args[1 - side];
      difference = inner;
      break;
    }
  }
  if (difference.kind != ExprKind::kBinary || difference.op != ExprOp::kSub) return d;
  d.ok = true;
  d.name = e.name;
  d.type = e.type;
  d.from = difference.args[0];
  d.to = difference.args[1];
  return d;
}

ExprId MakeDecay(Program& p, const Decay& like, ExprId from, ExprId to) {
  ExprId difference = p.Binary(ExprOp::kSub, from, to);
  if (like.scale.valid()) difference = p.Binary(ExprOp::kMul, difference, like.scale);
  return p.Call(like.name, like.type, {difference});
}

ExprId Product(Program& p, const std::vector<ExprId>& factors) {
  ExprId product;
  for (const ExprId f : factors) {
    product = product.valid() ? p.Binary(ExprOp::kMul, product, f) : f;
  }
  return product;
}

bool IsOne(const Program& p, ExprId id) {
  const Expr& e = p.expr(id);
  return e.kind == ExprKind::kFloat && e.bits == std::bit_cast<uint64_t>(1.0);
}

// carried * decay + the terms; none of the terms mentions `carried`.
struct Rescaled {
  bool ok = false;
  Decay decay;  // not ok: carried is not scaled
  std::vector<ExprId> terms;
};
Rescaled FindRescaled(const Program& p, ExprId id, ExprId carried) {
  Rescaled result;
  std::vector<ExprId> terms;
  Operands(p, id, ExprOp::kAdd, &terms);
  int found = 0;
  for (const ExprId term : terms) {
    if (!Mentions(p, term, carried)) {
      result.terms.push_back(term);
      continue;
    }
    ++found;
    std::vector<ExprId> factors;
    Operands(p, term, ExprOp::kMul, &factors);
    if (factors.size() == 1 && factors[0] == carried) continue;
    if (factors.size() != 2) return {};
    const size_t side = factors[0] == carried ? 1 : 0;
    if (factors[1 - side] != carried) return {};
    result.decay = FindDecay(p, factors[side]);
    if (!result.decay.ok) return {};
  }
  result.ok = found == 1;
  return result;
}

}  // namespace

bool Lifter::MentionsCarried(ExprId e, const std::vector<Leaf>& leaves) const {
  return std::any_of(leaves.begin(), leaves.end(),
                     [&](const Leaf& leaf) { return Mentions(p_, e, leaf.marker); });
}

bool Lifter::FinishTuple(const Leaf& leaf, ExprId last, const LoopFrame& frame, ExprId* result) {
  return std::any_of(frame.extrema.begin(), frame.extrema.end(), [&](const Extremum& extremum) {
    return FinishChosen(leaf, last, frame, extremum, result) ||
           FinishRescaled(leaf, last, frame, extremum, result);
  });
}

// What was noted when the extremum last grew: an index, or something read there.
bool Lifter::FinishChosen(const Leaf& leaf, ExprId last, const LoopFrame& frame,
                          const Extremum& extremum, ExprId* result) {
  const std::vector<Leaf>& leaves = frame.leaves;
  const AxisId axis = frame.axis;
  // if (mask) if (v > m) i = w;
  ExprId mask;
  Expr e = p_.expr(last);
  const auto strip = [&](ExprId id) {
    while (p_.expr(id).kind == ExprKind::kCast && p_.expr(id).type == p_.expr(leaf.marker).type) {
      id = p_.expr(id).args[0];
    }
    return id;
  };
  while (e.kind == ExprKind::kSelect && !MentionsCarried(e.args[0], leaves)) {
    const bool then_kept = e.args[1] == leaf.marker;
    if (!then_kept && e.args[2] != leaf.marker) return false;
    const ExprId condition = then_kept ? Not(e.args[0]) : e.args[0];
    mask = mask.valid() ? And(mask, condition) : condition;
    e = p_.expr(strip(e.args[then_kept ? 2 : 1]));
  }
  if (e.kind != ExprKind::kSelect) return false;
  const bool then_kept = e.args[1] == leaf.marker;
  if (!then_kept && e.args[2] != leaf.marker) return false;
  const ExprId chosen = e.args[then_kept ? 2 : 1];
  const Expr c = p_.expr(e.args[0]);
  if (MentionsCarried(chosen, leaves) || c.kind != ExprKind::kBinary) return false;
  const bool left = c.args[0] == extremum.marker;
  if (!left && c.args[1] != extremum.marker) return false;
  const ExprId value = c.args[left ? 1 : 0];
  // The extremum takes this very value, under this very mask.
  ExprId taken = value;
  const ExprId plain = extremum.value;
  if (mask.valid()) {
    taken = p_.Select(mask, value, Identity(p_, extremum.reduction, p_.expr(value).type));
  }
  if (MentionsCarried(value, leaves) || !SameValue(p_, taken, plain)) return false;
  const bool greater = c.op == ExprOp::kGt || c.op == ExprOp::kGe;
  const bool less = c.op == ExprOp::kLt || c.op == ExprOp::kLe;
  if (!greater && !less) return false;
  const bool maximum = extremum.reduction == Reduction::kMax;
  // The condition under which the new value is taken, as "value is better".
  const bool value_greater = left ? less : greater;
  const bool takes = !then_kept;
  if ((value_greater == takes) != maximum) return false;
  const bool equal_too = c.op == ExprOp::kGe || c.op == ExprOp::kLe;
  const bool first_wins = equal_too != takes;

  // The step along the axis at which it happened; where the choice is an index that grows with the
  // axis, that index itself.
  int64_t coefficient = 0;
  bool own = false;
  if (ir::IsInteger(p_.expr(chosen).type)) {
    const Linear linear = ToLinear(p_, Simplify(p_, chosen));
    own = linear.ok && linear.terms.size() == 1 && linear.terms[0].axis == axis &&
          p_.IsInt(linear.terms[0].coefficient, &coefficient) && coefficient != 0 &&
          !HasLoad(p_, linear.rest);
  }
  const ExprId key = own ? p_.Cast(p_.expr(leaf.marker).type, chosen) : p_.AxisExpr(axis);
  const bool least = first_wins == (!own || coefficient > 0);
  Item item;
  item.type = p_.expr(key).type;
  item.reduction = least ? Reduction::kMin : Reduction::kMax;
  const ExprId none = Identity(p_, item.reduction, item.type);
  const ExprId best = extremum.result;
  ExprId here = p_.Binary(ExprOp::kEq, value, best);
  if (mask.valid()) here = And(mask, here);
  if (frame.inside.valid()) here = And(frame.inside, here);
  item.value = p_.Select(here, key, none);
  item.reduced = {axis};
  item.loc = frame.loc;
  const ExprId from_before = p_.Binary(ExprOp::kEq, extremum.before, best);
  // What stood before the loop joins the others where its order says the same as the loop's.
  bool joins = false;
  if (own) {
    const ExprId ahead = Simplify(p_, coefficient > 0 ? p_.Binary(ExprOp::kSub, key, leaf.before)
                                                      : p_.Binary(ExprOp::kSub, leaf.before, key));
    joins = ProveNonNegative(p_, ahead);
  }
  item.init = joins ? Simplify(p_, p_.Select(from_before, leaf.before, none)) : none;
  const std::string name = NameOf(leaf.place.entity);
  const ExprId found = NewTemp(std::move(item), name, {}, frame.items_before);
  if (joins) {
    *result = found;
    return true;
  }
  const ExprId kept = first_wins ? from_before : p_.Binary(ExprOp::kEq, found, none);
  ExprId there = found;
  if (!own) there = Simplify(p_, Substitute(p_, chosen, {{p_.AxisExpr(axis), found}}));
  *result = p_.Select(kept, leaf.before, there);
  return true;
}

// A sum of exponentials relative to the maximum so far.
bool Lifter::FinishRescaled(const Leaf& leaf, ExprId last, const LoopFrame& frame,
                            const Extremum& extremum, ExprId* result) {
  const std::vector<Leaf>& leaves = frame.leaves;
  if (!ir::IsFloat(p_.expr(leaf.before).type)) return false;
  // if (mask) around both.
  ExprId mask = frame.inside;
  ExprId peak = extremum.last;
  for (;;) {
    const Expr& mine = p_.expr(last);
    const Expr& other = p_.expr(peak);
    if (mine.kind != ExprKind::kSelect || other.kind != ExprKind::kSelect ||
        mine.args[0] != other.args[0] || mine.args[2] != leaf.marker ||
        other.args[2] != extremum.marker || MentionsCarried(mine.args[0], leaves)) {
      break;
    }
    const ExprId condition = mine.args[0];
    last = mine.args[1];
    peak = other.args[1];
    mask = mask.valid() ? And(mask, condition) : condition;
  }
  const ExprId v = FindUpdate(p_, extremum.marker, peak).value;
  if (!v.valid()) return false;
  const ExprId now = Marker("%extremum", next_marker_++, p_.expr(extremum.marker).type);
  Decay decay;                // that everything is rescaled by
  std::vector<ExprId> terms;  // relative to `now`
  const auto clean = [&](ExprId e) { return !MentionsCarried(e, leaves); };
  // term = factors * F((v - now) * scale)
  const auto relative = [&](ExprId term) {
    std::vector<ExprId> factors;
    Operands(p_, term, ExprOp::kMul, &factors);
    int decays = 0;
    for (const ExprId f : factors) {
      if (!Mentions(p_, f, now)) {
        if (!clean(f)) return false;
        continue;
      }
      const Decay d = FindDecay(p_, f);
      if (!d.ok || d.to != now || Mentions(p_, d.from, now) || !clean(d.from) ||
          d.name != decay.name || d.scale != decay.scale) {
        return false;
      }
      ++decays;
    }
    return decays == 1;
  };
  const Expr e = p_.expr(last);
  if (Mentions(p_, last, peak)) {
    const Rescaled r = FindRescaled(p_, Substitute(p_, last, {{peak, now}}), leaf.marker);
    if (!r.ok || !r.decay.ok || r.decay.from != extremum.marker || r.decay.to != now) return false;
    decay = r.decay;
    terms = r.terms;
  } else if (e.kind == ExprKind::kSelect) {
    // if (v > m) { s = s * F(m - v) + p; m = v; } else { s += F(v - m) * p; }
    const Expr c = p_.expr(e.args[0]);
    if (c.kind != ExprKind::kBinary || !IsComparison(c.op)) return false;
    Rescaled grown = FindRescaled(p_, e.args[1], leaf.marker);
    Rescaled same = FindRescaled(p_, e.args[2], leaf.marker);
    if (!grown.ok || !same.ok) return false;
    const bool greater = c.op == ExprOp::kGt || c.op == ExprOp::kGe;
    bool then_grows = greater;
    if (c.args[0] == extremum.marker && SameValue(p_, c.args[1], v)) {
      then_grows = !greater;
    } else if (c.args[1] != extremum.marker || !SameValue(p_, c.args[0], v)) {
      return false;
    }
    if (extremum.reduction == Reduction::kMin) then_grows = !then_grows;
    if (!then_grows) std::swap(grown, same);
    if (!grown.decay.ok || same.decay.ok || grown.decay.from != extremum.marker ||
        !SameValue(p_, grown.decay.to, v) || same.terms.size() != 1 || grown.terms.size() != 1) {
      return false;
    }
    decay = grown.decay;
    terms = {Substitute(p_, same.terms[0], {{extremum.marker, now}})};
    // With now = v the exponential is 1: the other factors are the other branch's term.
    std::vector<ExprId> factors;
    Operands(p_, terms[0], ExprOp::kMul, &factors);
    std::vector<ExprId> others;
    for (const ExprId f : factors) {
      const Decay d = FindDecay(p_, f);
      const bool exponential = d.ok && d.to == now && SameValue(p_, d.from, v);
      if (!exponential) others.push_back(f);
    }
    if (others.size() + 1 != factors.size()) return false;
    const ExprId product = Product(p_, others);
    const bool agree =
        product.valid() ? SameValue(p_, product, grown.terms[0]) : IsOne(p_, grown.terms[0]);
    if (!agree) return false;
  } else {
    return false;
  }
  if (terms.empty() || (decay.scale.valid() && (!clean(decay.scale) || HasAxis(p_, decay.scale))) ||
      !std::all_of(terms.begin(), terms.end(), relative)) {
    return false;
  }
  Item item;
  item.type = p_.expr(leaf.before).type;
  item.reduction = Reduction::kSum;
  for (const ExprId term : terms) {
    const ExprId final_term = Substitute(p_, term, {{now, extremum.result}});
    item.value = item.value.valid() ? p_.Binary(ExprOp::kAdd, item.value, final_term) : final_term;
  }
  const Expr before = p_.expr(leaf.before);
  const bool zero = before.kind == ExprKind::kFloat && std::bit_cast<double>(before.bits) == 0;
  item.init = zero ? leaf.before
                   : p_.Binary(ExprOp::kMul, leaf.before,
                               MakeDecay(p_, decay, extremum.before, extremum.result));
  if (mask.valid()) {
    item.value =
        p_.Select(mask, item.value, Identity(p_, item.reduction, p_.expr(item.value).type));
  }
  item.reduced = {frame.axis};
  item.loc = frame.loc;
  *result = NewTemp(std::move(item), NameOf(leaf.place.entity), {}, frame.items_before);
  return true;
}

}  // namespace ws::nest
