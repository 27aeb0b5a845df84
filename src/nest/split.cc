// Splitting a reduction over blocks: parts into a temporary, then the parts.
#include <algorithm>
#include <limits>

#include "base/format.h"
#include "nest/schedule.h"

namespace ws::nest {
namespace {

ExprId Conjunction(Program& program, ExprId a, ExprId b) {
  if (!a.valid()) return b;
  if (!b.valid()) return a;
  return program.Binary(ExprOp::kLogicalAnd, a, b);
}

// The conjuncts of a guard that do not mention a reduced axis; invalid if there are none.
ExprId WithoutAxes(Program& program, ExprId guard, const std::vector<AxisId>& axes) {
  if (!guard.valid()) return guard;
  const Expr e = program.expr(guard);
  if (e.kind == ExprKind::kBinary && e.op == ExprOp::kLogicalAnd) {
    return Conjunction(program, WithoutAxes(program, e.args[0], axes),
                       WithoutAxes(program, e.args[1], axes));
  }
  for (const AxisId axis : axes) {
    if (HasAxis(program, guard, axis)) return {};
  }
  return guard;
}

// `wish`, with a number behind it if an axis or a buffer has that name.
std::string FreeName(const Program& program, const std::string& wish) {
  const auto taken = [&](const std::string& name) {
    return std::any_of(program.axes.begin(), program.axes.end(),
                       [&](const Axis& axis) { return axis.name == name; }) ||
           std::any_of(program.buffers.begin(), program.buffers.end(),
                       [&](const Buffer& buffer) { return buffer.name == name; });
  };
  std::string name = wish;
  for (int i = 2; taken(name); ++i) name = Format("{}_{}", wish, i);
  return name;
}

AxisId AddAxis(Program& program, const std::string& wish, ExprId extent) {
  const std::string name = FreeName(program, wish);
  program.axes.push_back({name, extent});
  return AxisId(static_cast<uint32_t>(program.axes.size() - 1));
}

// Row-major position among the points of `axes`, and their number.
struct Flat {
  ExprId index;
  ExprId count;
};
Flat Flatten(Program& program, const std::vector<AxisId>& axes) {
  Flat flat{program.Int(0), program.Int(1)};
  for (const AxisId axis : axes) {
    const ExprId extent = program.axes[axis.index].extent;
    flat.index = program.Binary(ExprOp::kAdd, program.Binary(ExprOp::kMul, flat.index, extent),
                                program.AxisExpr(axis));
    flat.count = program.Binary(ExprOp::kMul, flat.count, extent);
  }
  return flat;
}

Status SplitOne(Program& program, const Split& split) {
  if (split.nest >= program.nests.size()) return Error{"a split names no nest"};
  const Nest old = program.nests[split.nest];
  size_t at = 0;
  while (at < old.reduced.size() && old.reduced[at] != split.axis) ++at;
  if (at == old.reduced.size()) return Error{"a split names no reduced axis of its nest"};
  if (split.parts < 2) return Error{"a split in fewer than two parts"};

  const std::string name = program.axes[split.axis.index].name;
  const ExprId extent = program.axes[split.axis.index].extent;
  const ExprId parts = program.Int(split.parts);
  const ExprId chunk = program.Binary(
      ExprOp::kDiv, program.Binary(ExprOp::kAdd, extent, program.Int(split.parts - 1)), parts);
  const AxisId part = AddAxis(program, name + "_part", parts);
  const AxisId in_part = AddAxis(program, name + "_in_part", chunk);

  const ExprId whole =
      program.Binary(ExprOp::kAdd, program.Binary(ExprOp::kMul, program.AxisExpr(part), chunk),
                     program.AxisExpr(in_part));
  const Replacements replace = {{program.AxisExpr(split.axis), whole}};

  Nest partial = old;
  partial.parallel.insert(partial.parallel.begin(), part);
  partial.reduced[at] = in_part;
  partial.value = Substitute(program, old.value, replace);
  partial.guard = Conjunction(program, Substitute(program, old.guard, replace),
                              program.Binary(ExprOp::kLt, whole, extent));
  partial.init = IdentityOf(program, old.reduction, old.accumulate);
  const Flat flat = Flatten(program, partial.parallel);
  Buffer buffer{.name = FreeName(program, program.buffers[old.out.index].name + "_partial"),
                .type = old.accumulate,
                .kind = BufferKind::kTemporary};
  buffer.elements = flat.count;
  program.buffers.push_back(buffer);
  partial.out = BufferId(static_cast<uint32_t>(program.buffers.size() - 1));
  partial.out_index = flat.index;

  Nest combine = old;
  combine.reduced = {part};
  combine.value = program.Load(partial.out, flat.index);
  combine.guard = WithoutAxes(program, old.guard, old.reduced);
  program.nests[split.nest] = partial;
  program.nests.insert(program.nests.begin() + split.nest + 1, combine);
  return Ok();
}

template <typename T>
int64_t Least() {
  return static_cast<int64_t>(std::numeric_limits<T>::min());
}
template <typename T>
int64_t Greatest() {
  return static_cast<int64_t>(std::numeric_limits<T>::max());
}

int64_t LeastOf(ir::Type type) {
  if (!ir::IsSigned(type)) return 0;
  switch (ir::BytesOf(type)) {
    case 1:
      return Least<int8_t>();
    case 2:
      return Least<int16_t>();
    case 4:
      return Least<int32_t>();
    default:
      return Least<int64_t>();
  }
}

int64_t GreatestOf(ir::Type type) {
  const bool is_signed = ir::IsSigned(type);
  switch (ir::BytesOf(type)) {
    case 1:
      return is_signed ? Greatest<int8_t>() : Greatest<uint8_t>();
    case 2:
      return is_signed ? Greatest<int16_t>() : Greatest<uint16_t>();
    case 4:
      return is_signed ? Greatest<int32_t>() : Greatest<uint32_t>();
    default:
      return is_signed ? Greatest<int64_t>() : int64_t{-1};
  }
}

}  // namespace

ExprId IdentityOf(Program& program, Reduction reduction, ir::Type type) {
  const double infinity = std::numeric_limits<double>::infinity();
  const auto constant = [&](double f, int64_t i) {
    return ir::IsFloat(type) ? program.Float(f, type) : program.Cast(type, program.Int(i));
  };
  switch (reduction) {
    case Reduction::kNone:
      return {};
    case Reduction::kSum:
    case Reduction::kOr:
      return constant(0, 0);
    case Reduction::kProduct:
      return constant(1, 1);
    case Reduction::kMax:
      return constant(-infinity, LeastOf(type));
    case Reduction::kMin:
      return constant(infinity, GreatestOf(type));
    case Reduction::kAnd:
      return constant(1, type == ir::Type::kPred ? 1 : -1);
  }
  return {};
}

Result<Program> ApplyRewrites(const Program& program, const Schedule& schedule) {
  Program result = program;
  for (const uint32_t nest : schedule.inlines) {
    TRY(result, InlineNest(result, nest));
  }
  for (const Split& split : schedule.splits) TRY_OK(SplitOne(result, split));
  return result;
}

}  // namespace ws::nest
