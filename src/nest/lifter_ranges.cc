// Loops whose range is not the same for all threads or iterations around them: the axis is as long
// as the longest range, and iterations beyond a range do nothing. Early ends of loops by break or
// return are such ranges too where, once reached, they stay reached.
#include <algorithm>

#include "nest/lifter.h"
#include "nest/reductions.h"

namespace ws::nest {

namespace {

// a - b where `guard` says a < b, or a - b - 1 where it says a <= b; none of other conditions.
ExprId BelowZero(Program& p, ExprId guard) {
  const Expr e = p.expr(guard);
  if (e.kind != ExprKind::kBinary || !ir::IsInteger(p.expr(e.args[0]).type)) return {};
  const bool swapped = e.op == ExprOp::kGt || e.op == ExprOp::kGe;
  if (!swapped && e.op != ExprOp::kLt && e.op != ExprOp::kLe) return {};
  const ExprId less = p.Binary(ExprOp::kSub, e.args[swapped ? 1 : 0], e.args[swapped ? 0 : 1]);
  const bool strict = e.op == ExprOp::kLt || e.op == ExprOp::kGt;
  return Simplify(p, strict ? less : p.Binary(ExprOp::kSub, less, p.Int(1)));
}

}  // namespace

// An expression without axes that `e` does not exceed; none if it cannot be told.
ExprId Lifter::UpperBoundOf(ExprId e) {
  e = Simplify(p_, e);
  if (HasLoad(p_, e)) return {};
  if (AxesOf(e).empty()) return e;
  // A guard on the way here: d < 0, and e - d free of axes.
  for (const ExprId guard : PathGuards()) {
    const ExprId d = BelowZero(p_, guard);
    if (!d.valid() || AxesOf(d).empty()) continue;
    const ExprId rest = Simplify(p_, p_.Binary(ExprOp::kSub, e, d));
    if (AxesOf(rest).empty() && !HasLoad(p_, rest)) {
      return Simplify(p_, p_.Binary(ExprOp::kSub, rest, p_.Int(1)));
    }
  }
  const Expr x = p_.expr(e);
  const auto both = [&](ExprOp op, ExprId a, ExprId b) {
    return a.valid() && b.valid() ? Simplify(p_, p_.Binary(op, a, b)) : ExprId();
  };
  if (x.kind == ExprKind::kAxis) {
    return Simplify(p_, p_.Binary(ExprOp::kSub, p_.axes[x.index].extent, p_.Int(1)));
  }
  if (x.kind == ExprKind::kCast) return UpperBoundOf(x.args[0]);
  if (x.kind == ExprKind::kSelect) {
    return both(ExprOp::kMax, UpperBoundOf(x.args[1]), UpperBoundOf(x.args[2]));
  }
  if (x.kind != ExprKind::kBinary) return {};
  switch (x.op) {
    case ExprOp::kAdd:
      return both(ExprOp::kAdd, UpperBoundOf(x.args[0]), UpperBoundOf(x.args[1]));
    case ExprOp::kSub:
      return both(ExprOp::kSub, UpperBoundOf(x.args[0]), LowerBoundOf(x.args[1]));
    case ExprOp::kMul:
    case ExprOp::kDiv: {
      // By something that is not negative.
      const size_t side = AxesOf(x.args[1]).empty() ? 1 : 0;
      const ExprId factor = x.args[side];
      if (side == 0 && x.op == ExprOp::kDiv) return {};
      if (!AxesOf(factor).empty() || !ProveNonNegative(p_, factor)) return {};
      return both(x.op, UpperBoundOf(x.args[1 - side]), factor);
    }
    case ExprOp::kMin: {
      const ExprId a = UpperBoundOf(x.args[0]);
      const ExprId b = UpperBoundOf(x.args[1]);
      if (!a.valid() || !b.valid()) return a.valid() ? a : b;
      // Prefer the side without axes: it is exact.
      if (AxesOf(x.args[0]).empty()) return a;
      return AxesOf(x.args[1]).empty() ? b : both(ExprOp::kMin, a, b);
    }
    case ExprOp::kMax:
      return both(ExprOp::kMax, UpperBoundOf(x.args[0]), UpperBoundOf(x.args[1]));
    default:
      return {};
  }
}

ExprId Lifter::LowerBoundOf(ExprId e) {
  e = Simplify(p_, e);
  if (HasLoad(p_, e)) return {};
  if (AxesOf(e).empty()) return e;
  const Expr x = p_.expr(e);
  const auto both = [&](ExprOp op, ExprId a, ExprId b) {
    return a.valid() && b.valid() ? Simplify(p_, p_.Binary(op, a, b)) : ExprId();
  };
  if (x.kind == ExprKind::kAxis) return p_.Int(0);
  if (x.kind == ExprKind::kCast) return LowerBoundOf(x.args[0]);
  if (x.kind == ExprKind::kSelect) {
    return both(ExprOp::kMin, LowerBoundOf(x.args[1]), LowerBoundOf(x.args[2]));
  }
  if (x.kind != ExprKind::kBinary) return {};
  switch (x.op) {
    case ExprOp::kAdd:
      return both(ExprOp::kAdd, LowerBoundOf(x.args[0]), LowerBoundOf(x.args[1]));
    case ExprOp::kSub:
      return both(ExprOp::kSub, LowerBoundOf(x.args[0]), UpperBoundOf(x.args[1]));
    case ExprOp::kMul:
    case ExprOp::kDiv: {
      const size_t side = AxesOf(x.args[1]).empty() ? 1 : 0;
      const ExprId factor = x.args[side];
      if (side == 0 && x.op == ExprOp::kDiv) return {};
      if (!AxesOf(factor).empty() || !ProveNonNegative(p_, factor)) return {};
      return both(x.op, LowerBoundOf(x.args[1 - side]), factor);
    }
    case ExprOp::kMax: {
      const ExprId a = LowerBoundOf(x.args[0]);
      const ExprId b = LowerBoundOf(x.args[1]);
      if (!a.valid() || !b.valid()) return a.valid() ? a : b;
      if (AxesOf(x.args[0]).empty()) return a;
      return AxesOf(x.args[1]).empty() ? b : both(ExprOp::kMax, a, b);
    }
    case ExprOp::kMin:
      return both(ExprOp::kMin, LowerBoundOf(x.args[0]), LowerBoundOf(x.args[1]));
    default:
      return {};
  }
}

// Whether the condition, once it has the wanted value in an iteration, keeps it in all later ones.
bool Lifter::StaysTrue(ExprId condition, AxisId axis, bool wanted) {
  if (AxesOf(condition).count(axis.index) == 0) return !HasLoad(p_, condition);
  const Expr e = p_.expr(condition);
  if (e.kind == ExprKind::kUnary && e.op == ExprOp::kNot) {
    return StaysTrue(e.args[0], axis, !wanted);
  }
  if (e.kind != ExprKind::kBinary) return false;
  if (e.op == ExprOp::kLogicalAnd || e.op == ExprOp::kLogicalOr) {
    return StaysTrue(e.args[0], axis, wanted) && StaysTrue(e.args[1], axis, wanted);
  }
  const bool greater = e.op == ExprOp::kGt || e.op == ExprOp::kGe;
  const bool less = e.op == ExprOp::kLt || e.op == ExprOp::kLe;
  if ((!greater && !less) || !ir::IsInteger(p_.expr(e.args[0]).type)) return false;
  const Linear d = ToLinear(p_, Simplify(p_, p_.Binary(ExprOp::kSub, e.args[0], e.args[1])));
  if (!d.ok || HasLoad(p_, d.rest)) return false;
  for (const LinearTerm& term : d.terms) {
    if (term.axis != axis) continue;
    const bool grows = greater == wanted;
    return ProveNonNegative(p_,
                            grows ? term.coefficient : p_.Unary(ExprOp::kNeg, term.coefficient));
  }
  return false;
}

// Under which condition control is here, given that the iteration runs.
ExprId Lifter::InIteration() {
  ExprId condition = s_.live;
  for (size_t g = iteration_guards_; g < s_.guards.size(); ++g) {
    condition = And(condition, s_.guards[g]);
  }
  return condition;
}

// break, or return from a loop: remembered, and then as `continue`.
void Lifter::Leave(NodeId n, bool returns) {
  if (!in_iteration_)
    Refuse(returns ? "returning from inside a loop" : "leaving a loop by break", n);
  const ExprId condition = InIteration();
  exits_.push_back({condition, LocOf(n), returns});
  s_.continued.push_back({condition, s_.env});
  s_.live = Not(True());
}

void Lifter::CheckExits(const LoopFrame& frame) {
  for (const LoopExit& exit : exits_) {
    if (MentionsCarried(exit.condition, frame.leaves) ||
        !StaysTrue(exit.condition, frame.axis, true)) {
      Refuse(exit.returns ? "returning from inside a loop where that is no bound of it"
                          : "leaving a loop by break where that is no bound of it",
             exit.loc);
    }
  }
}

}  // namespace ws::nest
