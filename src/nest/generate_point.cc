// The value of a nest at one point, or at the lanes of a vector.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {

// Text of the nest's value of type `to`; shared subexpressions become variables before it.
std::string KernelWriter::ValueText(NestState& nest, Names names, ir::Type to) {
  const ExprId value = nest.nest->value;
  for (const ExprId node : FindShared(program_, value, names_).nodes) {
    const std::string name = point_scope_->Unique("t");
    code_.Line(Format("const {} {} = {};", TypeName(program_.expr(node).type), name,
                      ToText(program_, node, names)));
    names[node] = name;
  }
  return ConvertText(program_.expr(value).type, to, ToText(program_, value, names));
}

// An element of a row kept on the chip: loaded where it is used for the first time.
Status KernelWriter::NameKept(NestState& nest, const LoadInfo& load, AxisState* lane_axis,
                              std::vector<Names>* names) {
  const Buffer& buffer = program_.buffers[load.access.buffer.index];
  const KeptRow& row = kept_.at(load.access.buffer.index);
  const std::string index = ToText(program_, load.access.index, (*names)[0]);
  const auto lanes = static_cast<uint32_t>(names->size());
  const bool in_registers = row.place == Place::kRegisters;
  AxisState* inner = nullptr;
  for (AxisState& axis : nest.axes) {
    if (axis.role != Role::kRoot) inner = &axis;
  }
  if (lanes == 1) {
    const std::string slot =
        Format("{}[{}]", row.name, in_registers ? inner->element : inner->index);
    if (!row.filled) code_.Line(Format("{} = {}[{}];", slot, buffer.name, index));
    (*names)[0][load.node] = slot;
    return Ok();
  }
  const VectorType vector = VectorOf(buffer.type, lanes);
  std::vector<std::string> conditions;
  if (!CanVectorise(load.access, *lane_axis, &conditions)) {
    return Error{Format("{} is kept in vectors but is not contiguous", buffer.name)};
  }
  for (const std::string& condition : conditions) AddCondition(condition);
  const std::string carrier = point_scope_->Unique(buffer.name + Format("{}", lanes));
  if (vector.packed_halves) helpers_.NeedPackedHalves();
  for (uint32_t i = 0; i < vector.count; ++i) {
    const std::string source =
        Format("*reinterpret_cast<const {}*>(&{}[{}])", vector.name, buffer.name,
               SumText(index, Format("{}", i * vector.per_carrier)));
    std::string slot = Format("{}[{}]", row.name, inner->element);
    if (!in_registers) {
      slot = Format("*reinterpret_cast<{}*>(&{}[{}])", vector.name, row.name,
                    SumText(inner->index, Format("{}", i * vector.per_carrier)));
    } else if (vector.count > 1) {
      slot = Format("{}[{}]", row.name,
                    SumText(Format("{} * {}", inner->element, vector.count), Format("{}", i)));
    }
    const std::string piece = CarrierText(vector, carrier, i);
    if (!row.filled) {
      code_.Line(Format("const {} {} = {};", vector.name, piece, source));
      code_.Line(Format("{} = {};", slot, piece));
    } else {
      code_.Line(Format("const {} {} = {};", vector.name, piece, slot));
    }
  }
  for (uint32_t lane = 0; lane < lanes; ++lane) {
    (*names)[lane][load.node] = LaneText(vector, carrier, lane);
  }
  return Ok();
}

// Names what the nest reads at the present point: elements on the chip, vectors, elements that
// several nests or lanes share.
Status KernelWriter::NameLoads(NestState& nest, AxisState* lane_axis, std::vector<Names>* names) {
  const auto lanes = static_cast<uint32_t>(names->size());
  const auto remember = [&](ExprId node) {
    std::vector<std::string> texts;
    for (const Names& of_lane : *names) texts.push_back(of_lane.at(node));
    point_values_[node] = std::move(texts);
  };
  for (const LoadInfo& load : nest.loads) {
    const uint32_t b = load.access.buffer.index;
    const Buffer& buffer = program_.buffers[b];
    const auto known = point_values_.find(load.node);
    if (known != point_values_.end()) {
      for (uint32_t lane = 0; lane < lanes; ++lane) (*names)[lane][load.node] = known->second[lane];
      continue;
    }
    if (kept_.count(b) > 0) {
      TRY_OK(NameKept(nest, load, lane_axis, names));
      remember(load.node);
      continue;
    }
    if (temps_.count(b) > 0) continue;  // PointNames has it
    const auto staged = staged_.find(b);
    if (staged != staged_.end()) {
      for (uint32_t lane = 0; lane < lanes; ++lane) {
        (*names)[lane][staged->second.node] = StagedText(nest, staged->second, lane_axis, lane);
      }
      continue;
    }
    if (!load.always) continue;
    const std::string index = ToText(program_, load.access.index, (*names)[0]);
    const std::string element = Format("{}[{}]", buffer.name, index);
    if (lanes == 1) {
      if (shared_loads_.count(load.node) == 0) continue;
      const std::string name = point_scope_->Unique(buffer.name + "_value");
      code_.Line(Format("const {} {} = {};", TypeName(buffer.type), name, element));
      (*names)[0][load.node] = name;
      remember(load.node);
      continue;
    }
    std::vector<std::string> conditions;
    if (CanVectorise(load.access, *lane_axis, &conditions)) {
      for (const std::string& condition : conditions) AddCondition(condition);
      const VectorType vector = VectorOf(buffer.type, lanes);
      if (vector.packed_halves) helpers_.NeedPackedHalves();
      const std::string carrier = point_scope_->Unique(buffer.name + Format("{}", lanes));
      for (uint32_t i = 0; i < vector.count; ++i) {
        code_.Line(Format("const {0} {1} = *reinterpret_cast<const {0}*>(&{2}[{3}]);", vector.name,
                          CarrierText(vector, carrier, i), buffer.name,
                          SumText(index, i == 0 ? "" : Format("{}", i * vector.per_carrier))));
      }
      for (uint32_t lane = 0; lane < lanes; ++lane) {
        (*names)[lane][load.node] = LaneText(vector, carrier, lane);
      }
      remember(load.node);
    } else if (!load.access.DependsOn(lane_axis->axis)) {
      const std::string name = point_scope_->Unique(buffer.name + "_value");
      code_.Line(Format("const {} {} = {};", TypeName(buffer.type), name, element));
      for (uint32_t lane = 0; lane < lanes; ++lane) (*names)[lane][load.node] = name;
      remember(load.node);
    }
  }
  return Ok();
}

// The nest's value as a device function of what differs from point to point; sets the nodes that
// its parameters stand for.
std::string KernelWriter::ValueFunction(const NestState& nest, const SharedNodes& shared,
                                        ir::Type to, std::vector<ExprId>* parameters) {
  const Nest& n = *nest.nest;
  const std::string wish = n.reduction != Reduction::kNone
                               ? CamelCase(program_.buffers[n.out.index].name) + "Term"
                               : CamelCase(request_.function_name);
  Names inside;
  NameSet function_scope;
  std::string list;
  const auto add = [&](ExprId node, const std::string& name_wish, std::string_view type) {
    const std::string name = function_scope.Unique(name_wish);
    inside[node] = name;
    parameters->push_back(node);
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
  return helpers_.Add(wish, body.text());
}

// Text of the nest's value at each lane.
std::vector<std::string> KernelWriter::LaneValues(NestState& nest,
                                                  const std::vector<Names>& names) {
  const Nest& n = *nest.nest;
  const bool reduces = n.reduction != Reduction::kNone;
  const ir::Type to = reduces ? n.accumulate : program_.buffers[n.out.index].type;
  const SharedNodes shared = FindShared(program_, n.value, names_);
  if (names.size() == 1) {
    Names single = names[0];
    for (const ExprId load : shared.repeated_loads) {
      if (single.count(load) > 0) continue;
      const std::string& buffer = program_.buffers[program_.expr(load).index].name;
      const std::string name = point_scope_->Unique(buffer + "_value");
      code_.Line(Format("const {} {} = {};", TypeName(program_.expr(load).type), name,
                        ToText(program_, load, single)));
      single[load] = name;
    }
    return {ValueText(nest, single, to)};
  }
  std::vector<std::string> values;
  const bool all_always = std::all_of(nest.loads.begin(), nest.loads.end(),
                                      [](const LoadInfo& load) { return load.always; });
  if (all_always && (shared.operations > 3 || !shared.nodes.empty())) {
    std::vector<ExprId> parameters;
    const std::string function = ValueFunction(nest, shared, to, &parameters);
    for (const Names& of_lane : names) {
      std::string arguments;
      for (const ExprId node : parameters) {
        arguments += (arguments.empty() ? "" : ", ") + ToText(program_, node, of_lane);
      }
      values.push_back(Format("{}({})", function, arguments));
    }
    return values;
  }
  for (const Names& of_lane : names) {
    values.push_back(
        ConvertText(program_.expr(n.value).type, to, ToText(program_, n.value, of_lane)));
  }
  return values;
}

// Evaluates the nest at the current point, or at the lanes of the current vector.
Status KernelWriter::WritePoint(NestState& nest, AxisState* lane_axis) {
  const Nest& n = *nest.nest;
  const uint32_t lanes = lane_axis == nullptr ? 1 : lane_axis->plan.vector;
  std::vector<Names> names;
  for (uint32_t lane = 0; lane < lanes; ++lane) names.push_back(PointNames(nest, lane_axis, lane));
  TRY_OK(NameLoads(nest, lane_axis, &names));
  const std::vector<std::string> values = LaneValues(nest, names);
  if (n.reduction == Reduction::kNone) return StoreValues(nest, lane_axis, values);
  const bool lanes_share = lane_axis != nullptr && lane_axis->role == Role::kReduced;
  for (uint32_t lane = 0; lane < lanes; ++lane) {
    const std::string acc = AccumulatorText(nest, lanes_share ? nullptr : lane_axis, lane);
    code_.Line(CombineStatement(n.reduction, n.accumulate, acc, values[lane]));
  }
  return Ok();
}

// What several nests of a loop read at every point is loaded once.
void KernelWriter::FindSharedLoads(const NestState& nest, const std::vector<NestState*>& joined) {
  shared_loads_.clear();
  std::vector<const NestState*> all(joined.begin(), joined.end());
  all.push_back(&nest);
  std::map<ExprId, int> uses;
  for (const NestState* state : all) {
    for (const LoadInfo& load : state->loads) uses[load.node] += load.always ? 1 : 0;
  }
  for (const auto& [node, count] : uses) {
    if (count > 1) shared_loads_.insert(node);
  }
}

// Begins the names of a point. Points in the kernel's outermost braces share these, others have
// braces of their own.
void KernelWriter::EnterPoint() {
  inner_scope_ = scope_;
  point_scope_ = code_.depth() == 1 ? &scope_ : &inner_scope_;
}

// The nest at the current point, then those that run in its loops.
Status KernelWriter::WritePoints(NestState& nest, const std::vector<NestState*>& joined,
                                 AxisState* lane_axis) {
  EnterPoint();
  point_values_.clear();
  std::vector<NestState*> relative;
  for (NestState* other : joined) {
    other->axes = nest.axes;
    if (other->online || other->chosen) relative.push_back(other);
  }
  if (relative.empty()) {
    TRY_OK(WritePoint(nest, lane_axis));
  } else {
    TRY_OK(WriteOnlinePoint(nest, relative, lane_axis));
  }
  for (NestState* other : joined) {
    if (other->online || other->chosen) continue;
    AxisState* own_lanes = lane_axis == nullptr
                               ? nullptr
                               : &other->axes[static_cast<size_t>(lane_axis - nest.axes.data())];
    TRY_OK(WritePoint(*other, own_lanes));
  }
  return Ok();
}

// Threads combine what they found, and the results go where they belong.
Status KernelWriter::WriteResults(NestState& nest, const std::vector<NestState*>& joined) {
  std::vector<NestState*> relative;
  for (NestState* other : joined) {
    other->axes = nest.axes;
    if (other->online || other->chosen) relative.push_back(other);
  }
  if (relative.empty()) {
    TRY_OK(CombineThreads(nest));
  } else {
    TRY_OK(CombineOnline(nest, relative));
  }
  for (NestState* other : joined) {
    if (!other->online && !other->chosen) TRY_OK(CombineThreads(*other));
  }
  TRY_OK(WriteResult(nest));
  for (NestState* other : joined) TRY_OK(WriteResult(*other));
  return Ok();
}

}  // namespace ws::nest
