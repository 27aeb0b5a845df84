// Loops of streaming nests: over chunks of an axis, and over the items of a thread.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {
namespace {

// The exclusive upper bound that a conjunct puts on an axis: `axis < bound`; invalid if it is not
// of that form or the bound needs what is not known outside the axis' loop.
ExprId BoundFrom(Program& program, ExprId conjunct, const AxisState& axis,
                 const std::set<AxisId>& known) {
  const Expr e = program.expr(conjunct);
  if (e.kind != ExprKind::kBinary || HasLoad(program, conjunct)) return {};
  const bool flipped = e.op == ExprOp::kGt || e.op == ExprOp::kGe;
  if (!flipped && e.op != ExprOp::kLt && e.op != ExprOp::kLe) return {};
  const ExprId low = e.args[flipped ? 1 : 0];
  const ExprId high = e.args[flipped ? 0 : 1];
  const Linear linear = ToLinear(program, program.Binary(ExprOp::kSub, low, high));
  if (!linear.ok) return {};
  const bool strict = e.op == ExprOp::kLt || e.op == ExprOp::kGt;
  ExprId bound = program.Binary(ExprOp::kSub, program.Int(strict ? 0 : 1),
                                linear.rest.valid() ? linear.rest : program.Int(0));
  bool mentioned = false;
  for (const LinearTerm& term : linear.terms) {
    if (term.axis == axis.axis) {
      int64_t value = 0;
      if (!program.IsInt(term.coefficient, &value) || value != 1) return {};
      mentioned = true;
      continue;
    }
    if (known.count(term.axis) == 0) return {};
    bound =
        program.Binary(ExprOp::kSub, bound,
                       program.Binary(ExprOp::kMul, term.coefficient, program.AxisExpr(term.axis)));
  }
  return mentioned ? Simplify(program, bound) : ExprId();
}

}  // namespace

AxisState* KernelWriter::LaneAxis(NestState& nest) {
  AxisState* best = nullptr;
  int best_score = -1;
  for (AxisState& axis : nest.axes) {
    if (axis.plan.vector == 1) continue;
    int score = nest.store.contiguous == axis.axis ? 100 : 0;
    if (axis.role != Role::kRoot) score += 1000;  // others are walked element by element
    for (const LoadInfo& load : nest.loads) score += load.access.contiguous == axis.axis ? 1 : 0;
    if (score > best_score) {
      best = &axis;
      best_score = score;
    }
  }
  return best;
}

std::vector<std::string> KernelWriter::PendingRootGuards(const NestState& nest,
                                                         AxisState* lane_axis) {
  std::vector<std::string> guards;
  if (early_return_) return guards;
  for (const AxisState& axis : nest.axes) {
    if (axis.role != Role::kRoot || axis.plan.Tile() == 1 || axis.plan.items > 1) continue;
    if (axis.plan.vector > 1 && &axis != lane_axis) continue;
    if (IsWhole(axis)) continue;
    guards.push_back(axis.base + " < " + axis.extent_text);
  }
  return guards;
}

// Whether a loop that ends at `bound` ends with a whole vector, given conditions that the launcher
// checks.
bool KernelWriter::EndsWithVector(ExprId bound, uint32_t vector) {
  if (vector == 1) return true;
  const Linear linear = ToLinear(program_, bound);
  if (!linear.ok) return false;
  std::vector<ExprId> parts{linear.rest};
  for (const LinearTerm& term : linear.terms) parts.push_back(term.coefficient);
  std::vector<std::string> conditions;
  for (const ExprId part : parts) {
    if (part.valid() && !IsDivisible(part, vector, &conditions)) return false;
  }
  for (const std::string& condition : conditions) AddCondition(condition);
  return true;
}

// The pragma before the innermost loop of a nest, where one was asked for.
void KernelWriter::UnrollLoop(const NestState& nest, const AxisState& axis) {
  if (nest.plan->unroll == 0) return;
  const AxisState* innermost = nullptr;
  for (const AxisState& other : nest.axes) {
    if (other.role != Role::kRoot && !other.covering) innermost = &other;
  }
  if (innermost == &axis) code_.Line(Format("#pragma unroll {}", nest.plan->unroll));
}

// Opens the loop over the chunks of an axis that the grid does not cover. Conjuncts that bound the
// axis are taken out of `guards`.
void KernelWriter::OpenChunkLoop(NestState& nest, AxisState& axis, std::vector<ExprId>* guards) {
  const uint32_t tile = axis.plan.Tile();
  const std::string thread = axis.Thread();
  const ExprId node = program_.AxisExpr(axis.axis);
  if (axis.covering) {
    axis.base = thread.empty() ? "0" : thread;
    if (axis.plan.items == 1) {
      axis.base = scope_.Unique(axis.name);
      code_.Line(Format("const int {} = {};", axis.base, thread.empty() ? "0" : thread));
    }
    names_[node] = axis.base;
    return;
  }
  std::string end = axis.extent_text;
  if (!axis.uniform) {
    std::set<AxisId> known;
    for (const AxisState& other : nest.axes) {
      if (other.Elements() == 1 && !other.base.empty()) known.insert(other.axis);
    }
    for (auto it = guards->begin(); it != guards->end();) {
      const ExprId bound = BoundFrom(program_, *it, axis, known);
      if (!bound.valid() || !EndsWithVector(bound, axis.plan.vector)) {
        ++it;
        continue;
      }
      const std::string name = scope_.Unique(axis.name + "_end");
      code_.Line(Format("const int {} = min({}, {});", name, end, Text(bound)));
      end = name;
      axis.bounded = true;
      it = guards->erase(it);
    }
    axis.extent_text = end;
  }
  const std::string step = tile == 1 ? "" : Constant("k" + CamelCase(axis.name) + "Tile", tile);
  const auto loop = [&](const std::string& var, const std::string& start) {
    UnrollLoop(nest, axis);
    code_.Open(Format("for (int {0} = {1}; {0} < {2}; {3})", var, start, end,
                      tile == 1 ? "++" + var : Format("{} += {}", var, step)));
  };
  if (axis.uniform && tile > 1) {
    axis.tile = axis.name + "_tile";
    loop(axis.tile, "0");
    axis.base = axis.tile;
    if (!thread.empty()) {
      axis.base = axis.plan.items == 1 ? axis.name : axis.name + "_base";
      code_.Line(Format("const int {} = {};", axis.base, SumText(axis.tile, thread)));
    }
  } else {
    axis.base = axis.plan.items == 1 ? axis.name : axis.name + "_base";
    if (tile == 1) axis.tile = axis.base;
    loop(axis.base, thread.empty() ? "0" : thread);
  }
  names_[node] = axis.base;
}

// Opens loops over the items of the axes and sets each axis' index, element and local position.
// Returns the number of scopes opened; adds what must hold for the point to exist.
int KernelWriter::OpenItemLoops(NestState& nest, const std::vector<AxisState*>& axes,
                                AxisState* lane_axis, bool include_pending,
                                std::vector<std::string>* conditions) {
  int opened = 0;
  size_t loops = 0;
  for (const AxisState* axis : axes) {
    loops += axis->plan.items > 1 || (axis->plan.vector > 1 && axis != lane_axis) ? 1 : 0;
  }
  for (AxisState* axis : axes) {
    const uint32_t stride = axis->Stride();
    const bool lanes = axis == lane_axis;
    const uint32_t count = lanes ? axis->plan.items : axis->Elements();
    const std::string thread = axis->Thread();
    if (count == 1) {
      axis->index = axis->base;
      axis->element = "0";
      axis->local = thread.empty() ? "0" : thread;
    } else {
      const std::string item = loops == 1 ? "item" : axis->name + "_item";
      const std::string k = Constant(
          "k" + CamelCase(axis->name) + (lanes && axis->plan.vector > 1 ? "Vectors" : "Items"),
          count);
      code_.Unroll();
      code_.Open(Format("for (int {0} = 0; {0} < {1}; ++{0})", item, k));
      ++opened;
      std::string offset = stride == 1 ? item : Format("{} * {}", item, stride);
      if (!lanes && axis->plan.vector > 1) {
        offset = Format("{0} / {1} * {2} + {0} % {1}", item, axis->plan.vector, stride);
      }
      std::string index = axis->name;
      if (axis->base == index) index = axis->name + "_at";
      code_.Line(Format("const int {} = {};", index, SumText(axis->base, offset)));
      axis->index = index;
      axis->element = item;
      axis->local = SumText(thread, offset);
    }
    const bool bounded_by_loop = axis->role != Role::kRoot && !axis->covering &&
                                 (!axis->uniform || axis->plan.Tile() == 1) && count == 1;
    const bool bounded_by_root = axis->role == Role::kRoot && axis->plan.items == 1 &&
                                 (count == 1 || axis->plan.Tile() == 1) &&
                                 (early_return_ || !include_pending || axis->plan.Tile() == 1);
    if (!bounded_by_loop && !bounded_by_root && !IsWhole(*axis)) {
      conditions->push_back(axis->index + " < " + axis->extent_text);
    }
  }
  (void)nest;
  return opened;
}

std::string KernelWriter::StagedText(const NestState& nest, const StagedTile& tile,
                                     AxisState* lane_axis, uint32_t lane) const {
  std::string text = tile.name;
  for (const AxisId dim : tile.dims) {
    for (const AxisState& axis : nest.axes) {
      if (axis.axis != dim) continue;
      std::string local = axis.local;
      if (&axis == lane_axis && lane > 0) local = SumText(local, Format("{}", lane));
      text += "[" + local + "]";
    }
  }
  return text;
}

}  // namespace ws::nest
