#include "nest/join.h"

#include <algorithm>
#include <array>

#include "base/format.h"
#include "nest/analysis.h"

namespace ws::nest {
namespace {

bool Mentions(const Program& program, ExprId id, ExprId part) {
  if (id == part) return true;
  const auto& args = program.expr(id).args;
  return std::any_of(args.begin(), args.end(),
                     [&](ExprId arg) { return Mentions(program, arg, part); });
}

bool IsExponential(const Expr& e) {
  constexpr std::array<std::string_view, 6> kNames = {"expf",  "__expf", "exp",
                                                      "exp2f", "exp10f", "exp2"};
  return e.kind == ExprKind::kCall && e.args.size() == 1 &&
         std::find(kNames.begin(), kNames.end(), e.name) != kNames.end();
}

// Whether `argument` is c * (f - m), where c is the same at all points.
bool IsScaledDifference(const Program& program, ExprId argument, ExprId f, ExprId m) {
  const Expr& e = program.expr(argument);
  if (e.kind != ExprKind::kBinary) return false;
  if (e.op == ExprOp::kSub) return e.args[0] == f && e.args[1] == m;
  if (e.op != ExprOp::kMul) return false;
  for (size_t i = 0; i < 2; ++i) {
    const ExprId c = e.args[1 - i];
    if (!HasAxis(program, c) && !HasLoad(program, c) &&
        IsScaledDifference(program, e.args[i], f, m)) {
      return true;
    }
  }
  return false;
}

// The one factor of a product (or of a quotient's dividend) that mentions `m`; none if it is no
// such product.
ExprId FactorWith(const Program& program, ExprId value, ExprId m) {
  const Expr& e = program.expr(value);
  if (e.kind != ExprKind::kBinary || (e.op != ExprOp::kMul && e.op != ExprOp::kDiv)) return value;
  const bool left = Mentions(program, e.args[0], m);
  const bool right = Mentions(program, e.args[1], m);
  if (left == right || (right && e.op == ExprOp::kDiv)) return {};
  return FactorWith(program, e.args[left ? 0 : 1], m);
}

size_t PositionOf(const std::vector<AxisId>& axes, AxisId axis) {
  return static_cast<size_t>(std::find(axes.begin(), axes.end(), axis) - axes.begin());
}

bool SameGuard(Program& program, ExprId a, ExprId b) {
  if (!a.valid() || !b.valid()) return a.valid() == b.valid();
  return a == b || SameValue(program, a, b);
}

bool Reads(Program& program, const Nest& nest, BufferId buffer) {
  for (const ExprId part : {nest.value, nest.guard, nest.init, nest.out_index}) {
    if (part.valid() && HasLoad(program, part, buffer)) return true;
  }
  return false;
}

Status CheckPoints(Program& program, const Roots& roots, size_t leader, size_t nest,
                   const Nest& first, const Nest& second) {
  const Error different{"reductions over different points in one loop"};
  if (first.reduction == Reduction::kNone || second.reduction == Reduction::kNone) {
    return Error{"a loop is shared by nests that do not reduce"};
  }
  const std::vector<AxisId> a = AxesOf(first);
  const std::vector<AxisId> b = AxesOf(second);
  if (first.parallel.size() != second.parallel.size() || a.size() != b.size()) return different;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!SameValue(program, program.axes[a[i].index].extent, program.axes[b[i].index].extent)) {
      return different;
    }
  }
  for (size_t r = 0; r < roots.axes.size(); ++r) {
    if (PositionOf(a, roots.of_nest[leader][r]) != PositionOf(b, roots.of_nest[nest][r])) {
      return different;
    }
  }
  return Ok();
}

}  // namespace

std::vector<AxisId> AxesOf(const Nest& nest) {
  std::vector<AxisId> axes = nest.parallel;
  axes.insert(axes.end(), nest.reduced.begin(), nest.reduced.end());
  return axes;
}

Nest WithAxesOf(Program& program, const Nest& nest, const Nest& leader) {
  const std::vector<AxisId> from = AxesOf(nest);
  const std::vector<AxisId> to = AxesOf(leader);
  Replacements replace;
  for (size_t i = 0; i < from.size() && i < to.size(); ++i) {
    if (from[i] != to[i]) replace[program.AxisExpr(from[i])] = program.AxisExpr(to[i]);
  }
  Nest result = nest;
  result.parallel = leader.parallel;
  result.reduced = leader.reduced;
  for (ExprId* part : {&result.init, &result.value, &result.guard, &result.out_index}) {
    *part = Substitute(program, *part, replace);
  }
  return result;
}

std::optional<OnlineSum> FindOnline(Program& program, const Nest& max, const Nest& sum) {
  const ir::Type type = max.accumulate;
  const bool types = (type == ir::Type::kF32 || type == ir::Type::kF64) && sum.accumulate == type &&
                     program.buffers[max.out.index].type == type;
  if (!types || max.reduction != Reduction::kMax || sum.reduction != Reduction::kSum) return {};
  // Every thread starts from the initial value, which must be the same for all.
  if (max.init.valid() && (HasLoad(program, max.init) || HasAxis(program, max.init))) return {};
  OnlineSum online;
  online.greatest = program.Load(max.out, max.out_index);
  if (!Mentions(program, sum.value, online.greatest)) return {};
  online.exponential = FactorWith(program, sum.value, online.greatest);
  if (!online.exponential.valid() || !IsExponential(program.expr(online.exponential))) return {};
  const ExprId argument = program.expr(online.exponential).args[0];
  if (!IsScaledDifference(program, argument, max.value, online.greatest)) return {};
  // No other element of the maxima is read.
  const Replacements without = {{online.greatest, max.value}};
  if (HasLoad(program, Substitute(program, sum.value, without), max.out)) return {};
  return online;
}

bool IsChosen(Program& program, const Nest& extremum, const Nest& chosen) {
  const auto is_extremum = [](const Nest& nest) {
    return nest.reduction == Reduction::kMax || nest.reduction == Reduction::kMin;
  };
  if (!is_extremum(extremum) || !is_extremum(chosen) || !ir::IsInteger(chosen.accumulate) ||
      program.buffers[extremum.out.index].type != extremum.accumulate) {
    return false;
  }
  if (extremum.init.valid() &&
      (HasLoad(program, extremum.init) || HasAxis(program, extremum.init))) {
    return false;
  }
  const Expr value = program.expr(chosen.value);
  if (value.kind != ExprKind::kSelect || HasLoad(program, value.args[1])) return false;
  const Expr none = program.expr(value.args[2]);
  const Expr identity = program.expr(IdentityOf(program, chosen.reduction, chosen.accumulate));
  if (none.kind != identity.kind || none.bits != identity.bits) return false;
  const ExprId found = program.Load(extremum.out, extremum.out_index);
  const Expr condition = program.expr(value.args[0]);
  return condition.kind == ExprKind::kBinary && condition.op == ExprOp::kEq &&
         ((condition.args[0] == extremum.value && condition.args[1] == found) ||
          (condition.args[1] == extremum.value && condition.args[0] == found));
}

Status CanJoin(Program& program, uint32_t first, const Roots& roots, size_t leader, size_t other,
               size_t nest) {
  const Nest head = program.nests[first + leader];
  TRY_OK(CheckPoints(program, roots, leader, nest, head, program.nests[first + nest]));
  const Nest before = WithAxesOf(program, program.nests[first + other], head);
  const Nest mine = WithAxesOf(program, program.nests[first + nest], head);
  const std::string& out = program.buffers[mine.out.index].name;
  if (!SameGuard(program, head.guard, mine.guard)) {
    return Error{Format("{} is reduced under a guard of its own", out)};
  }
  if (mine.out == before.out) return Error{Format("{} is reduced twice in one loop", out)};
  if (Reads(program, before, mine.out)) {
    return Error{Format("{} is read in the loop that changes it", out)};
  }
  if (!Reads(program, mine, before.out)) return Ok();
  const bool online =
      other == leader &&
      (FindOnline(program, before, mine).has_value() || IsChosen(program, before, mine)) &&
      !(mine.guard.valid() && HasLoad(program, mine.guard, before.out)) &&
      !(mine.init.valid() && HasLoad(program, mine.init, before.out));
  if (online) return Ok();
  return Error{
      Format("{} needs the whole of {} first", out, program.buffers[before.out.index].name)};
}

}  // namespace ws::nest
