// Tiles in shared memory that the block's threads fill together, neighbouring threads along the
// axis that is contiguous in memory. With two buffers the next tile is loaded into registers before
// the present one is used and stored after that, so that the loads' latency is hidden and a turn
// needs one barrier.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {
namespace {

std::string ZeroVector(const VectorType& vector) {
  const std::string name = vector.name;
  if (name == "unsigned") return "0";
  const uint32_t components = vector.packed_halves ? vector.per_carrier / 2 : vector.per_carrier;
  std::string zeros;
  const char* zero = name.starts_with("float") || name.starts_with("double") ? "0.0f" : "0";
  for (uint32_t i = 0; i < components; ++i) zeros += (i > 0 ? ", " : "") + std::string(zero);
  return Format("make_{}({})", name, zeros);
}

}  // namespace

Result<std::vector<StageWork>> KernelWriter::PrepareStages(NestState& nest) {
  std::vector<StageWork> works;
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
    TRY(StageWork work, PrepareStage(nest, stage, *found));
    staged_[stage.buffer.index] = work.tile;
    works.push_back(std::move(work));
  }
  return works;
}

// Lays out one tile and declares it.
Result<StageWork> KernelWriter::PrepareStage(NestState& nest, const Stage& stage,
                                             const LoadInfo& load) {
  const Buffer& buffer = program_.buffers[stage.buffer.index];
  if (!load.always || !load.access.linear.ok) {
    return Error{
        Format("{} is read under a condition or at an index that is not affine; it cannot "
               "be staged",
               buffer.name)};
  }
  StageWork work{.load = &load};
  for (AxisState& axis : nest.axes) {
    if (axis.plan.Tile() == 1 || !load.access.DependsOn(axis.axis)) continue;
    if (axis.axis != stage.inner) work.dims.push_back(&axis);
  }
  AxisState* inner = nest.Find(stage.inner);
  if (inner == nullptr || inner->plan.Tile() == 1 || !load.access.DependsOn(stage.inner)) {
    return Error{Format("the tile of {} has no extent along its innermost axis", buffer.name)};
  }
  work.dims.push_back(inner);
  StagedTile& tile = work.tile;
  tile.node = nest.tiled ? AsUsed(program_, *nest.nest, load.node) : load.node;
  tile.type = program_.expr(tile.node).type;
  const std::string type(TypeName(tile.type));
  tile.name = scope_.Unique(buffer.name + "_tile");
  std::string extents = nest.plan->buffers == 2 ? "[2]" : "";
  uint32_t elements = 1;
  uint32_t stored = nest.plan->buffers;
  for (const AxisState* axis : work.dims) {
    const uint32_t tile_extent = axis->plan.Tile();
    const uint32_t padded = tile_extent + (axis == inner ? stage.pad : 0);
    const std::string k = Constant("k" + CamelCase(axis->name) + "Tile", tile_extent);
    extents +=
        axis == inner && stage.pad > 0 ? Format("[{} + {}]", k, stage.pad) : Format("[{}]", k);
    elements *= tile_extent;
    stored *= padded;
    tile.dims.push_back(axis->axis);
  }
  result_.shared_bytes += stored * ir::BytesOf(tile.type);
  // Vector accesses to the tile's rows must be aligned.
  work.aligned_rows = (inner->plan.Tile() + stage.pad) * ir::BytesOf(tile.type) % 16 == 0;
  if (work.aligned_rows) tile.vector = 16 / ir::BytesOf(tile.type);
  shared_.push_back(Format("__shared__ {}{} {}{};", work.aligned_rows ? "__align__(16) " : "", type,
                           tile.name, extents));

  AxisState* fastest = inner;
  for (AxisState* axis : work.dims) {
    if (axis->axis == load.access.contiguous) fastest = axis;
  }
  for (AxisState* axis : work.dims) {
    if (axis != fastest) work.flat.push_back(axis);
  }
  work.flat.push_back(fastest);

  work.v = stage.vector;
  if (work.v > 1) {
    AxisState probe = *fastest;
    probe.plan.vector = work.v;
    std::vector<std::string> conditions;
    if (!CanVectorise(load.access, probe, &conditions) || fastest->plan.Tile() % work.v != 0) {
      return Error{Format("{} cannot be loaded in vectors of {}", buffer.name, work.v)};
    }
    work.vector = VectorOf(buffer.type, work.v);
    if (work.vector.count != 1)
      return Error{Format("vectors of {} {}", work.v, TypeName(buffer.type))};
    for (const std::string& condition : conditions) AddCondition(condition);
    AddCondition(Format("{} % {} == 0", HostText(fastest->extent), work.v));
    if (work.vector.packed_halves) helpers_.NeedPackedHalves();
  }

  const uint32_t threads = threads_x_ * threads_y_;
  work.loads = elements / work.v;
  work.steps = (work.loads + threads - 1) / threads;
  work.partial = work.loads % threads != 0;
  NeedThread();
  return work;
}

// Opens the loop over a thread's rounds and names where in the tile the thread is (`places`, by
// axis). With `guard`, threads without work in the last round are left out. Returns the number of
// scopes opened.
int KernelWriter::OpenStage(const StageWork& work, Names* places, NameSet* local, bool guard) {
  const std::string at = local->Unique("at");
  // Every thread takes the same number of steps, so that the loop can be unrolled.
  if (work.steps > 1) {
    code_.Unroll();
    code_.Open(Format("for (int step = 0; step < {}; ++step)", work.steps));
    code_.Line(Format("const int {} = {} + step * {};", at, thread_,
                      Constant("kThreads", threads_x_ * threads_y_)));
  } else {
    code_.Open("");
    code_.Line(Format("const int {} = {};", at, thread_));
  }
  int scopes = 1;
  if (guard && work.partial) {
    code_.Open(Format("if ({} < {})", at, work.loads));
    ++scopes;
  }
  uint32_t below = work.loads;
  for (size_t i = 0; i < work.flat.size(); ++i) {
    AxisState* axis = work.flat[i];
    const bool fastest = i + 1 == work.flat.size();
    const uint32_t count = fastest ? axis->plan.Tile() / work.v : axis->plan.Tile();
    below /= count;
    std::string text = below == 1 ? at : Format("{} / {}", at, below);
    if (i > 0) text += Format(" % {}", count);
    if (fastest && work.v > 1) text += Format(" * {}", work.v);
    const std::string name = local->Unique(axis->name + "_in");
    code_.Line(Format("const int {} = {};", name, text));
    (*places)[program_.AxisExpr(axis->axis)] = name;
  }
  return scopes;
}

// What must hold for the element to exist; sets what the load's index is made of. `chunk` is where
// the tile begins along reduced axes; empty: where their loop stands.
std::string KernelWriter::StageCondition(const NestState& nest, const StageWork& work,
                                         const Names& places, const std::string& chunk,
                                         Names* names) {
  *names = names_;
  std::vector<std::string> conditions;
  for (const AxisState* axis : work.flat) {
    const ExprId node = program_.AxisExpr(axis->axis);
    const bool moves = axis->role == Role::kReduced && !chunk.empty();
    const std::string index = SumText(moves ? chunk : axis->tile, places.at(node));
    (*names)[node] = index;
    // Before the loop, its first turn is taken for granted.
    if (moves && chunk == "0" && request_.plan.whole) {
      AddCondition(HostText(program_.Binary(ExprOp::kGt, axis->extent, program_.Int(0))));
    }
    if (!IsWhole(*axis)) conditions.push_back(Format("{} < {}", index, axis->extent_text));
  }
  for (const ExprId conjunct : Conjuncts(program_, nest.nest->guard)) {
    // What a tile's element is used for at some points alone is loaded for all of them.
    const bool known = std::none_of(nest.axes.begin(), nest.axes.end(), [&](const AxisState& axis) {
      return axis.plan.Tile() > 1 && HasAxis(program_, conjunct, axis.axis) &&
             !work.load->access.DependsOn(axis.axis);
    });
    if (known) conditions.push_back("(" + ToText(program_, conjunct, *names) + ")");
  }
  for (const AxisState& axis : nest.axes) {
    // Root axes that the tile does not span but the block does.
    if (axis.role == Role::kRoot && axis.plan.Tile() > 1) continue;
    if (axis.plan.Tile() == 1) (*names)[program_.AxisExpr(axis.axis)] = axis.base;
  }
  return AndText(conditions);
}

// Stores what the thread loaded in `carrier` to its place in the tile named `tile`.
void KernelWriter::StoreToTile(const StageWork& work, const Names& places, const std::string& tile,
                               const std::string& carrier) {
  const ir::Type from = program_.buffers[work.load->access.buffer.index].type;
  const ir::Type to = work.tile.type;
  const auto lane_text = [&](uint32_t lane) {
    return ConvertText(from, to, LaneText(work.vector, carrier, lane));
  };
  std::string slot = tile;
  std::vector<std::string> slots(work.v, tile);
  for (const AxisState* axis : work.dims) {
    const std::string place = places.at(program_.AxisExpr(axis->axis));
    slot += "[" + place + "]";
    for (uint32_t lane = 0; lane < work.v; ++lane) {
      const bool moves = axis == work.flat.back() && lane > 0;
      slots[lane] += "[" + (moves ? Format("{} + {}", place, lane) : place) + "]";
    }
  }
  if (work.v == 1) {
    code_.Line(Format("{} = {};", slot, ConvertText(from, to, carrier)));
  } else if (work.flat.back() == work.dims.back() && work.aligned_rows && from == to) {
    code_.Line(Format("*reinterpret_cast<{}*>(&{}) = {};", work.vector.name, slot, carrier));
  } else if (work.flat.back() == work.dims.back() && work.aligned_rows && to == ir::Type::kF32) {
    for (uint32_t lane = 0; lane < work.v; lane += 4) {
      const uint32_t width = std::min(4u, work.v - lane);
      std::string values;
      for (uint32_t i = 0; i < width; ++i) values += (i > 0 ? ", " : "") + lane_text(lane + i);
      code_.Line(Format("*reinterpret_cast<float{0}*>(&{1}) = make_float{0}({2});", width,
                        slots[lane], values));
    }
  } else {
    for (uint32_t lane = 0; lane < work.v; ++lane) {
      code_.Line(Format("{} = {};", slots[lane], lane_text(lane)));
    }
  }
}

// Loads and stores a tile at once.
void KernelWriter::WriteStage(NestState& nest, const StageWork& work) {
  const Buffer& buffer = program_.buffers[work.load->access.buffer.index];
  NameSet local = scope_;
  Names places, names;
  const int scopes = OpenStage(work, &places, &local, true);
  const std::string condition = StageCondition(nest, work, places, "", &names);
  const std::string index = ToText(program_, work.load->access.index, names);
  if (work.v == 1) {
    const std::string element = Format("{}[{}]", buffer.name, index);
    StoreToTile(work, places, work.tile.name,
                condition.empty()
                    ? element
                    : Format("{} ? {} : {}", condition, element, ZeroOf(buffer.type)));
  } else if (condition.empty()) {
    const std::string carrier = local.Unique(buffer.name + Format("{}", work.v));
    code_.Line(Format("const {0} {1} = *reinterpret_cast<const {0}*>(&{2}[{3}]);", work.vector.name,
                      carrier, buffer.name, index));
    StoreToTile(work, places, work.tile.name, carrier);
  } else {
    const std::string carrier = local.Unique(buffer.name + Format("{}", work.v));
    code_.Line(Format("{} {} = {};", work.vector.name, carrier, ZeroVector(work.vector)));
    code_.Open(Format("if ({})", condition));
    code_.Line(Format("{} = *reinterpret_cast<const {}*>(&{}[{}]);", carrier, work.vector.name,
                      buffer.name, index));
    code_.Close();
    StoreToTile(work, places, work.tile.name, carrier);
  }
  for (int i = 0; i < scopes; ++i) code_.Close();
}

// Loads the tile that begins at `chunk` into registers.
void KernelWriter::WriteLoads(NestState& nest, const StageWork& work, const std::string& chunk) {
  const Buffer& buffer = program_.buffers[work.load->access.buffer.index];
  NameSet local = scope_;
  Names places, names;
  const int scopes = OpenStage(work, &places, &local, true);
  const std::string condition = StageCondition(nest, work, places, chunk, &names);
  const std::string index = ToText(program_, work.load->access.index, names);
  const std::string slot = work.steps > 1 ? work.next + "[step]" : work.next;
  const std::string zero = work.v > 1 ? ZeroVector(work.vector) : ZeroOf(buffer.type);
  const std::string source = work.v > 1 ? Format("*reinterpret_cast<const {}*>(&{}[{}])",
                                                 work.vector.name, buffer.name, index)
                                        : Format("{}[{}]", buffer.name, index);
  if (condition.empty()) {
    code_.Line(Format("{} = {};", slot, source));
  } else {
    code_.Line(Format("{} = {};", slot, zero));
    code_.Line(Format("if ({}) {} = {};", condition, slot, source));
  }
  for (int i = 0; i < scopes; ++i) code_.Close();
}

// Stores the registers to the tile in `buffer`.
void KernelWriter::WriteStores(const StageWork& work, const std::string& buffer) {
  NameSet local = scope_;
  Names places;
  const int scopes = OpenStage(work, &places, &local, true);
  StoreToTile(work, places, Format("{}[{}]", work.tile.name, buffer),
              work.steps > 1 ? work.next + "[step]" : work.next);
  for (int i = 0; i < scopes; ++i) code_.Close();
}

void KernelWriter::WriteFirstTiles(NestState& nest, std::vector<StageWork>& works) {
  buffer_ = scope_.Unique("buffer");
  for (StageWork& work : works) {
    const Buffer& buffer = program_.buffers[work.load->access.buffer.index];
    work.next = scope_.Unique(buffer.name + "_next");
    const std::string type = work.v > 1 ? work.vector.name : std::string(TypeName(buffer.type));
    code_.Line(work.steps > 1 ? Format("{} {}[{}];", type, work.next, work.steps)
                              : Format("{} {};", type, work.next));
    staged_[work.load->access.buffer.index].name = Format("{}[{}]", work.tile.name, buffer_);
  }
  for (const StageWork& work : works) WriteLoads(nest, work, "0");
  for (const StageWork& work : works) WriteStores(work, "0");
  code_.Line("__syncthreads();");
  code_.Line(Format("int {} = 0;", buffer_));
}

void KernelWriter::WriteNextLoads(NestState& nest, const std::vector<StageWork>& works,
                                  const AxisState& axis) {
  const std::string next = scope_.Unique(axis.name + "_next");
  const std::string tile = Constant("k" + CamelCase(axis.name) + "Tile", axis.plan.Tile());
  code_.Line(Format("const int {} = {} + {};", next, axis.tile, tile));
  more_tiles_ = Format("{} < {}", next, axis.extent_text);
  code_.Open(Format("if ({})", more_tiles_));
  for (const StageWork& work : works) WriteLoads(nest, work, next);
  code_.Close();
}

void KernelWriter::WriteNextStores(NestState&, const std::vector<StageWork>& works) {
  code_.Open(Format("if ({})", more_tiles_));
  for (const StageWork& work : works) WriteStores(work, Format("1 - {}", buffer_));
  code_.Close();
}

}  // namespace ws::nest
