// Where the values of a nest go: registers, kept rows, memory.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {

// Whether the nest's values go to memory; a later nest of the kernel may overwrite them, and
// nothing but registers may need them.
bool KernelWriter::StoresToMemory(const NestState& nest) const {
  const uint32_t b = nest.store.buffer.index;
  if (!IsOnChip(nest.store.buffer)) return true;
  return InMemory(b) && last_write_.at(b) == static_cast<size_t>(&nest - nests_.data());
}

// Threads of a dimension that no parallel axis uses compute the same; one of them writes.
std::vector<std::string> KernelWriter::ThreadGuards(const NestState& nest) const {
  bool bound_x = threads_x_ == 1;
  bool bound_y = threads_y_ == 1;
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kReduced) continue;
    bound_x = bound_x || axis.plan.thread == Dim::kX;
    bound_y = bound_y || axis.plan.thread == Dim::kY;
  }
  std::vector<std::string> guards;
  if (!bound_x) guards.emplace_back("threadIdx.x == 0");
  if (!bound_y) guards.emplace_back("threadIdx.y == 0");
  return guards;
}

bool KernelWriter::IsReadLater(const NestState& nest, uint32_t buffer) const {
  for (size_t n = static_cast<size_t>(&nest - nests_.data()) + 1; n < nests_.size(); ++n) {
    for (const LoadInfo& load : nests_[n].loads) {
      if (load.access.buffer.index == buffer) return true;
    }
  }
  return false;
}

// Writes the values of the current point, or of the lanes of a vector, where the nest puts them.
Status KernelWriter::StoreValues(NestState& nest, AxisState* lane_axis,
                                 const std::vector<std::string>& values) {
  const uint32_t b = nest.store.buffer.index;
  const Buffer& buffer = program_.buffers[b];
  const auto lanes = static_cast<uint32_t>(values.size());
  const auto temp = temps_.find(b);
  if (temp != temps_.end() && nest.nest->reduction == Reduction::kNone) {
    const std::string type =
        declare_temp_ ? Format("const {} ", TypeName(temp->second.type)) : std::string();
    for (uint32_t lane = 0; lane < lanes; ++lane) {
      const std::string variable = TempText(temp->second, nest, lane_axis, lane);
      code_.Line(Format("{}{} = {};", type, variable, values[lane]));
    }
  }
  const auto kept = kept_.find(b);
  const bool to_memory = StoresToMemory(nest);

  const bool reduces = nest.nest->reduction != Reduction::kNone;
  const std::vector<std::string> guards =
      reduces ? std::vector<std::string>() : ThreadGuards(nest);  // else around all of it
  const bool to_kept = kept != kept_.end() && IsReadLater(nest, b);

  NameSet& local = *point_scope_;
  const Names names = PointNames(nest, lane_axis, 0);
  const std::string index = ToText(program_, nest.store.index, names);
  std::vector<std::string> conditions;
  const bool vectors =
      lane_axis != nullptr && lanes > 1 && CanVectorise(nest.store, *lane_axis, &conditions);
  AxisState* inner = nullptr;
  for (AxisState& axis : nest.axes) {
    if (axis.role == Role::kInner) inner = &axis;
  }
  if (kept != kept_.end() && lanes > 1 && !vectors) {
    return Error{Format("{} is kept in vectors but is not contiguous", buffer.name)};
  }
  const auto guard_open = [&] {
    if (!guards.empty() && to_memory) code_.Open(Format("if ({})", AndText(guards)));
  };
  const auto guard_close = [&] {
    if (!guards.empty() && to_memory) code_.Close();
  };
  if (vectors && (to_memory || to_kept)) {
    for (const std::string& condition : conditions) AddCondition(condition);
    const VectorType vector = VectorOf(buffer.type, lanes);
    if (vector.packed_halves) helpers_.NeedPackedHalves();
    const std::string carrier = local.Unique(buffer.name + Format("{}", lanes));
    guard_open();
    for (uint32_t i = 0; i < vector.count; ++i) {
      const std::string piece = CarrierText(vector, carrier, i);
      code_.Line(Format("{} {};", vector.name, piece));
      const std::vector<std::string> part(values.begin() + i * vector.per_carrier,
                                          values.begin() + (i + 1) * vector.per_carrier);
      for (const std::string& line : PackLines(vector, piece, part)) code_.Line(line);
      const std::string offset = i == 0 ? "" : Format("{}", i * vector.per_carrier);
      if (to_kept) {
        const KeptRow& row = kept->second;
        const std::string at =
            row.place == Place::kRegisters
                ? Format("{}[{}]", row.name,
                         vector.count == 1
                             ? inner->element
                             : SumText(Format("{} * {}", inner->element, vector.count),
                                       offset.empty() ? "" : Format("{}", i)))
                : Format("*reinterpret_cast<{}*>(&{}[{}])", vector.name, row.name,
                         SumText(inner->index, offset));
        code_.Line(Format("{} = {};", at, piece));
      }
      if (to_memory) {
        code_.Line(Format("*reinterpret_cast<{}*>(&{}[{}]) = {};", vector.name, buffer.name,
                          SumText(index, offset), piece));
      }
    }
    guard_close();
    return Ok();
  }
  if (to_kept) {
    const KeptRow& row = kept->second;
    const std::string slot =
        Format("{}[{}]", row.name, row.place == Place::kRegisters ? inner->element : inner->index);
    code_.Line(Format("{} = {};", slot, values[0]));
    if (to_memory) {
      guard_open();
      code_.Line(Format("{}[{}] = {};", buffer.name, index, slot));
      guard_close();
    }
    return Ok();
  }
  if (!to_memory) return Ok();
  guard_open();
  for (uint32_t lane = 0; lane < lanes; ++lane) {
    if (nest.nest->update != Reduction::kNone) {
      WriteUpdate(nest, lane_axis, lane, values[lane]);
      continue;
    }
    const std::string at = ToText(program_, nest.store.index, LaneNames(nest, lane_axis, lane));
    const std::string value =
        temp != temps_.end() ? TempText(temp->second, nest, lane_axis, lane) : values[lane];
    code_.Line(Format("{}[{}] = {};", buffer.name, at, value));
  }
  guard_close();
  return Ok();
}

// After a reduction: the result goes to its variable and to memory.
Status KernelWriter::WriteResult(NestState& nest) {
  const Nest& n = *nest.nest;
  const uint32_t b = n.out.index;
  const Buffer& buffer = program_.buffers[b];
  const auto temp = temps_.find(b);
  const bool identity = IsIdentity(program_, n.reduction, n.accumulate, n.init);
  std::vector<AxisState*> parallel;
  for (AxisState& axis : nest.axes) {
    if (axis.role != Role::kReduced) parallel.push_back(&axis);
  }
  AxisState* lane_axis = nullptr;
  for (AxisState* axis : parallel) {
    std::vector<std::string> unused;
    if (axis->plan.vector > 1 && nest.store.contiguous == axis->axis &&
        CanVectorise(nest.store, *axis, &unused)) {
      lane_axis = axis;
    }
  }
  const bool has_array = std::any_of(parallel.begin(), parallel.end(),
                                     [](const AxisState* a) { return a->Elements() > 1; });
  const bool init_loads = !identity && HasLoad(program_, n.init);
  const auto result_text = [&](AxisState* lanes, uint32_t lane) {
    std::string text = AccumulatorText(nest, lanes, lane);
    if (!identity) {
      const std::string init = ConvertText(program_.expr(n.init).type, n.accumulate,
                                           ToText(program_, n.init, PointNames(nest, lanes, lane)));
      const bool sum = init.find(' ') != std::string::npos;
      text = CombineText(n.reduction, n.accumulate, sum ? "(" + init + ")" : init, text);
    }
    return ConvertText(n.accumulate, buffer.type, text);
  };
  const bool to_memory = StoresToMemory(nest);

  if (temp != temps_.end() && temp->second.name != nest.accumulator) {
    if (!has_array && !init_loads) {
      std::vector<std::string> unused;
      OpenItemLoops(nest, parallel, nullptr, false, &unused);
      code_.Line(Format("const {} {} = {};", TypeName(buffer.type), temp->second.name,
                        result_text(nullptr, 0)));
    } else {
      std::string dims;
      for (const AxisState* axis : parallel) {
        if (axis->Elements() > 1) dims += Format("[{}]", axis->Elements());
      }
      code_.Line(Format("{} {}{};", TypeName(buffer.type), temp->second.name, dims));
      std::vector<std::string> conditions;
      int scopes = OpenItemLoops(nest, parallel, nullptr, true, &conditions);
      const bool guarded = init_loads && !conditions.empty();
      if (guarded) code_.Open(Format("if ({})", AndText(conditions)));
      scopes += guarded ? 1 : 0;
      code_.Line(
          Format("{} = {};", TempText(temp->second, nest, nullptr, 0), result_text(nullptr, 0)));
      for (int i = 0; i < scopes; ++i) code_.Close();
    }
  }
  if (!to_memory) return Ok();
  std::vector<std::string> conditions;
  int scopes = OpenItemLoops(nest, parallel, lane_axis, true, &conditions);
  for (const ExprId conjunct : Conjuncts(program_, n.guard)) {
    const bool reduced = std::any_of(n.reduced.begin(), n.reduced.end(),
                                     [&](AxisId a) { return HasAxis(program_, conjunct, a); });
    if (!reduced) conditions.push_back(ToText(program_, conjunct, PointNames(nest, nullptr, 0)));
  }
  for (const std::string& guard : ThreadGuards(nest)) conditions.push_back(guard);
  if (!conditions.empty()) {
    code_.Open(Format("if ({})", AndText(conditions)));
    ++scopes;
  }
  EnterPoint();
  std::vector<std::string> values;
  const uint32_t lanes = lane_axis == nullptr ? 1 : lane_axis->plan.vector;
  for (uint32_t lane = 0; lane < lanes; ++lane) {
    values.push_back(temp != temps_.end() ? TempText(temp->second, nest, lane_axis, lane)
                                          : result_text(lane_axis, lane));
  }
  TRY_OK(StoreValues(nest, lane_axis, values));
  for (int i = 0; i < scopes; ++i) code_.Close();
  return Ok();
}

}  // namespace ws::nest
