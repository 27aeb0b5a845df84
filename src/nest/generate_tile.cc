// Tiled nests: tiles of the operands in shared memory, fragments and accumulators in registers.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {
namespace {

std::string Product(const std::string& a, uint32_t b) {
  return b == 1 ? a : Format("{} * {}", a, b);
}

bool IsProduct(const Program& program, ExprId id, std::set<ExprId>* loads) {
  const Expr& e = program.expr(id);
  switch (e.kind) {
    case ExprKind::kLoad:
      loads->insert(id);
      return true;
    case ExprKind::kCast:
      return IsProduct(program, e.args[0], loads);
    case ExprKind::kBinary:
      return e.op == ExprOp::kMul && IsProduct(program, e.args[0], loads) &&
             IsProduct(program, e.args[1], loads);
    case ExprKind::kCall:
      return e.name == "__half2float" && IsProduct(program, e.args[0], loads);
    case ExprKind::kInt:
    case ExprKind::kFloat:
    case ExprKind::kSize:
      return true;
    case ExprKind::kAxis:
    case ExprKind::kUnary:
    case ExprKind::kSelect:
      return false;
  }
  return false;
}

std::string ZeroVector(const VectorType& vector) {
  const std::string name = vector.name;
  if (name == "unsigned") return "0";
  const uint32_t components = vector.packed_halves ? vector.per_carrier / 2 : vector.per_carrier;
  std::string zeros;
  const char* zero = name.starts_with("float") || name.starts_with("double") ? "0.0f" : "0";
  for (uint32_t i = 0; i < components; ++i) zeros += (i > 0 ? ", " : "") + std::string(zero);
  return Format("make_{}({})", name, zeros);
}

std::string ZeroOf(ir::Type type) {
  if (type == ir::Type::kF16) return "__float2half(0.0f)";
  if (type == ir::Type::kBF16) return "__float2bfloat16(0.0f)";
  if (type == ir::Type::kF32) return "0.0f";
  if (type == ir::Type::kF64) return "0.0";
  return "0";
}

}  // namespace

// Whether points beyond the extents may be added up because their loads are filled with zeros.
bool KernelWriter::IsZeroFillSafe(const NestState& nest) const {
  if (nest.nest->reduction != Reduction::kSum || nest.nest->guard.valid()) return false;
  std::set<ExprId> loads;
  if (!IsProduct(program_, nest.nest->value, &loads) || loads.empty()) return false;
  for (const LoadInfo& load : nest.loads) {
    for (const AxisState& axis : nest.axes) {
      if (axis.role == Role::kReduced && axis.plan.Tile() > 1 &&
          !load.access.DependsOn(axis.axis)) {
        return false;
      }
    }
  }
  return true;
}

Status KernelWriter::WriteStages(NestState& nest) {
  for (const Stage& stage : nest.plan->stages) {
    const LoadInfo* found = nullptr;
    for (const LoadInfo& load : nest.loads) {
      if (load.access.buffer != stage.buffer) continue;
      if (found != nullptr) {
        return Error{Format("{} is read at two indices and cannot be staged",
                            program_.buffers[stage.buffer.index].name)};
      }
      found = &load;
    }
    if (found == nullptr || IsOnChip(stage.buffer)) {
      return Error{Format("{} has nothing to stage", program_.buffers[stage.buffer.index].name)};
    }
    TRY_OK(WriteStage(nest, stage, *found));
  }
  code_.Line("__syncthreads();");
  return Ok();
}

// The block's threads load one tile together, neighbouring threads along the contiguous axis.
Status KernelWriter::WriteStage(NestState& nest, const Stage& stage, const LoadInfo& load) {
  const Buffer& buffer = program_.buffers[stage.buffer.index];
  if (!load.always || !load.access.linear.ok) {
    return Error{
        Format("{} is read under a condition or at an index that is not affine; it cannot "
               "be staged",
               buffer.name)};
  }
  StagedTile tile;
  std::vector<AxisState*> dims;
  for (AxisState& axis : nest.axes) {
    if (axis.plan.Tile() == 1 || !load.access.DependsOn(axis.axis)) continue;
    if (axis.axis != stage.inner) dims.push_back(&axis);
  }
  AxisState* inner = nest.Find(stage.inner);
  if (inner == nullptr || inner->plan.Tile() == 1 || !load.access.DependsOn(stage.inner)) {
    return Error{Format("the tile of {} has no extent along its innermost axis", buffer.name)};
  }
  dims.push_back(inner);
  for (const ExprId conjunct : Conjuncts(program_, nest.nest->guard)) {
    for (const AxisState& axis : nest.axes) {
      if (axis.plan.Tile() > 1 && HasAxis(program_, conjunct, axis.axis) &&
          !load.access.DependsOn(axis.axis)) {
        return Error{Format("a guard stands against staging {}", buffer.name)};
      }
    }
  }

  const std::string type(TypeName(buffer.type));
  tile.name = scope_.Unique(buffer.name + "_tile");
  tile.vector = 1;
  std::string extents;
  uint32_t elements = 1;
  uint32_t stored = 1;
  for (const AxisState* axis : dims) {
    const uint32_t tile_extent = axis->plan.Tile();
    const uint32_t padded = tile_extent + (axis == inner ? stage.pad : 0);
    const std::string k = Constant("k" + CamelCase(axis->name) + "Tile", tile_extent);
    extents +=
        axis == inner && stage.pad > 0 ? Format("[{} + {}]", k, stage.pad) : Format("[{}]", k);
    elements *= tile_extent;
    stored *= padded;
    tile.dims.push_back(axis->axis);
  }
  result_.shared_bytes += stored * ir::BytesOf(buffer.type);
  // Vector accesses to the tile's rows must be aligned.
  const bool aligned_rows = (inner->plan.Tile() + stage.pad) * ir::BytesOf(buffer.type) % 16 == 0;
  if (aligned_rows) tile.vector = 16 / ir::BytesOf(buffer.type);
  shared_.push_back(Format("__shared__ {}{} {}{};", aligned_rows ? "__align__(16) " : "", type,
                           tile.name, extents));

  // Flat order of the block's loads: the axis that is contiguous in memory fastest.
  AxisState* fastest = inner;
  for (AxisState* axis : dims) {
    if (axis->axis == load.access.contiguous) fastest = axis;
  }
  std::vector<AxisState*> flat;
  for (AxisState* axis : dims) {
    if (axis != fastest) flat.push_back(axis);
  }
  flat.push_back(fastest);

  uint32_t v = stage.vector;
  VectorType vector;
  if (v > 1) {
    AxisState probe = *fastest;
    probe.plan.vector = v;
    std::vector<std::string> conditions;
    if (!CanVectorise(load.access, probe, &conditions) || fastest->plan.Tile() % v != 0) {
      return Error{Format("{} cannot be loaded in vectors of {}", buffer.name, v)};
    }
    vector = VectorOf(buffer.type, v);
    if (vector.count != 1) return Error{Format("vectors of {} {}", v, type)};
    for (const std::string& condition : conditions) AddCondition(condition);
    AddCondition(Format("{} % {} == 0", HostText(fastest->extent), v));
    if (vector.packed_halves) helpers_.NeedPackedHalves();
  }

  const uint32_t threads = threads_x_ * threads_y_;
  const uint32_t loads = elements / v;
  if (thread_.empty()) {
    thread_ = scope_.Unique("thread");
    thread_line_ = threads_y_ > 1 ? Format("const int {} = threadIdx.y * {} + threadIdx.x;",
                                           thread_, threads_x_)
                                  : Format("const int {} = threadIdx.x;", thread_);
  }
  NameSet local = scope_;
  const std::string at = local.Unique("at");
  // Every thread takes the same number of steps, so that the loop can be unrolled.
  const uint32_t steps = (loads + threads - 1) / threads;
  if (steps > 1) {
    code_.Unroll();
    code_.Open(Format("for (int step = 0; step < {}; ++step)", steps));
    code_.Line(
        Format("const int {} = {} + step * {};", at, thread_, Constant("kThreads", threads)));
  } else {
    code_.Open("");
    code_.Line(Format("const int {} = {};", at, thread_));
  }
  const bool partial = loads % threads != 0;
  if (partial) code_.Open(Format("if ({} < {})", at, loads));
  Names names = names_;
  std::vector<std::string> conditions;
  std::map<const AxisState*, std::string> local_of;
  uint32_t below = loads;
  for (size_t i = 0; i < flat.size(); ++i) {
    AxisState* axis = flat[i];
    const uint32_t count = axis == fastest ? axis->plan.Tile() / v : axis->plan.Tile();
    below /= count;
    std::string text = below == 1 ? at : Format("{} / {}", at, below);
    if (i > 0) text += Format(" % {}", count);
    if (axis == fastest && v > 1) text += Format(" * {}", v);
    const std::string name = local.Unique(axis->name + "_in");
    code_.Line(Format("const int {} = {};", name, text));
    local_of[axis] = name;
    names[program_.AxisExpr(axis->axis)] = SumText(axis->tile, name);
    conditions.push_back(Format("{} < {}", SumText(axis->tile, name), axis->extent_text));
  }
  for (const ExprId conjunct : Conjuncts(program_, nest.nest->guard)) {
    conditions.push_back("(" + ToText(program_, conjunct, names) + ")");
  }
  for (const AxisState& axis : nest.axes) {
    // Root axes that the tile does not span but the block does.
    if (axis.role == Role::kRoot && axis.plan.Tile() > 1) continue;
    if (axis.plan.Tile() == 1) names[program_.AxisExpr(axis.axis)] = axis.base;
  }
  const std::string index = ToText(program_, load.access.index, names);
  const std::string condition = Format("{}", Join(conditions, " && "));
  std::string slot = tile.name;
  std::vector<std::string> slots(v, tile.name);
  for (const AxisState* axis : dims) {
    slot += "[" + local_of[axis] + "]";
    for (uint32_t lane = 0; lane < v; ++lane) {
      slots[lane] +=
          "[" +
          (axis == fastest && lane > 0 ? Format("{} + {}", local_of[axis], lane) : local_of[axis]) +
          "]";
    }
  }
  if (v == 1) {
    code_.Line(
        Format("{} = {} ? {}[{}] : {};", slot, condition, buffer.name, index, ZeroOf(buffer.type)));
  } else {
    const std::string carrier = local.Unique(buffer.name + Format("{}", v));
    code_.Line(Format("{} {} = {};", vector.name, carrier, ZeroVector(vector)));
    code_.Open(Format("if ({})", condition));
    code_.Line(Format("{} = *reinterpret_cast<const {}*>(&{}[{}]);", carrier, vector.name,
                      buffer.name, index));
    code_.Close();
    const bool whole = fastest == inner && aligned_rows;
    if (whole) {
      code_.Line(Format("*reinterpret_cast<{}*>(&{}) = {};", vector.name, slot, carrier));
    } else {
      for (uint32_t lane = 0; lane < v; ++lane) {
        code_.Line(Format("{} = {};", slots[lane], LaneText(vector, carrier, lane)));
      }
    }
  }
  if (partial) code_.Close();
  code_.Close();
  staged_[stage.buffer.index] = tile;
  return Ok();
}

// Loads the elements of one operand that the thread uses at the current reduced point.
Status KernelWriter::WriteFragment(NestState& nest, const LoadInfo& load, Names* names) {
  const Buffer& buffer = program_.buffers[load.access.buffer.index];
  std::vector<AxisState*> dims;
  for (AxisState& axis : nest.axes) {
    if (axis.role == Role::kRoot && axis.Elements() > 1 && load.access.DependsOn(axis.axis)) {
      dims.push_back(&axis);
    }
  }
  const auto staged = staged_.find(load.access.buffer.index);
  const bool in_shared = staged != staged_.end();
  const std::string name = scope_.Unique(buffer.name + "_frag");
  std::string extents;
  for (const AxisState* axis : dims) {
    extents += Format("[{}]", Constant("k" + CamelCase(axis->name) + "Items", axis->Elements()));
  }
  // Fragments along the tile's contiguous axis are read in vectors.
  const bool vectors = in_shared && dims.size() == 1 && dims[0]->plan.vector > 1 &&
                       staged->second.dims.back() == dims[0]->axis && staged->second.vector > 1 &&
                       staged->second.vector % dims[0]->plan.vector == 0;
  code_.Line(Format("{} {}{};", TypeName(buffer.type), name, extents));
  if (vectors) {
    AxisState& axis = *dims[0];
    const uint32_t v = axis.plan.vector;
    const VectorType vector = VectorOf(buffer.type, v);
    const std::string thread = axis.Thread();
    const bool loop = axis.plan.items > 1;
    if (loop) {
      code_.Unroll();
      code_.Open(Format("for (int i = 0; i < {}; ++i)", axis.plan.items));
    }
    axis.local = SumText(thread, loop ? Product("i", axis.Stride()) : "");
    const std::string carrier = scope_.Unique(buffer.name + Format("{}", v));
    code_.Line(Format("const {0} {1} = *reinterpret_cast<const {0}*>(&{2});", vector.name, carrier,
                      StagedText(nest, staged->second, nullptr, 0)));
    if (vector.packed_halves) helpers_.NeedPackedHalves();
    for (uint32_t lane = 0; lane < v; ++lane) {
      const std::string element =
          loop ? SumText(Product("i", v), Format("{}", lane)) : Format("{}", lane);
      code_.Line(Format("{}[{}] = {};", name, element, LaneText(vector, carrier, lane)));
    }
    if (loop) code_.Close();
    (*names)[load.node] = name + "[" + dims[0]->name + "_item]";
    return Ok();
  }
  std::string suffix;
  std::vector<std::string> conditions;
  for (AxisState* axis : dims) {
    const std::string item = axis->name + "_item";
    code_.Unroll();
    code_.Open(Format("for (int {0} = 0; {0} < {1}; ++{0})", item,
                      Constant("k" + CamelCase(axis->name) + "Items", axis->Elements())));
    const uint32_t v = axis->plan.vector;
    const std::string offset = v == 1
                                   ? Product(item, axis->Stride())
                                   : Format("{0} / {1} * {2} + {0} % {1}", item, v, axis->Stride());
    axis->local = SumText(axis->Thread(), offset);
    axis->index = SumText(axis->base, offset);
    conditions.push_back(axis->index + " < " + axis->extent_text);
    suffix += "[" + item + "]";
  }
  if (in_shared) {
    code_.Line(Format("{}{} = {};", name, suffix, StagedText(nest, staged->second, nullptr, 0)));
  } else {
    Names point = PointNames(nest, nullptr, 0);
    for (const AxisState& axis : nest.axes) {
      const bool single = axis.role == Role::kRoot && axis.Elements() == 1;
      if (single && axis.plan.Tile() > 1 && load.access.DependsOn(axis.axis)) {
        conditions.push_back(axis.base + " < " + axis.extent_text);
      }
      if (axis.role == Role::kReduced && axis.plan.Tile() > 1 && load.access.DependsOn(axis.axis)) {
        conditions.push_back(axis.index + " < " + axis.extent_text);
      }
    }
    const std::string source =
        Format("{}[{}]", buffer.name, ToText(program_, load.access.index, point));
    code_.Line(conditions.empty()
                   ? Format("{}{} = {};", name, suffix, source)
                   : Format("{}{} = {} ? {} : {};", name, suffix,
                            Format("{}", Join(conditions, " && ")), source, ZeroOf(buffer.type)));
  }
  for (size_t i = 0; i < dims.size(); ++i) code_.Close();
  (*names)[load.node] = name + suffix;
  return Ok();
}

Status KernelWriter::WriteTiled(NestState& nest) {
  const Nest& n = *nest.nest;
  const bool staged = !nest.plan->stages.empty();
  std::vector<AxisState*> roots;
  std::vector<AxisState*> reduced;
  for (AxisState& axis : nest.axes) {
    if (axis.role == Role::kInner) {
      return Error{"register tiles in a nest with loops over parallel axes"};
    }
    if (axis.role == Role::kReduced && axis.plan.threads > 1) {
      return Error{"register tiles in a nest that threads reduce together"};
    }
    axis.uniform = axis.role == Role::kReduced;
    (axis.role == Role::kRoot ? roots : reduced).push_back(&axis);
  }
  for (const LoadInfo& load : nest.loads) {
    if (!load.always) return Error{"register tiles in a nest with conditional loads"};
    if (kept_.count(load.access.buffer.index) > 0) return Error{"a kept row in a register tile"};
  }
  DeclareAccumulator(nest);
  const bool zero_fill = IsZeroFillSafe(nest);
  std::vector<ExprId> guards;
  int scopes = 0;
  for (AxisState* axis : reduced) {
    OpenChunkLoop(nest, *axis, &guards);
    ++scopes;
  }
  if (staged) TRY_OK(WriteStages(nest));
  int inner_scopes = 0;
  for (AxisState* axis : reduced) {
    const uint32_t tile = axis->plan.Tile();
    axis->index = axis->base;
    axis->local = "0";
    if (tile == 1) continue;
    const std::string k = Constant("k" + CamelCase(axis->name) + "Tile", tile);
    std::string end = k;
    if (!zero_fill) {
      end = scope_.Unique(axis->name + "_count");
      code_.Line(Format("const int {} = min({}, {} - {});", end, k, axis->extent_text, axis->tile));
    }
    const std::string var = axis->name + "_in";
    code_.Unroll();
    code_.Open(Format("for (int {0} = 0; {0} < {1}; ++{0})", var, end));
    ++inner_scopes;
    axis->local = var;
    axis->index = SumText(axis->tile, var);
    names_[program_.AxisExpr(axis->axis)] = axis->index;
  }
  for (AxisState* axis : roots) {
    axis->index = axis->base;
    axis->local = axis->Thread().empty() ? "0" : axis->Thread();
  }
  Names loads;
  for (const LoadInfo& load : nest.loads) {
    const auto temp = temps_.find(load.access.buffer.index);
    if (temp == temps_.end()) TRY_OK(WriteFragment(nest, load, &loads));
  }
  // The outer product of the fragments.
  int tile_scopes = 0;
  for (AxisState* axis : roots) {
    axis->index = axis->base;
    axis->element = "0";
    axis->local = axis->Thread().empty() ? "0" : axis->Thread();
    if (axis->Elements() == 1) continue;
    const std::string item = axis->name + "_item";
    code_.Unroll();
    code_.Open(Format("for (int {0} = 0; {0} < {1}; ++{0})", item,
                      Constant("k" + CamelCase(axis->name) + "Items", axis->Elements())));
    ++tile_scopes;
    const uint32_t v = axis->plan.vector;
    const std::string offset = v == 1
                                   ? Product(item, axis->Stride())
                                   : Format("{0} / {1} * {2} + {0} % {1}", item, v, axis->Stride());
    axis->element = item;
    axis->index = SumText(axis->base, offset);
  }
  Names names = PointNames(nest, nullptr, 0);
  for (const auto& [node, text] : loads) names[node] = text;
  for (const LoadInfo& load : nest.loads) {
    const auto temp = temps_.find(load.access.buffer.index);
    if (temp != temps_.end()) names[load.node] = TempText(temp->second, nest, nullptr, 0);
  }
  if (n.guard.valid()) {
    code_.Open(Format("if ({})", ToText(program_, n.guard, names)));
    ++tile_scopes;
  }
  const std::string value = ValueText(nest, names, n.accumulate);
  code_.Line(CombineStatement(n.reduction, n.accumulate, AccumulatorText(nest, nullptr, 0), value));
  for (int i = 0; i < tile_scopes + inner_scopes; ++i) code_.Close();
  if (staged && scopes > 0) code_.Line("__syncthreads();");
  for (int i = 0; i < scopes; ++i) code_.Close();
  return WriteResult(nest);
}

}  // namespace ws::nest
