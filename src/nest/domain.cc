// From the items of one kernel to nests: thread and block axes become one axis where only their
// combination is used, guards become extents, results of reductions become temporaries.
#include <algorithm>

#include "nest/fold.h"
#include "nest/lifter.h"
#include "nest/reductions.h"

namespace ws::nest {

void Lifter::FinishKernel() {
  CollapseThreads();
  std::vector<Item> items = std::move(s_.items);
  for (Item& item : items) {
    for (const uint32_t a : AxesOf(item)) {
      for (const auto& [id, temp] : temps_) {
        if (temp.partial.count(a) > 0 && item.temp != id) {
          Refuse("partial results of threads that are combined in cooperative code", item.loc);
        }
      }
    }
  }
  for (Item& item : items) FinishItem(std::move(item));
  for (const Bounded& b : bounded_) {
    const ExprId from = p_.AxisExpr(AxisId(b.axis));
    for (const auto& [value, name] : hints_) {
      if (!HasAxis(p_, value, AxisId(b.axis))) continue;
      names_.push_back({Substitute(p_, value, {{from, p_.AxisExpr(b.bounded)}}), name});
    }
  }
}

void Lifter::Transform(const std::function<ExprId(ExprId)>& f) {
  for (Item& item : s_.items) {
    item.index = f(item.index);
    item.value = f(item.value);
    item.init = f(item.init);
    for (ExprId& g : item.guards) g = f(g);
  }
  for (auto& hint : hints_) hint.first = f(hint.first);
}

// high * extent(low) + low becomes one axis if the two occur in no other way.
bool Lifter::CollapsePair(uint32_t high, uint32_t low) {
  const ExprId h = p_.AxisExpr(AxisId(high));
  const ExprId l = p_.AxisExpr(AxisId(low));
  const ExprId width = p_.axes[low].extent;
  const ExprId extent = Simplify(p_, p_.Binary(ExprOp::kMul, p_.axes[high].extent, width));
  const AxisId axis = NewAxis(p_.axes[low].name, extent);
  const ExprId replacement =
      p_.Binary(ExprOp::kSub, p_.AxisExpr(axis), p_.Binary(ExprOp::kMul, h, width));
  const auto replace = [&](ExprId e) {
    return e.valid() ? Simplify(p_, Substitute(p_, e, {{l, replacement}})) : e;
  };
  bool used = false;
  for (const Item& item : s_.items) {
    std::vector<ExprId> all = {item.index, item.value, item.init};
    all.insert(all.end(), item.guards.begin(), item.guards.end());
    for (const ExprId e : all) {
      if (!e.valid()) continue;
      used = used || HasAxis(p_, e, AxisId(low));
      if (HasAxis(p_, replace(e), AxisId(high))) {
        p_.axes.pop_back();
        return false;
      }
    }
  }
  if (!used) {
    p_.axes.pop_back();
    return false;
  }
  Transform(replace);
  for (const auto& [value, name] : hints_) {
    if (value == p_.AxisExpr(axis)) p_.axes[axis.index].name = name;
  }
  for (auto& [id, temp] : temps_) {
    if (temp.axes.erase(high) + temp.axes.erase(low) > 0) temp.axes.insert(axis.index);
    if (temp.partial.erase(high) + temp.partial.erase(low) > 0) temp.partial.insert(axis.index);
  }
  thread_axes_.erase(high);
  thread_axes_.erase(low);
  thread_axes_.insert(axis.index);
  dimension_[axis.index] = dimension_[low];
  return true;
}

void Lifter::CollapseThreads() {
  for (bool changed = true; changed;) {
    changed = false;
    std::set<uint32_t> used;
    for (const Item& item : s_.items) {
      for (const uint32_t a : AxesOf(item)) used.insert(a);
    }
    const std::vector<uint32_t> axes(thread_axes_.begin(), thread_axes_.end());
    for (const uint32_t high : axes) {
      for (const uint32_t low : axes) {
        if (changed || high == low || used.count(high) == 0 || used.count(low) == 0) continue;
        changed = CollapsePair(high, low);
      }
    }
  }
  for (const uint32_t a : thread_axes_) {
    for (const auto& [value, name] : hints_) {
      if (value == p_.AxisExpr(AxisId(a))) p_.axes[a].name = name;
    }
  }
}

// False if the item never happens.
bool Lifter::SimplifyGuards(Item* item) {
  std::vector<ExprId> guards;
  for (const ExprId g : item->guards) {
    for (const ExprId c : GuardParts(p_, Simplify(p_, g))) {
      if (IsFalse(c)) return false;
      if (!IsTrue(c) && std::find(guards.begin(), guards.end(), c) == guards.end()) {
        guards.push_back(c);
      }
    }
  }
  item->guards = std::move(guards);
  return true;
}

// if (threadIdx.x == 0): the axis has one value.
void Lifter::PinAxes(Item* item) {
  for (size_t g = 0; g < item->guards.size(); ++g) {
    const Expr e = p_.expr(item->guards[g]);
    if (e.kind != ExprKind::kBinary || e.op != ExprOp::kEq ||
        !ir::IsInteger(p_.expr(e.args[0]).type)) {
      continue;
    }
    const Linear d = ToLinear(p_, p_.Binary(ExprOp::kSub, e.args[0], e.args[1]));
    if (!d.ok || d.terms.size() != 1 || HasLoad(p_, d.rest)) continue;
    const AxisId axis = d.terms[0].axis;
    int64_t coefficient = 0;
    if (thread_axes_.count(axis.index) == 0 || !p_.IsInt(d.terms[0].coefficient, &coefficient) ||
        (coefficient != 1 && coefficient != -1)) {
      continue;
    }
    const ExprId value = Simplify(p_, coefficient == 1 ? p_.Unary(ExprOp::kNeg, d.rest) : d.rest);
    if (!ProveNonNegative(p_, value)) continue;
    const Replacements replace = {{p_.AxisExpr(axis), value}};
    const auto f = [&](ExprId x) {
      return x.valid() ? Simplify(p_, Substitute(p_, ReadTemps(x), replace)) : x;
    };
    item->guards.erase(item->guards.begin() + static_cast<long>(g));
    item->index = f(item->index);
    item->value = f(item->value);
    item->init = f(item->init);
    for (ExprId& x : item->guards) x = f(x);
    if (!item->out.valid()) temps_[item->temp].axes.erase(axis.index);
    PinAxes(item);
    return;
  }
}

// The extent that the guard gives one axis: guard is `axis < result`.
ExprId Lifter::UpperBound(ExprId guard, AxisId* axis) {
  const Expr e = p_.expr(guard);
  if (e.kind != ExprKind::kBinary || !ir::IsInteger(p_.expr(e.args[0]).type)) return {};
  ExprId room;  // guard is room >= 0
  const auto minus = [&](ExprId a, ExprId b) { return p_.Binary(ExprOp::kSub, a, b); };
  switch (e.op) {
    case ExprOp::kLt:
      room = minus(minus(e.args[1], e.args[0]), p_.Int(1));
      break;
    case ExprOp::kLe:
      room = minus(e.args[1], e.args[0]);
      break;
    case ExprOp::kGt:
      room = minus(minus(e.args[0], e.args[1]), p_.Int(1));
      break;
    case ExprOp::kGe:
      room = minus(e.args[0], e.args[1]);
      break;
    default:
      return {};
  }
  const Linear linear = ToLinear(p_, room);
  if (!linear.ok || linear.terms.size() != 1 || HasLoad(p_, linear.rest)) return {};
  int64_t coefficient = 0;
  if (!p_.IsInt(linear.terms[0].coefficient, &coefficient) || coefficient >= 0) return {};
  *axis = linear.terms[0].axis;
  const ExprId last = p_.Binary(ExprOp::kDiv, linear.rest, p_.Int(-coefficient));
  return Simplify(p_, p_.Binary(ExprOp::kAdd, last, p_.Int(1)));
}

// Whether bound <= extent: extent is ceil(n / width) * width, or larger by inspection.
bool Lifter::Covers(ExprId extent, ExprId bound) {
  if (ProveLess(p_, bound, p_.Binary(ExprOp::kAdd, extent, p_.Int(1)))) return true;
  const Expr e = p_.expr(Simplify(p_, extent));
  if (e.kind != ExprKind::kBinary || e.op != ExprOp::kMul) return false;
  for (const int side : {0, 1}) {
    const Expr quotient = p_.expr(e.args[static_cast<size_t>(side)]);
    const ExprId width = e.args[static_cast<size_t>(1 - side)];
    if (quotient.kind != ExprKind::kBinary || quotient.op != ExprOp::kDiv ||
        !SameValue(p_, quotient.args[1], width)) {
      continue;
    }
    // n + width - 1 <= dividend
    const ExprId needed = p_.Binary(ExprOp::kAdd, bound, p_.Binary(ExprOp::kSub, width, p_.Int(2)));
    if (ProveLess(p_, needed, quotient.args[0])) return true;
  }
  return false;
}

// Whether different values of the axes give different indices: with strides in ascending order each
// is at least the span of those before it.
bool Lifter::KeepsPointsApart(const Item& item, const std::set<uint32_t>& points) {
  const Linear linear = ToLinear(p_, Simplify(p_, item.index));
  if (!linear.ok || linear.terms.size() != points.size()) return false;
  const auto span = [&](const LinearTerm& term) {
    ExprId extent = p_.axes[term.axis.index].extent;
    for (const ExprId g : item.guards) {
      AxisId axis;
      const ExprId bound = UpperBound(g, &axis);
      if (bound.valid() && axis == term.axis) extent = bound;
    }
    return p_.Binary(ExprOp::kMul, term.coefficient, extent);
  };
  std::vector<LinearTerm> rest = linear.terms;
  while (rest.size() > 1) {
    const auto lowest = std::find_if(rest.begin(), rest.end(), [&](const LinearTerm& term) {
      const ExprId reach = span(term);
      return std::all_of(rest.begin(), rest.end(), [&](const LinearTerm& other) {
        return other.axis == term.axis || SameValue(p_, other.coefficient, reach) ||
               ProveNonNegative(p_,
                                Simplify(p_, p_.Binary(ExprOp::kSub, other.coefficient, reach)));
      });
    });
    if (lowest == rest.end()) return false;
    rest.erase(lowest);
  }
  return true;
}

AxisId Lifter::BoundedAxis(uint32_t axis, ExprId extent) {
  for (const Bounded& b : bounded_) {
    if (b.axis == axis && SameValue(p_, b.extent, extent)) return b.bounded;
  }
  const AxisId bounded = NewAxis(p_.axes[axis].name, p_.Cast(ir::Type::kS32, extent));
  bounded_.push_back({axis, extent, bounded});
  return bounded;
}

// An axis without a guard runs over the whole grid; where that is a multiple of the block, it is
// assumed that the size it was made from is one too.
AxisId Lifter::WithoutGuard(uint32_t axis) {
  const ExprId extent = p_.axes[axis].extent;
  const Expr e = p_.expr(extent);
  if (thread_axes_.count(axis) == 0 || e.kind != ExprKind::kBinary || e.op != ExprOp::kMul) {
    return AxisId(axis);
  }
  for (const size_t side : {size_t{0}, size_t{1}}) {
    const Expr quotient = p_.expr(e.args[side]);
    const ExprId width = e.args[1 - side];
    if (quotient.kind != ExprKind::kBinary || quotient.op != ExprOp::kDiv ||
        !SameValue(p_, quotient.args[1], width)) {
      continue;
    }
    const ExprId up = p_.Binary(ExprOp::kSub, width, p_.Int(1));
    const ExprId size = Simplify(p_, p_.Binary(ExprOp::kSub, quotient.args[0], up));
    const bool ceil = ProveNonNegative(p_, size) || p_.expr(size).kind == ExprKind::kSize;
    const ExprId whole = ceil ? size : quotient.args[0];
    const ExprId rest = p_.Binary(ExprOp::kRem, whole, width);
    const ExprId condition = p_.Binary(ExprOp::kEq, rest, p_.Int(0));
    const bool known = std::any_of(p_.assumptions.begin(), p_.assumptions.end(),
                                   [&](const Assumption& a) { return a.condition == condition; });
    if (!known) p_.assumptions.push_back({condition, "the kernel has no guard"});
    return BoundedAxis(axis, whole);
  }
  return AxisId(axis);
}

ExprId Lifter::Flatten(const TempBuffer& temp) {
  ExprId index = p_.Int(0);
  for (size_t i = 0; i < temp.axes.size(); ++i) {
    index = p_.Binary(ExprOp::kAdd, p_.Binary(ExprOp::kMul, index, temp.extents[i]),
                      p_.AxisExpr(AxisId(temp.axes[i])));
  }
  return Simplify(p_, index);
}

// Markers of temporaries become loads, versions of loads are forgotten.
ExprId Lifter::ReadTemps(ExprId e) {
  Replacements replace;
  std::set<uint32_t> seen;
  std::vector<ExprId> stack = {e};
  std::vector<ExprId> order;
  while (!stack.empty()) {
    const ExprId top = stack.back();
    stack.pop_back();
    if (!top.valid() || !seen.insert(top.index).second) continue;
    order.push_back(top);
    const Expr& x = p_.expr(top);
    stack.insert(stack.end(), x.args.begin(), x.args.end());
  }
  for (const ExprId id : order) {
    Expr x = p_.expr(id);
    if (x.kind == ExprKind::kCall && x.name == "%temp") {
      const TempBuffer& temp = temp_buffers_.at(static_cast<uint32_t>(x.bits));
      replace[id] = p_.Load(temp.buffer, Flatten(temp));
    } else if (x.kind == ExprKind::kLoad && x.bits != 0) {
      x.bits = 0;
      x.args[0] = ReadTemps(x.args[0]);
      replace[id] = p_.Add(std::move(x));
    }
  }
  return Substitute(p_, e, replace);
}

// Outermost first: z, y, x, then loops from the outside.
std::vector<uint32_t> Lifter::InOrder(const std::set<uint32_t>& axes) const {
  std::vector<uint32_t> result(axes.begin(), axes.end());
  const auto rank = [this](uint32_t a) {
    const auto it = dimension_.find(a);
    return it == dimension_.end() ? 3 : it->second;
  };
  std::stable_sort(result.begin(), result.end(),
                   [&](uint32_t a, uint32_t b) { return rank(a) < rank(b); });
  return result;
}

void Lifter::FinishItem(Item item) {
  if (!SimplifyGuards(&item)) return;
  PinAxes(&item);
  const bool is_temp = !item.out.valid();
  std::set<uint32_t> points = is_temp ? temps_[item.temp].axes : AxesOf(item.index);
  std::set<uint32_t> reduced;
  for (const AxisId a : item.reduced) reduced.insert(a.index);
  bool scatters = false;
  if (item.atomic) {
    std::set<uint32_t> threads = thread_axes_;
    for (const AxisId a : item.loops) threads.insert(a.index);
    scatters = HasLoad(p_, item.index) || !KeepsPointsApart(item, points);
    if (scatters) points.insert(threads.begin(), threads.end());
    for (const uint32_t a : threads) {
      if (points.count(a) == 0 && reduced.insert(a).second) item.reduced.push_back(AxisId(a));
    }
  } else if (HasLoad(p_, item.index)) {
    // Threads that met in one element would race; iterations of one thread may.
    if (!item.loops.empty() || item.reduction != Reduction::kNone) {
      Refuse("a store in a loop to an element chosen by data", item.loc);
    }
  }

  // Guards: an upper bound of one axis is its extent; what concerns other points than a temporary's
  // own does not matter to it.
  std::map<uint32_t, AxisId> bounded;
  std::vector<ExprId> guards;
  for (const ExprId g : item.guards) {
    AxisId axis;
    const ExprId bound = UpperBound(g, &axis);
    const bool thread = bound.valid() && thread_axes_.count(axis.index) > 0;
    if (thread && bounded.count(axis.index) == 0 &&
        (points.count(axis.index) > 0 || reduced.count(axis.index) > 0)) {
      if (!Covers(p_.axes[axis.index].extent, bound)) {
        p_.assumptions.push_back({p_.Binary(ExprOp::kLe, bound, p_.axes[axis.index].extent),
                                  "the grid covers " + p_.axes[axis.index].name});
      }
      bounded[axis.index] = BoundedAxis(axis.index, bound);
      continue;
    }
    const std::set<uint32_t> axes = AxesOf(g);
    const bool own = std::all_of(axes.begin(), axes.end(), [&](uint32_t a) {
      return points.count(a) > 0 || reduced.count(a) > 0;
    });
    if (own) {
      guards.push_back(g);
    } else if (!is_temp) {
      Refuse("several threads writing the same element", item.loc);
    }
  }
  for (const ExprId e : {item.value, item.init}) {
    for (const uint32_t a : AxesOf(e)) {
      if (points.count(a) == 0 && reduced.count(a) == 0) {
        Refuse("several threads writing the same element", item.loc);
      }
    }
  }
  Replacements replace;
  const auto final_axis = [&](uint32_t a) {
    if (bounded.count(a) == 0) bounded[a] = WithoutGuard(a);
    replace[p_.AxisExpr(AxisId(a))] = p_.AxisExpr(bounded[a]);
    return bounded[a];
  };

  Nest nest;
  nest.loc = item.loc;
  nest.accumulate = item.type;
  nest.reduction = scatters ? Reduction::kNone : item.reduction;
  nest.update = scatters ? item.reduction : Reduction::kNone;
  if (scatters) item.init = {};
  for (const AxisId a : item.reduced) nest.reduced.push_back(final_axis(a.index));
  for (const uint32_t a : InOrder(points)) nest.parallel.push_back(final_axis(a));
  if (is_temp) {
    TempBuffer temp;
    ExprId elements = p_.Int(1);
    for (const uint32_t a : InOrder(points)) {
      temp.axes.push_back(a);
      temp.extents.push_back(p_.axes[bounded[a].index].extent);
      elements = p_.Binary(ExprOp::kMul, elements, temp.extents.back());
    }
    Buffer buffer{.name = temps_[item.temp].name};
    buffer.type = item.type;
    buffer.kind = BufferKind::kTemporary;
    buffer.elements = Simplify(p_, elements);
    p_.buffers.push_back(buffer);
    temp.buffer = BufferId(static_cast<uint32_t>(p_.buffers.size()) - 1);
    temp_buffers_[item.temp] = temp;
    item.out = temp.buffer;
    item.index = Flatten(temp);
  }
  const auto finish = [&](ExprId e) {
    return e.valid() ? Simplify(p_, Substitute(p_, ReadTemps(e), replace)) : e;
  };
  nest.out = item.out;
  nest.out_index = finish(item.index);
  nest.value = finish(item.value);
  nest.init = finish(item.init);
  ExprId guard;
  for (const ExprId g : guards) {
    const std::set<uint32_t> axes = AxesOf(g);
    const ExprId condition = finish(g);
    if (IsTrue(condition)) continue;
    const bool over_points =
        std::all_of(axes.begin(), axes.end(), [&](uint32_t a) { return points.count(a) > 0; });
    if (over_points) {
      guard = guard.valid() ? And(guard, condition) : condition;
    } else {
      nest.value =
          p_.Select(condition, nest.value, Identity(p_, nest.reduction, p_.expr(nest.value).type));
    }
  }
  nest.guard = guard;
  p_.nests.push_back(nest);
}

}  // namespace ws::nest
