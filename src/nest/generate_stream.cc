// Streaming nests: every thread walks over its points and evaluates the expression there.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {
namespace {

std::string Joined(const std::vector<std::string>& conditions) {
  return Format("{}", Join(conditions, " && "));
}

std::string Sum(const std::string& a, const std::string& b) {
  if (a.empty() || a == "0") return b.empty() ? "0" : b;
  return b.empty() || b == "0" ? a : a + " + " + b;
}

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
                                                         AxisState* lane_axis) const {
  std::vector<std::string> guards;
  if (early_return_) return guards;
  for (const AxisState& axis : nest.axes) {
    if (axis.role != Role::kRoot || axis.plan.Tile() == 1 || axis.plan.items > 1) continue;
    if (axis.plan.vector > 1 && &axis != lane_axis) continue;
    guards.push_back(axis.base + " < " + axis.extent_text);
  }
  return guards;
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
      if (!bound.valid()) {
        ++it;
        continue;
      }
      const std::string name = scope_.Unique(axis.name + "_end");
      code_.Line(Format("const int {} = min({}, {});", name, end, Text(bound)));
      end = name;
      it = guards->erase(it);
    }
    axis.extent_text = end;
  }
  const std::string step = tile == 1 ? "" : Constant("k" + CamelCase(axis.name) + "Tile", tile);
  const auto loop = [&](const std::string& var, const std::string& start) {
    code_.Open(Format("for (int {0} = {1}; {0} < {2}; {3})", var, start, end,
                      tile == 1 ? "++" + var : Format("{} += {}", var, step)));
  };
  if (axis.uniform && tile > 1) {
    axis.tile = axis.name + "_tile";
    loop(axis.tile, "0");
    axis.base = axis.tile;
    if (!thread.empty()) {
      axis.base = axis.plan.items == 1 ? axis.name : axis.name + "_base";
      code_.Line(Format("const int {} = {};", axis.base, Sum(axis.tile, thread)));
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
      code_.Line(Format("const int {} = {};", index, Sum(axis->base, offset)));
      axis->index = index;
      axis->element = item;
      axis->local = Sum(thread, offset);
    }
    const bool bounded_by_loop = axis->role != Role::kRoot && !axis->covering &&
                                 (!axis->uniform || axis->plan.Tile() == 1) && count == 1;
    const bool bounded_by_root = axis->role == Role::kRoot && axis->plan.items == 1 &&
                                 (count == 1 || axis->plan.Tile() == 1) &&
                                 (early_return_ || !include_pending || axis->plan.Tile() == 1);
    if (!bounded_by_loop && !bounded_by_root) {
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
      if (&axis == lane_axis && lane > 0) local = Sum(local, Format("{}", lane));
      text += "[" + local + "]";
    }
  }
  return text;
}

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
                     Sum(index, Format("{}", i * vector.per_carrier)));
          const std::string at =
              in_registers
                  ? Format("{}[{}]", row.name,
                           vector.count == 1 ? inner->element
                                             : Sum(Format("{} * {}", inner->element, vector.count),
                                                   Format("{}", i)))
                  : Format("*reinterpret_cast<{}*>(&{}[{}])", vector.name, row.name,
                           Sum(inner->index, Format("{}", i * vector.per_carrier)));
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
                          Sum(index, i == 0 ? "" : Format("{}", i * vector.per_carrier))));
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

  NameSet& local = point_scope_;
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
    if (!guards.empty() && to_memory) code_.Open(Format("if ({})", Joined(guards)));
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
                         vector.count == 1 ? inner->element
                                           : Sum(Format("{} * {}", inner->element, vector.count),
                                                 offset.empty() ? "" : Format("{}", i)))
                : Format("*reinterpret_cast<{}*>(&{}[{}])", vector.name, row.name,
                         Sum(inner->index, offset));
        code_.Line(Format("{} = {};", at, piece));
      }
      if (to_memory) {
        code_.Line(Format("*reinterpret_cast<{}*>(&{}[{}]) = {};", vector.name, buffer.name,
                          Sum(index, offset), piece));
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
    const std::string at = ToText(program_, nest.store.index, PointNames(nest, lane_axis, lane));
    const bool from_temp = temp != temps_.end();
    code_.Line(Format("{}[{}] = {};", buffer.name, at,
                      from_temp ? TempText(temp->second, nest, lane_axis, lane) : values[lane]));
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

  if (temp != temps_.end() && temp->second.name != accumulator_) {
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
      if (guarded) code_.Open(Format("if ({})", Joined(conditions)));
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
    code_.Open(Format("if ({})", Joined(conditions)));
    ++scopes;
  }
  point_scope_ = scope_;
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
    code_.Open(Format("if ({})", Joined(pending)));
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
  if (staged) TRY_OK(WriteStages(nest));

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
    code_.Open(Format("if ({})", Joined(conditions)));
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
