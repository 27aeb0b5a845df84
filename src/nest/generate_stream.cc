// Streaming nests: every thread walks over its points and evaluates the expression there.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {

// Parts of the value that are the same at all points of the nest's loops become variables before
// them: what is made of sizes and of temporaries in registers.
void KernelWriter::HoistInvariants(NestState& nest) {
  const bool loops = std::any_of(nest.axes.begin(), nest.axes.end(),
                                 [](const AxisState& axis) { return axis.role != Role::kRoot; });
  const bool tile = std::any_of(nest.axes.begin(), nest.axes.end(), [](const AxisState& axis) {
    return axis.role == Role::kRoot && axis.Elements() > 1;
  });
  if (!loops || tile) return;
  const std::set<ExprId> always = AlwaysEvaluated(program_, nest.nest->value);
  std::set<ExprId> invariant;
  std::set<ExprId> seen;
  std::vector<ExprId> found;
  const std::function<bool(ExprId)> visit = [&](ExprId id) {
    if (seen.count(id) > 0) return invariant.count(id) > 0;
    seen.insert(id);
    const Expr e = program_.expr(id);
    bool same = true;
    if (e.kind == ExprKind::kAxis) same = false;
    if (e.kind == ExprKind::kLoad) {
      same = temps_.count(e.index) > 0;
    } else {
      for (const ExprId arg : e.args) same = visit(arg) && same;
    }
    if (same) {
      invariant.insert(id);
      return true;
    }
    for (const ExprId arg : e.args) {
      const Expr& part = program_.expr(arg);
      const bool work = part.kind == ExprKind::kBinary || part.kind == ExprKind::kCall ||
                        part.kind == ExprKind::kSelect;
      if (e.kind != ExprKind::kLoad && invariant.count(arg) > 0 && work && always.count(arg) > 0 &&
          std::find(found.begin(), found.end(), arg) == found.end()) {
        found.push_back(arg);
      }
    }
    return false;
  };
  visit(nest.nest->value);
  const Names names = PointNames(nest, nullptr, 0);
  for (const ExprId id : found) {
    const std::string wish =
        roots_.axes.empty() ? std::string("common") : root_states_.back().name + "_term";
    const std::string name = scope_.Unique(wish);
    code_.Line(Format("const {} {} = {};", TypeName(program_.expr(id).type), name,
                      ToText(program_, id, names)));
    names_[id] = name;
  }
}

// Writes a nest and those that run in its loops.
Status KernelWriter::WriteStreaming(NestState& nest, const std::vector<NestState*>& joined) {
  const Nest& n = *nest.nest;
  const bool reduces = n.reduction != Reduction::kNone;
  const bool staged = !nest.plan->stages.empty();
  AxisState* lane_axis = LaneAxis(nest);
  for (AxisState& axis : nest.axes) {
    if (&axis != lane_axis && axis.plan.vector > 1 && axis.role != Role::kRoot) {
      return Error{"a nest with vectors along two loops"};
    }
    axis.uniform = staged && axis.role != Role::kRoot;
  }
  std::vector<ExprId> guards = Conjuncts(program_, n.guard);
  const std::vector<std::string> pending = PendingRootGuards(nest, lane_axis);
  std::vector<AxisState*> inner;
  std::vector<AxisState*> reduced;
  std::vector<AxisState*> root;
  for (AxisState& axis : nest.axes) {
    (axis.role == Role::kRoot    ? root
     : axis.role == Role::kInner ? inner
                                 : reduced)
        .push_back(&axis);
  }

  // A value over root points alone that lives in a register.
  const auto temp = temps_.find(n.out.index);
  bool plain_loads = false;
  for (const LoadInfo& load : nest.loads)
    plain_loads = plain_loads || !IsOnChip(load.access.buffer);
  const bool root_temp = !reduces && temp != temps_.end();
  // Evaluated by every thread, in range or not, because that does no harm.
  const bool unguarded = root_temp && !plain_loads && guards.empty() && !StoresToMemory(nest);
  const bool guarded_roots = !pending.empty() && !unguarded;
  declare_temp_ = false;
  if (root_temp) {
    std::string dims;
    for (const AxisState* axis : root) {
      if (axis->Elements() > 1) dims += Format("[{}]", axis->Elements());
    }
    declare_temp_ = dims.empty() && !guarded_roots;
    if (!declare_temp_) {
      code_.Line(Format("{} {}{}{};", TypeName(temp->second.type), temp->second.name, dims,
                        dims.empty() ? " = 0" : ""));
    }
  }

  TRY_OK(OpenPrivate(nest));
  HoistInvariants(nest);
  bool relative = false;
  for (NestState* other : joined) {
    relative = relative || other->online || other->chosen;
    if (!other->online && !other->chosen) HoistInvariants(*other);
  }
  FindSharedLoads(nest, joined);

  int outer_scopes = 0;
  const auto open_pending = [&] {
    if (staged || !guarded_roots) return 0;
    code_.Open(Format("if ({})", AndText(pending)));
    return 1;
  };
  if (!reduces) outer_scopes += open_pending();
  int inner_scopes = 0;
  for (AxisState* axis : inner) {
    OpenChunkLoop(nest, *axis, &guards);
    inner_scopes += axis->covering ? 0 : 1;
  }
  int reduced_scopes = 0;
  if (reduces) {
    DeclareAccumulator(nest, relative ? StartOfExtremum(nest, joined) : "");
    for (NestState* other : joined) {
      other->axes = nest.axes;
      DeclareAccumulator(*other, "");
    }
    reduced_scopes += open_pending();
    for (AxisState* axis : reduced) {
      OpenChunkLoop(nest, *axis, &guards);
      reduced_scopes += axis->covering ? 0 : 1;
    }
  }
  if (staged) {
    if (nest.plan->buffers != 1) return Error{"two buffers without a loop over tiles"};
    TRY(const std::vector<StageWork> works, PrepareStages(nest));
    for (const StageWork& work : works) WriteStage(nest, work);
    code_.Line("__syncthreads();");
  }

  std::vector<AxisState*> order = reduced;
  order.insert(order.end(), inner.begin(), inner.end());
  order.insert(order.end(), root.begin(), root.end());
  if (lane_axis != nullptr) {
    order.erase(std::find(order.begin(), order.end(), lane_axis));
    order.push_back(lane_axis);
  }
  std::vector<std::string> conditions;
  int scopes = OpenItemLoops(nest, order, lane_axis, staged, &conditions);
  for (const ExprId conjunct : guards) {
    if (lane_axis != nullptr && HasAxis(program_, conjunct, lane_axis->axis)) {
      return Error{"a guard along a vector"};
    }
    conditions.push_back(ToText(program_, conjunct, PointNames(nest, lane_axis, 0)));
  }
  if (unguarded) conditions.clear();
  if (!conditions.empty()) {
    for (std::string& condition : conditions) {
      if (condition.find("||") != std::string::npos || condition.find('?') != std::string::npos) {
        condition = "(" + condition + ")";
      }
    }
    code_.Open(Format("if ({})", AndText(conditions)));
    ++scopes;
  }
  TRY_OK(WritePoints(nest, joined, lane_axis));
  for (int i = 0; i < scopes; ++i) code_.Close();
  if (staged && inner_scopes + reduced_scopes > 0) code_.Line("__syncthreads();");
  for (int i = 0; i < reduced_scopes; ++i) code_.Close();
  if (reduces) {
    TRY_OK(WriteResults(nest, joined));
  }
  for (int i = 0; i < inner_scopes + outer_scopes; ++i) code_.Close();
  ClosePrivate(nest);
  std::vector<const NestState*> all(joined.begin(), joined.end());
  all.push_back(&nest);
  for (const NestState* state : all) {
    for (const LoadInfo& load : state->loads) {
      const auto kept = kept_.find(load.access.buffer.index);
      if (kept != kept_.end()) kept->second.filled = true;
    }
  }
  const auto kept_out = kept_.find(n.out.index);
  if (kept_out != kept_.end()) kept_out->second.filled = true;
  return Ok();
}

}  // namespace ws::nest
