#include "nest/analysis.h"

#include <algorithm>
#include <set>
#include <unordered_set>

#include "base/format.h"

namespace ws::nest {
namespace {

bool Has(const std::vector<AxisId>& axes, AxisId axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

// Calls visit(id) once for every node below the root, arguments first.
template <typename Visit>
void VisitNodes(const Program& program, ExprId root, std::unordered_set<uint32_t>& seen,
                Visit&& visit) {
  if (!root.valid() || !seen.insert(root.index).second) return;
  for (const ExprId arg : program.expr(root).args) VisitNodes(program, arg, seen, visit);
  visit(root);
}

std::vector<AxisId> AxesIn(const Program& program, ExprId root) {
  std::vector<AxisId> axes;
  std::unordered_set<uint32_t> seen;
  VisitNodes(program, root, seen, [&](ExprId id) {
    const Expr& e = program.expr(id);
    if (e.kind == ExprKind::kAxis) axes.emplace_back(e.index);
  });
  std::sort(axes.begin(), axes.end());
  return axes;
}

NestAccess MakeAccess(Program& program, BufferId buffer, ExprId index, bool is_store) {
  return {.buffer = buffer,
          .index = index,
          .linear = ToLinear(program, index),
          .is_store = is_store,
          .mentioned = AxesIn(program, index)};
}

bool IsOne(const Program& program, ExprId id) {
  int64_t value = 0;
  return program.IsInt(id, &value) && value == 1;
}

// Operations of one evaluation of an expression, shared nodes once, index arithmetic not counted.
struct Operations {
  double floats = 0, special = 0, half = 0;
};

bool IsSpecialCall(const std::string& name) {
  static const char* const kPlain[] = {"__half2float", "__float2half", "fabsf",  "fabs",
                                       "fmaxf",        "fminf",        "fmax",   "fmin",
                                       "fmaf",         "fma",          "floorf", "ceilf"};
  return std::none_of(std::begin(kPlain), std::end(kPlain),
                      [&](const char* plain) { return name == plain; });
}

void CountNode(const Program& program, const Expr& e, Operations* count) {
  const bool is_half = e.type == ir::Type::kF16 || e.type == ir::Type::kBF16;
  double* plain = is_half ? &count->half : &count->floats;
  switch (e.kind) {
    case ExprKind::kUnary:
      if (ir::IsFloat(e.type)) *plain += 1;
      break;
    case ExprKind::kBinary:
      if (!ir::IsFloat(program.expr(e.args[0]).type)) break;
      if (e.op == ExprOp::kDiv || e.op == ExprOp::kRem) {
        count->special += 1;
      } else {
        *plain += 1;
      }
      break;
    case ExprKind::kCall:
      if (e.name == "__half2float" || e.name == "__float2half") break;
      if (IsSpecialCall(e.name)) {
        count->special += 1;
      } else {
        *plain += e.name.starts_with("fma") && !e.name.starts_with("fmax") ? 2 : 1;
      }
      break;
    case ExprKind::kSelect:
    case ExprKind::kCast:
    case ExprKind::kInt:
    case ExprKind::kFloat:
    case ExprKind::kSize:
    case ExprKind::kAxis:
    case ExprKind::kLoad:
      break;
  }
}

// Counts the operations of one point. Index arithmetic below loads is integer and costs nothing
// here.
Operations OperationsOf(const Program& program, const Nest& nest) {
  Operations count;
  std::unordered_set<uint32_t> seen;
  VisitNodes(program, nest.value, seen,
             [&](ExprId id) { CountNode(program, program.expr(id), &count); });
  if (nest.reduction != Reduction::kNone && ir::IsFloat(nest.accumulate)) count.floats += 1;
  return count;
}

Result<double> PointsOf(const Program& program, const Nest& nest, const SizeValues& sizes) {
  double points = 1;
  for (const auto* axes : {&nest.parallel, &nest.reduced}) {
    for (const AxisId axis : *axes) {
      TRY(const int64_t extent, EvaluateSize(program, program.axes[axis.index].extent, sizes));
      points *= static_cast<double>(std::max<int64_t>(extent, 0));
    }
  }
  return points;
}

// Elements an access touches: the product of the extents of the axes it depends on, each address
// once, at most the span from its least to its greatest index where it is affine.
Result<double> ElementsOf(const Program& program, const NestAccess& access,
                          const SizeValues& sizes) {
  double elements = 1;
  double span = 1;
  for (const AxisId axis : access.mentioned) {
    TRY(const int64_t extent, EvaluateSize(program, program.axes[axis.index].extent, sizes));
    elements *= static_cast<double>(std::max<int64_t>(extent, 0));
  }
  if (!access.linear.ok) return elements;
  for (const LinearTerm& term : access.linear.terms) {
    TRY(const int64_t extent, EvaluateSize(program, program.axes[term.axis.index].extent, sizes));
    const Result<int64_t> stride = EvaluateSize(program, term.coefficient, sizes);
    if (!stride.ok()) return elements;
    span += static_cast<double>(extent - 1) * std::abs(static_cast<double>(stride.value()));
  }
  return std::min(elements, span);
}

// `e % n` or `e / n` where n is the extent of a buffer shared by all points: at most n elements.
Result<double> OpaqueElements(const Program& program, const NestAccess& access,
                              const SizeValues& sizes) {
  TRY(const double elements, ElementsOf(program, access, sizes));
  const Expr& e = program.expr(access.index);
  if (access.linear.ok || e.kind != ExprKind::kBinary || e.op != ExprOp::kRem) return elements;
  const Result<int64_t> modulus = EvaluateSize(program, e.args[1], sizes);
  if (!modulus.ok()) return elements;
  return std::min(elements, static_cast<double>(modulus.value()));
}

bool IsFactorProduct(const Program& program, ExprId id, int* loads) {
  const Expr& e = program.expr(id);
  if (e.kind == ExprKind::kLoad) {
    ++*loads;
    return true;
  }
  if (e.kind == ExprKind::kCast) return IsFactorProduct(program, e.args[0], loads);
  if (e.kind == ExprKind::kCall && e.name == "__half2float") {
    return IsFactorProduct(program, e.args[0], loads);
  }
  if (e.kind == ExprKind::kBinary && e.op == ExprOp::kMul) {
    return IsFactorProduct(program, e.args[0], loads) && IsFactorProduct(program, e.args[1], loads);
  }
  return e.kind == ExprKind::kFloat || e.kind == ExprKind::kSize;
}

OpClass ClassifyNest(Program& program, const Nest& nest) {
  const std::vector<NestAccess> accesses = Accesses(program, nest);
  const NestAccess& store = accesses.back();
  if (nest.reduction == Reduction::kNone) {
    for (const AxisId axis : nest.parallel) {
      if (!store.IsContiguous(axis)) continue;
      for (const NestAccess& load : accesses) {
        if (load.is_store || !load.linear.ok || !load.DependsOn(axis)) continue;
        const bool other = std::any_of(nest.parallel.begin(), nest.parallel.end(), [&](AxisId a) {
          return a != axis && load.IsContiguous(a) && store.DependsOn(a);
        });
        if (!load.IsContiguous(axis) && other) return OpClass::kTranspose;
      }
    }
    return OpClass::kMap;
  }
  int factors = 0;
  if (nest.reduction == Reduction::kSum && IsFactorProduct(program, nest.value, &factors)) {
    const size_t loads = accesses.size() - 1;
    size_t reusing = 0;
    for (const NestAccess& access : accesses) {
      if (access.is_store) continue;
      reusing += std::any_of(nest.parallel.begin(), nest.parallel.end(),
                             [&](AxisId a) { return !access.DependsOn(a); });
    }
    if (loads >= 2 && reusing == loads && !nest.parallel.empty()) return OpClass::kContraction;
  }
  for (const NestAccess& access : accesses) {
    if (access.is_store) continue;
    for (const AxisId axis : nest.reduced) {
      if (access.IsContiguous(axis)) return OpClass::kRowReduction;
    }
    for (const AxisId axis : nest.parallel) {
      if (access.IsContiguous(axis)) return OpClass::kColumnReduction;
    }
  }
  return OpClass::kOther;
}

}  // namespace

bool NestAccess::DependsOn(AxisId axis) const {
  if (!linear.ok) return Has(mentioned, axis);
  return std::any_of(linear.terms.begin(), linear.terms.end(),
                     [&](const LinearTerm& term) { return term.axis == axis; });
}

bool NestAccess::IsContiguous(AxisId axis) const {
  return contiguous.valid() && contiguous == axis;
}

std::vector<NestAccess> Accesses(Program& program, const Nest& nest) {
  std::vector<NestAccess> result;
  std::unordered_set<uint32_t> seen;
  std::vector<ExprId> loads;
  const auto collect = [&](ExprId id) {
    if (program.expr(id).kind == ExprKind::kLoad) loads.push_back(id);
  };
  VisitNodes(program, nest.guard, seen, collect);
  VisitNodes(program, nest.value, seen, collect);
  VisitNodes(program, nest.out_index, seen, collect);
  for (const ExprId load : loads) {
    const Expr e = program.expr(load);
    result.push_back(MakeAccess(program, BufferId(e.index), e.args[0], false));
  }
  result.push_back(MakeAccess(program, nest.out, nest.out_index, true));
  // Points that may meet in one element: nothing is known of where they go.
  if (nest.update != Reduction::kNone) result.back().linear.ok = false;
  for (NestAccess& access : result) {
    if (!access.linear.ok) continue;
    for (const LinearTerm& term : access.linear.terms) {
      if (IsOne(program, term.coefficient)) access.contiguous = term.axis;
    }
  }
  return result;
}

AxisId ContiguousAxis(Program& program, const Nest& nest) {
  std::vector<std::pair<AxisId, int>> votes;
  for (const NestAccess& access : Accesses(program, nest)) {
    if (!access.contiguous.valid()) continue;
    const int weight = access.is_store ? 3 : 2;
    const auto it = std::find_if(votes.begin(), votes.end(),
                                 [&](const auto& vote) { return vote.first == access.contiguous; });
    if (it == votes.end()) {
      votes.emplace_back(access.contiguous, weight);
    } else {
      it->second += weight;
    }
  }
  AxisId best;
  int most = 0;
  for (const auto& [axis, count] : votes) {
    if (count > most) {
      best = axis;
      most = count;
    }
  }
  return best;
}

const char* Name(OpClass op_class) {
  switch (op_class) {
    case OpClass::kMap:
      return "map";
    case OpClass::kTranspose:
      return "transpose";
    case OpClass::kRowReduction:
      return "row-reduction";
    case OpClass::kColumnReduction:
      return "column-reduction";
    case OpClass::kNormalise:
      return "normalise";
    case OpClass::kContraction:
      return "contraction";
    case OpClass::kOther:
      return "other";
  }
  return "other";
}

OpClass Classify(const Program& program) {
  Program scratch = program;
  std::set<OpClass> classes;
  bool reduces = false;
  bool maps_after = false;
  for (const Nest& nest : program.nests) {
    const OpClass of_nest = ClassifyNest(scratch, nest);
    if (of_nest == OpClass::kContraction) return OpClass::kContraction;
    classes.insert(of_nest);
    if (nest.reduction != Reduction::kNone) reduces = true;
    maps_after = maps_after || (reduces && nest.reduction == Reduction::kNone &&
                                !nest.parallel.empty() && HasLoad(program, nest.value));
  }
  if (reduces && maps_after) return OpClass::kNormalise;
  if (classes.size() == 1) return *classes.begin();
  for (const OpClass c : {OpClass::kRowReduction, OpClass::kColumnReduction, OpClass::kTranspose}) {
    if (classes.count(c) > 0) return c;
  }
  return OpClass::kOther;
}

Result<int64_t> EvaluateSize(const Program& program, ExprId id, const SizeValues& sizes) {
  if (!id.valid()) return Error{"no expression"};
  const Expr& e = program.expr(id);
  switch (e.kind) {
    case ExprKind::kInt:
      return static_cast<int64_t>(e.bits);
    case ExprKind::kSize:
      if (e.index >= sizes.size()) {
        return Error{Format("no value for {}", program.parameters[e.index].name)};
      }
      return sizes[e.index];
    case ExprKind::kCast:
      return EvaluateSize(program, e.args[0], sizes);
    case ExprKind::kSelect: {
      TRY(const int64_t condition, EvaluateSize(program, e.args[0], sizes));
      return EvaluateSize(program, e.args[condition != 0 ? 1 : 2], sizes);
    }
    case ExprKind::kBinary:
      break;
    case ExprKind::kUnary:
    case ExprKind::kFloat:
    case ExprKind::kAxis:
    case ExprKind::kLoad:
    case ExprKind::kCall:
      return Error{Format("{} is no function of sizes", ToText(program, id))};
  }
  TRY(const int64_t a, EvaluateSize(program, e.args[0], sizes));
  TRY(const int64_t b, EvaluateSize(program, e.args[1], sizes));
  switch (e.op) {
    case ExprOp::kAdd:
      return a + b;
    case ExprOp::kSub:
      return a - b;
    case ExprOp::kMul:
      return a * b;
    case ExprOp::kDiv:
    case ExprOp::kRem:
      if (b == 0) return Error{Format("{} divides by zero", ToText(program, id))};
      return e.op == ExprOp::kDiv ? a / b : a % b;
    case ExprOp::kMin:
      return std::min(a, b);
    case ExprOp::kMax:
      return std::max(a, b);
    case ExprOp::kLt:
      return int64_t{a < b};
    case ExprOp::kLe:
      return int64_t{a <= b};
    case ExprOp::kGt:
      return int64_t{a > b};
    case ExprOp::kGe:
      return int64_t{a >= b};
    case ExprOp::kEq:
      return int64_t{a == b};
    case ExprOp::kNe:
      return int64_t{a != b};
    case ExprOp::kLogicalAnd:
      return int64_t{a != 0 && b != 0};
    case ExprOp::kLogicalOr:
      return int64_t{a != 0 || b != 0};
    case ExprOp::kShl:
      return a << (b & 63);
    case ExprOp::kShr:
      return a >> (b & 63);
    case ExprOp::kNone:
    case ExprOp::kNeg:
    case ExprOp::kNot:
    case ExprOp::kBitNot:
    case ExprOp::kAnd:
    case ExprOp::kOr:
    case ExprOp::kXor:
      break;
  }
  return Error{Format("{} is no function of sizes", ToText(program, id))};
}

Result<Compulsory> Roofline(const Program& program, const SizeValues& sizes) {
  Program scratch = program;
  Compulsory result;
  struct Use {
    double read = 0, written = 0;
  };
  std::vector<Use> uses(program.buffers.size());
  for (const Nest& nest : program.nests) {
    TRY(const double points, PointsOf(program, nest, sizes));
    const Operations operations = OperationsOf(program, nest);
    result.float_operations += points * (operations.floats + operations.half);
    result.half_operations += points * operations.half;
    result.special_operations += points * operations.special;
    for (const NestAccess& access : Accesses(scratch, nest)) {
      TRY(const double elements, OpaqueElements(scratch, access, sizes));
      Use& use = uses[access.buffer.index];
      if (access.is_store && nest.update != Reduction::kNone) {
        continue;  // how many elements are met, data decides
      }
      if (access.is_store) {
        use.written = std::max(use.written, elements);
      } else if (use.written == 0) {  // else what is read was computed here
        use.read = std::max(use.read, elements);
      }
    }
  }
  for (size_t b = 0; b < uses.size(); ++b) {
    if (program.buffers[b].kind != BufferKind::kArgument) continue;
    const double bytes = ir::BytesOf(program.buffers[b].type);
    result.bytes_read += uses[b].read * bytes;
    result.bytes_written += uses[b].written * bytes;
  }
  return result;
}

}  // namespace ws::nest
