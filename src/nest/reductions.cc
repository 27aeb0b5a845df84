#include "nest/reductions.h"

#include <limits>
#include <set>
#include <vector>

#include "nest/fold.h"

namespace ws::nest {
namespace {

ExprId StripCasts(const Program& p, ExprId id) {
  while (p.expr(id).kind == ExprKind::kCast) id = p.expr(id).args[0];
  return id;
}

bool IsCarried(const Program& p, ExprId id, ExprId carried) { return StripCasts(p, id) == carried; }

// a + b - c ... with the carried value among the terms once and not below: the sum of the others.
bool CollectSum(Program& p, ExprId id, ExprId carried, bool negative, int* found, ExprId* sum) {
  if (IsCarried(p, id, carried)) {
    if (negative) return false;
    ++*found;
    return true;
  }
  const Expr e = p.expr(id);
  if (e.kind == ExprKind::kBinary && (e.op == ExprOp::kAdd || e.op == ExprOp::kSub) &&
      Mentions(p, id, carried)) {
    return CollectSum(p, e.args[0], carried, negative, found, sum) &&
           CollectSum(p, e.args[1], carried, negative != (e.op == ExprOp::kSub), found, sum);
  }
  if (e.kind == ExprKind::kCast && Mentions(p, id, carried)) {
    return CollectSum(p, e.args[0], carried, negative, found, sum);
  }
  if (Mentions(p, id, carried)) return false;
  if (!sum->valid()) {
    *sum = negative ? p.Unary(ExprOp::kNeg, id) : id;
  } else {
    *sum = p.Binary(negative ? ExprOp::kSub : ExprOp::kAdd, *sum, id);
  }
  return true;
}

bool CollectChain(Program& p, ExprOp op, ExprId id, ExprId carried, int* found, ExprId* rest) {
  if (IsCarried(p, id, carried)) {
    ++*found;
    return true;
  }
  const Expr e = p.expr(id);
  if (e.kind == ExprKind::kBinary && e.op == op && Mentions(p, id, carried)) {
    return CollectChain(p, op, e.args[0], carried, found, rest) &&
           CollectChain(p, op, e.args[1], carried, found, rest);
  }
  if (e.kind == ExprKind::kCast && Mentions(p, id, carried)) {
    return CollectChain(p, op, e.args[0], carried, found, rest);
  }
  if (Mentions(p, id, carried)) return false;
  *rest = rest->valid() ? p.Binary(op, *rest, id) : id;
  return true;
}

Reduction ReductionOf(ExprOp op) {
  switch (op) {
    case ExprOp::kMul:
      return Reduction::kProduct;
    case ExprOp::kMax:
      return Reduction::kMax;
    case ExprOp::kMin:
      return Reduction::kMin;
    case ExprOp::kAnd:
    case ExprOp::kLogicalAnd:
      return Reduction::kAnd;
    case ExprOp::kOr:
    case ExprOp::kLogicalOr:
      return Reduction::kOr;
    default:
      return Reduction::kNone;
  }
}

// v > m ? v : m and its seven other spellings.
Update FindExtremum(Program& p, ExprId carried, const Expr& select) {
  const Expr c = p.expr(select.args[0]);
  if (c.kind != ExprKind::kBinary || !IsComparison(c.op)) return {};
  const bool greater = c.op == ExprOp::kGt || c.op == ExprOp::kGe;
  const bool less = c.op == ExprOp::kLt || c.op == ExprOp::kLe;
  if (!greater && !less) return {};
  const bool then_carried = IsCarried(p, select.args[1], carried);
  const bool else_carried = IsCarried(p, select.args[2], carried);
  if (then_carried == else_carried) return {};
  const ExprId value = select.args[then_carried ? 2 : 1];
  if (Mentions(p, value, carried)) return {};
  const ExprId plain = StripCasts(p, value);
  const bool left_carried = IsCarried(p, c.args[0], carried);
  const bool right_carried = IsCarried(p, c.args[1], carried);
  const ExprId other = StripCasts(p, c.args[left_carried ? 1 : 0]);
  if (left_carried == right_carried || !SameValue(p, other, plain)) return {};
  // The condition as "value is greater".
  const bool value_greater = left_carried ? less : greater;
  const bool takes_value = else_carried;
  return {value_greater == takes_value ? Reduction::kMax : Reduction::kMin, value};
}

}  // namespace

bool Mentions(const Program& program, ExprId id, ExprId part) {
  std::set<uint32_t> seen;
  std::vector<ExprId> stack = {id};
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    if (top == part && top.valid()) return true;
    // Arguments come before the node that uses them.
    if (!top.valid() || top < part || !seen.insert(top.index).second) continue;
    const Expr& e = program.expr(top);
    stack.insert(stack.end(), e.args.begin(), e.args.end());
  }
  return false;
}

ExprId Identity(Program& program, Reduction reduction, ir::Type type) {
  const bool floating = ir::IsFloat(type);
  const double infinity = std::numeric_limits<double>::infinity();
  const auto number = [&](int64_t integer, double real) {
    return floating ? program.Float(real, type)
                    : program.Add({.kind = ExprKind::kInt,
                                   .type = type,
                                   .bits = static_cast<uint64_t>(WrapTo(type, integer))});
  };
  const int bits = static_cast<int>(ir::BytesOf(type)) * 8;
  const int64_t least = ir::IsUnsigned(type) ? 0 : static_cast<int64_t>(~uint64_t{0} << (bits - 1));
  switch (reduction) {
    case Reduction::kNone:
    case Reduction::kSum:
    case Reduction::kOr:
      return number(0, 0);
    case Reduction::kProduct:
      return number(1, 1);
    case Reduction::kMax:
      return number(least, -infinity);
    case Reduction::kMin:
      return number(~least, infinity);
    case Reduction::kAnd:
      return number(-1, 1);
  }
  return {};
}

Update FindUpdate(Program& program, ExprId carried, ExprId next) {
  next = StripCasts(program, next);
  const Expr e = program.expr(next);
  const ir::Type type = program.expr(carried).type;
  if (e.kind == ExprKind::kSelect) {
    if (const Update extremum = FindExtremum(program, carried, e);
        extremum.reduction != Reduction::kNone) {
      return extremum;
    }
    for (const bool then_carried : {true, false}) {
      if (!IsCarried(program, e.args[then_carried ? 1 : 2], carried)) continue;
      if (Mentions(program, e.args[0], carried)) return {};
      Update inner = FindUpdate(program, carried, e.args[then_carried ? 2 : 1]);
      if (inner.reduction == Reduction::kNone) return {};
      const ir::Type value_type = program.expr(inner.value).type;
      const ExprId identity = Identity(program, inner.reduction, value_type);
      inner.value = then_carried ? program.Select(e.args[0], identity, inner.value)
                                 : program.Select(e.args[0], inner.value, identity);
      return inner;
    }
    // Both sides update: c ? m + a : m + b.
    if (Mentions(program, e.args[0], carried)) return {};
    const Update a = FindUpdate(program, carried, e.args[1]);
    const Update b = FindUpdate(program, carried, e.args[2]);
    if (a.reduction == Reduction::kNone || a.reduction != b.reduction) return {};
    return {a.reduction, program.Select(e.args[0], a.value, b.value)};
  }
  int found = 0;
  ExprId rest;
  if (e.kind == ExprKind::kBinary && (e.op == ExprOp::kAdd || e.op == ExprOp::kSub)) {
    if (CollectSum(program, next, carried, false, &found, &rest) && found == 1 && rest.valid()) {
      return {Reduction::kSum, rest};
    }
    return {};
  }
  if (e.kind == ExprKind::kBinary) {
    const Reduction reduction = ReductionOf(e.op);
    if (reduction == Reduction::kNone) return {};
    if (type == ir::Type::kPred && !IsLogical(e.op)) return {};
    if (CollectChain(program, e.op, next, carried, &found, &rest) && found == 1 && rest.valid()) {
      return {reduction, rest};
    }
  }
  return {};
}

}  // namespace ws::nest
