// Streaming nests: every thread walks over its points and evaluates the expression there.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {

// Text of the nest's value of type `to`; shared subexpressions become variables before it.
std::string KernelWriter::ValueText(NestState& nest, Names names, ir::Type to) {
  const ExprId value = nest.nest->value;
  NameSet local = scope_;
  for (const ExprId node : FindShared(program_, value, names_).nodes) {
    const std::string name = local.Unique("t");
    code_.Line(Format("const {} {} = {};", TypeName(program_.expr(node).type), name,
                      ToText(program_, node, names)));
    names[node] = name;
  }
  return ConvertText(program_.expr(value).type, to, ToText(program_, value, names));
}

// Evaluates the nest at the current point, or at the lanes of the current vector.
Status KernelWriter::WritePoint(NestState& nest, AxisState* lane_axis) {
  const Nest& n = *nest.nest;
  const uint32_t lanes = lane_axis == nullptr ? 1 : lane_axis->plan.vector;
  point_scope_ = scope_;
  NameSet& local = point_scope_;
  std::vector<Names> names;
  for (uint32_t lane = 0; lane < lanes; ++lane) names.push_back(PointNames(nest, lane_axis, lane));

  for (const LoadInfo& load : nest.loads) {
    const uint32_t b = load.access.buffer.index;
    const Buffer& buffer = program_.buffers[b];
    const std::string index = ToText(program_, load.access.index, names[0]);
    const auto kept = kept_.find(b);
    if (kept != kept_.end()) {
      KeptRow& row = kept->second;
      const VectorType vector = VectorOf(buffer.type, lanes);
      const bool in_registers = row.place == Place::kRegisters;
      AxisState* inner = nullptr;
      for (AxisState& axis : nest.axes) {
        if (axis.role != Role::kRoot) inner = &axis;
      }
      if (lanes == 1) {
        const std::string slot =
            Format("{}[{}]", row.name, in_registers ? inner->element : inner->index);
        if (!row.filled) code_.Line(Format("{} = {}[{}];", slot, buffer.name, index));
        names[0][load.node] = slot;
      } else {
        std::vector<std::string> conditions;
        if (!CanVectorise(load.access, *lane_axis, &conditions)) {
          return Error{Format("{} is kept in vectors but is not contiguous", buffer.name)};
        }
        for (const std::string& condition : conditions) AddCondition(condition);
        std::string carrier = local.Unique(buffer.name + Format("{}", lanes));
        if (vector.packed_halves) helpers_.NeedPackedHalves();
        for (uint32_t i = 0; i < vector.count; ++i) {
          const std::string source =
              Format("*reinterpret_cast<const {}*>(&{}[{}])", vector.name, buffer.name,
                     SumText(index, Format("{}", i * vector.per_carrier)));
          const std::string at =
              in_registers ? Format("{}[{}]", row.name,
                                    vector.count == 1
                                        ? inner->element
                                        : SumText(Format("{} * {}", inner->element, vector.count),
                                                  Format("{}", i)))
                           : Format("*reinterpret_cast<{}*>(&{}[{}])", vector.name, row.name,
                                    SumText(inner->index, Format("{}", i * vector.per_carrier)));
          const std::string piece = CarrierText(vector, carrier, i);
          if (!row.filled) {
            code_.Line(Format("const {} {} = {};", vector.name, piece, source));
            code_.Line(Format("{} = {};", at, piece));
          } else {
            code_.Line(Format("const {} {} = {};", vector.name, piece, at));
          }
        }
        for (uint32_t lane = 0; lane < lanes; ++lane) {
          names[lane][load.node] = LaneText(vector, carrier, lane);
        }
      }
      continue;
    }
    const auto temp = temps_.find(b);
    if (temp != temps_.end()) {
      for (uint32_t lane = 0; lane < lanes; ++lane) {
        names[lane][load.node] = TempText(temp->second, nest, lane_axis, lane);
      }
      continue;
    }
    const auto staged = staged_.find(b);
    if (staged != staged_.end()) {
      for (uint32_t lane = 0; lane < lanes; ++lane) {
        names[lane][load.node] = StagedText(nest, staged->second, lane_axis, lane);
      }
      continue;
    }
    if (lanes == 1 || !load.always) continue;
    std::vector<std::string> conditions;
    if (CanVectorise(load.access, *lane_axis, &conditions)) {
      for (const std::string& condition : conditions) AddCondition(condition);
      const VectorType vector = VectorOf(buffer.type, lanes);
      if (vector.packed_halves) helpers_.NeedPackedHalves();
      const std::string carrier = local.Unique(buffer.name + Format("{}", lanes));
      for (uint32_t i = 0; i < vector.count; ++i) {
        code_.Line(Format("const {0} {1} = *reinterpret_cast<const {0}*>(&{2}[{3}]);", vector.name,
                          CarrierText(vector, carrier, i), buffer.name,
                          SumText(index, i == 0 ? "" : Format("{}", i * vector.per_carrier))));
      }
      for (uint32_t lane = 0; lane < lanes; ++lane) {
        names[lane][load.node] = LaneText(vector, carrier, lane);
      }
    } else if (!load.access.DependsOn(lane_axis->axis)) {
      const std::string name = local.Unique(buffer.name + "_value");
      code_.Line(Format("const {} {} = {}[{}];", TypeName(buffer.type), name, buffer.name, index));
      for (uint32_t lane = 0; lane < lanes; ++lane) names[lane][load.node] = name;
    }
  }
  const bool reduces = n.reduction != Reduction::kNone;
  const ir::Type to = reduces ? n.accumulate : program_.buffers[n.out.index].type;

  std::vector<std::string> values;
  const SharedNodes shared = FindShared(program_, n.value, names_);
  const bool all_always = std::all_of(nest.loads.begin(), nest.loads.end(),
                                      [](const LoadInfo& load) { return load.always; });
  if (lanes == 1) {
    for (const ExprId load : shared.repeated_loads) {
      if (names[0].count(load) > 0) continue;
      const std::string& buffer = program_.buffers[program_.expr(load).index].name;
      const std::string name = local.Unique(buffer + "_value");
      code_.Line(Format("const {} {} = {};", TypeName(program_.expr(load).type), name,
                        ToText(program_, load, names[0])));
      names[0][load] = name;
    }
    values.push_back(ValueText(nest, names[0], to));
  } else if (all_always && (shared.operations > 3 || !shared.nodes.empty())) {
    // The expression becomes a function of one point.
    const std::string wish = reduces ? CamelCase(program_.buffers[n.out.index].name) + "Term"
                                     : CamelCase(request_.function_name);
    std::vector<std::pair<ExprId, std::string>> parameters;
    Names inside;
    NameSet function_scope;
    std::string list;
    const auto add = [&](ExprId node, const std::string& wish, std::string_view type) {
      const std::string name = function_scope.Unique(wish);
      inside[node] = name;
      parameters.emplace_back(node, name);
      list += Format("{}{} {}", list.empty() ? "" : ", ", type, name);
    };
    for (const LoadInfo& load : nest.loads) {
      const auto& used = shared.loads;
      if (std::find(used.begin(), used.end(), load.node) == used.end()) continue;
      const Buffer& buffer = program_.buffers[load.access.buffer.index];
      add(load.node, buffer.name, TypeName(buffer.type));
    }
    for (const ExprId hoisted : shared.named) {
      add(hoisted, names_.at(hoisted), TypeName(program_.expr(hoisted).type));
    }
    for (const ExprId leaf : shared.leaves) {
      const Expr& e = program_.expr(leaf);
      if (e.kind == ExprKind::kSize) {
        add(leaf, program_.parameters[e.index].name, program_.parameters[e.index].type_text);
      } else {
        add(leaf, program_.axes[e.index].name, "int");
      }
    }
    Code body(0);
    body.Open(Format("__device__ __forceinline__ {} @({})", TypeName(to), list));
    for (const ExprId node : shared.nodes) {
      const std::string name = function_scope.Unique("t");
      body.Line(Format("const {} {} = {};", TypeName(program_.expr(node).type), name,
                       ToText(program_, node, inside)));
      inside[node] = name;
    }
    body.Line(Format("return {};", ConvertText(program_.expr(n.value).type, to,
                                               ToText(program_, n.value, inside))));
    body.Close();
    body.Blank();
    const std::string function = helpers_.Add(wish, body.text());
    for (uint32_t lane = 0; lane < lanes; ++lane) {
      std::string arguments;
      for (const auto& [node, name] : parameters) {
        arguments += (arguments.empty() ? "" : ", ") + ToText(program_, node, names[lane]);
      }
      values.push_back(Format("{}({})", function, arguments));
    }
  } else {
    for (uint32_t lane = 0; lane < lanes; ++lane) {
      values.push_back(
          ConvertText(program_.expr(n.value).type, to, ToText(program_, n.value, names[lane])));
    }
  }
  if (!reduces) return StoreValues(nest, lane_axis, values);
  const bool lanes_share = lane_axis != nullptr && lane_axis->role == Role::kReduced;
  for (uint32_t lane = 0; lane < lanes; ++lane) {
    const std::string acc = AccumulatorText(nest, lanes_share ? nullptr : lane_axis, lane);
    code_.Line(CombineStatement(n.reduction, n.accumulate, acc, values[lane]));
  }
  return Ok();
}

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
  Names names = PointNames(nest, nullptr, 0);
  for (const LoadInfo& load : nest.loads) {
    const auto temp = temps_.find(load.access.buffer.index);
    if (temp != temps_.end()) names[load.node] = TempText(temp->second, nest, nullptr, 0);
  }
  for (const ExprId id : found) {
    const std::string wish =
        roots_.axes.empty() ? std::string("common") : root_states_.back().name + "_term";
    const std::string name = scope_.Unique(wish);
    code_.Line(Format("const {} {} = {};", TypeName(program_.expr(id).type), name,
                      ToText(program_, id, names)));
    names_[id] = name;
  }
}

Status KernelWriter::WriteStreaming(NestState& nest) {
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

  HoistInvariants(nest);

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
    DeclareAccumulator(nest);
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
  TRY_OK(WritePoint(nest, lane_axis));
  for (int i = 0; i < scopes; ++i) code_.Close();
  if (staged && inner_scopes + reduced_scopes > 0) code_.Line("__syncthreads();");
  for (int i = 0; i < reduced_scopes; ++i) code_.Close();
  if (reduces) {
    TRY_OK(CombineThreads(nest));
    TRY_OK(WriteResult(nest));
  }
  for (int i = 0; i < inner_scopes + outer_scopes; ++i) code_.Close();
  for (const LoadInfo& load : nest.loads) {
    const auto kept = kept_.find(load.access.buffer.index);
    if (kept != kept_.end()) kept->second.filled = true;
  }
  const auto kept_out = kept_.find(n.out.index);
  if (kept_out != kept_.end()) kept_out->second.filled = true;
  return Ok();
}

}  // namespace ws::nest
