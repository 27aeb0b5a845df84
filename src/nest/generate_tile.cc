// Tiled nests: fragments of the operands and accumulators in registers.
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
  const ExprId node = AsUsed(program_, *nest.nest, load.node);
  const ir::Type type = program_.expr(node).type;
  const std::string name = scope_.Unique(buffer.name + "_frag");
  std::string extents;
  for (const AxisState* axis : dims) {
    extents += Format("[{}]", Constant("k" + CamelCase(axis->name) + "Items", axis->Elements()));
  }
  // Fragments along the tile's contiguous axis are read in vectors.
  const bool vectors = in_shared && dims.size() == 1 && dims[0]->plan.vector > 1 &&
                       staged->second.dims.back() == dims[0]->axis && staged->second.vector > 1 &&
                       staged->second.vector % dims[0]->plan.vector == 0;
  code_.Line(Format("{} {}{};", TypeName(type), name, extents));
  if (vectors) {
    AxisState& axis = *dims[0];
    const uint32_t v = axis.plan.vector;
    const VectorType vector = VectorOf(type, v);
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
    (*names)[node] = name + "[" + dims[0]->name + "_item]";
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
    if (!IsWhole(*axis)) conditions.push_back(axis->index + " < " + axis->extent_text);
    suffix += "[" + item + "]";
  }
  if (in_shared) {
    code_.Line(Format("{}{} = {};", name, suffix, StagedText(nest, staged->second, nullptr, 0)));
  } else {
    Names point = PointNames(nest, nullptr, 0);
    for (const AxisState& axis : nest.axes) {
      const bool single = axis.role == Role::kRoot && axis.Elements() == 1;
      if (single && axis.plan.Tile() > 1 && load.access.DependsOn(axis.axis)) {
        if (!early_return_ && !IsWhole(axis))
          conditions.push_back(axis.base + " < " + axis.extent_text);
      }
      if (axis.role == Role::kReduced && axis.plan.Tile() > 1 && load.access.DependsOn(axis.axis)) {
        if (!IsWhole(axis)) conditions.push_back(axis.index + " < " + axis.extent_text);
      }
    }
    if (!inside_.empty()) {
      std::set<AxisId> mine;
      for (const AxisState* axis : dims) mine.insert(axis->axis);
      const std::string inside = InsideText(mine);
      if (!inside.empty()) conditions.push_back(inside);
    }
    const std::string source =
        ConvertText(buffer.type, type,
                    Format("{}[{}]", buffer.name, ToText(program_, load.access.index, point)));
    code_.Line(conditions.empty()
                   ? Format("{}{} = {};", name, suffix, source)
                   : Format("{}{} = {} ? {} : {};", name, suffix,
                            Format("{}", Join(conditions, " && ")), source, ZeroOf(type)));
  }
  for (size_t i = 0; i < dims.size(); ++i) code_.Close();
  (*names)[node] = name + suffix;
  return Ok();
}

// Opens a condition for what of the guard can be told before these axes are; takes it out of
// `guards`. Returns the number of scopes opened.
int KernelWriter::OpenKnownGuards(const NestState& nest, std::vector<ExprId>* guards,
                                  const std::set<AxisId>& unknown) {
  std::vector<std::string> known;
  const Names names = PointNames(nest, nullptr, 0);
  std::erase_if(*guards, [&](ExprId conjunct) {
    if (HasLoad(program_, conjunct)) return false;
    for (const AxisId axis : unknown) {
      if (HasAxis(program_, conjunct, axis)) return false;
    }
    known.push_back(ToText(program_, conjunct, names));
    return true;
  });
  if (known.empty()) return 0;
  for (std::string& text : known) {
    const bool one = text.find("||") == std::string::npos && text.find('?') == std::string::npos;
    if (!one && known.size() > 1) text = "(" + text + ")";
  }
  code_.Open(Format("if ({})", AndText(known)));
  return 1;
}

// Computes once for each of the thread's points that the rest of the guard tells apart whether it
// is inside; takes that out of `guards`.
void KernelWriter::WriteInside(NestState& nest, std::vector<ExprId>* guards,
                               const std::set<AxisId>& unknown) {
  inside_.clear();
  inside_dims_.clear();
  std::vector<ExprId> told;
  std::erase_if(*guards, [&](ExprId conjunct) {
    if (HasLoad(program_, conjunct)) return false;
    told.push_back(conjunct);
    return true;
  });
  if (told.empty()) return;
  inside_ = scope_.Unique("inside");
  std::string extents, suffix;
  for (AxisState& axis : nest.axes) {
    const bool mentioned = std::any_of(told.begin(), told.end(), [&](ExprId conjunct) {
      return HasAxis(program_, conjunct, axis.axis);
    });
    if (unknown.count(axis.axis) == 0 || !mentioned) continue;
    inside_dims_.push_back(&axis);
    extents += Format("[{}]", Constant("k" + CamelCase(axis.name) + "Items", axis.Elements()));
    suffix += "[" + axis.name + "_item]";
  }
  code_.Line(Format("bool {}{};", inside_, extents));
  for (AxisState* axis : inside_dims_) {
    const std::string item = axis->name + "_item";
    code_.Unroll();
    code_.Open(Format("for (int {0} = 0; {0} < {1}; ++{0})", item,
                      Constant("k" + CamelCase(axis->name) + "Items", axis->Elements())));
    const uint32_t v = axis->plan.vector;
    axis->index = SumText(axis->base,
                          v == 1 ? Product(item, axis->Stride())
                                 : Format("{0} / {1} * {2} + {0} % {1}", item, v, axis->Stride()));
  }
  const Names names = PointNames(nest, nullptr, 0);
  std::vector<std::string> texts;
  for (const ExprId conjunct : told) {
    texts.push_back(Format("({})", ToText(program_, conjunct, names)));
  }
  code_.Line(Format("{}{} = {};", inside_, suffix, AndText(texts)));
  for (size_t i = 0; i < inside_dims_.size(); ++i) code_.Close();
}

// The flag of the point whose items along `among` are at hand; empty if it takes more to tell.
std::string KernelWriter::InsideText(const std::set<AxisId>& among) const {
  std::string text = inside_;
  for (const AxisState* axis : inside_dims_) {
    if (among.count(axis->axis) == 0) return "";
    text += "[" + axis->name + "_item]";
  }
  return text;
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
  if (nest.plan->unroll > 0) return Error{"unrolling of a loop over tiles"};
  DeclareAccumulator(nest, "");
  const bool zero_fill = IsZeroFillSafe(nest);
  const bool twice = nest.plan->buffers == 2;
  if (twice && (!staged || reduced.size() != 1 || reduced[0]->plan.Tile() == 1)) {
    return Error{"two buffers without one loop over tiles"};
  }
  std::vector<StageWork> works;
  if (staged) {
    TRY(works, PrepareStages(nest));
  }
  if (twice) WriteFirstTiles(nest, works);
  // The guard is asked as early as it can be told; between barriers only for all threads alike.
  std::vector<ExprId> guards = Conjuncts(program_, n.guard);
  std::set<AxisId> unknown;
  std::set<AxisId> items;  // roots along which the thread has several points
  for (AxisState* axis : roots) {
    axis->index = axis->base;
    if (axis->Elements() > 1) items.insert(axis->axis);
  }
  unknown = items;
  for (const AxisState* axis : reduced) unknown.insert(axis->axis);
  int scopes = 0;
  for (AxisState* axis : reduced) {
    std::vector<ExprId> none;
    OpenChunkLoop(nest, *axis, &none);
    ++scopes;
    if (axis->plan.Tile() > 1) continue;
    axis->index = axis->base;
    unknown.erase(axis->axis);
    if (!staged) scopes += OpenKnownGuards(nest, &guards, unknown);
  }
  if (twice) {
    WriteNextLoads(nest, works, *reduced[0]);
  } else if (staged) {
    for (const StageWork& work : works) WriteStage(nest, work);
    code_.Line("__syncthreads();");
  }
  int inner_scopes = 0;
  for (AxisState* axis : reduced) {
    const uint32_t tile = axis->plan.Tile();
    axis->index = axis->base;
    axis->local = "0";
    if (tile == 1) continue;
    const std::string k = Constant("k" + CamelCase(axis->name) + "Tile", tile);
    std::string end = k;
    if (!zero_fill && !IsWhole(*axis)) {
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
    unknown.erase(axis->axis);
    inner_scopes += OpenKnownGuards(nest, &guards, unknown);
  }
  for (AxisState* axis : roots) {
    axis->index = axis->base;
    axis->local = axis->Thread().empty() ? "0" : axis->Thread();
  }
  inner_scopes += OpenKnownGuards(nest, &guards, items);
  WriteInside(nest, &guards, items);
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
  std::vector<std::string> conditions;
  if (!inside_.empty()) conditions.push_back(InsideText(items));
  for (const ExprId conjunct : guards) {
    conditions.push_back(Format("({})", ToText(program_, conjunct, names)));
  }
  if (!conditions.empty()) {
    code_.Open(Format("if ({})", AndText(conditions)));
    ++tile_scopes;
  }
  inside_.clear();
  EnterPoint();
  const std::string value = ValueText(nest, names, n.accumulate);
  code_.Line(CombineStatement(n.reduction, n.accumulate, AccumulatorText(nest, nullptr, 0), value));
  for (int i = 0; i < tile_scopes + inner_scopes; ++i) code_.Close();
  if (twice) WriteNextStores(nest, works);
  if (staged && scopes > 0) code_.Line("__syncthreads();");
  if (twice) code_.Line(Format("{0} = 1 - {0};", buffer_));
  for (int i = 0; i < scopes; ++i) code_.Close();
  return WriteResult(nest);
}

}  // namespace ws::nest
