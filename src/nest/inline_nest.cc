// Computing a map inside the nests that read its result, so that the temporary between them goes.
#include <algorithm>
#include <optional>

#include "base/format.h"
#include "nest/analysis.h"
#include "nest/schedule.h"

namespace ws::nest {
namespace {

// Longest value, in operations with repetition, that is still written out in another.
constexpr uint32_t kLongestValue = 400;

// Operations of an expression as a tree, counted up to a limit.
uint32_t TreeSize(const Program& program, ExprId id, uint32_t limit) {
  uint32_t size = 1;
  for (const ExprId arg : program.expr(id).args) {
    if (size >= limit) return size;
    size += TreeSize(program, arg, limit - size);
  }
  return size;
}

// How many times `unit` goes into `part`, as a small integer.
std::optional<int64_t> MultipleOf(Program& program, ExprId part, ExprId unit) {
  int64_t a = 0;
  int64_t b = 0;
  if (program.IsInt(part, &a) && program.IsInt(unit, &b)) {
    if (b == 0 || a % b != 0) return {};
    return a / b;
  }
  constexpr int64_t kMost = 4;
  for (int64_t k = 1; k <= kMost; ++k) {
    for (const int64_t signed_k : {k, -k}) {
      const ExprId times = program.Binary(ExprOp::kMul, program.Int(signed_k), unit);
      if (SameValue(program, part, times)) return signed_k;
    }
  }
  return {};
}

// Finds at which point of the producer the element that a consumer reads was written.
class PointFinder {
 public:
  PointFinder(Program& program, const Nest& producer)
      : program_(program), producer_(producer), written_(ToLinear(program, producer.out_index)) {}

  // For each axis of the producer an expression in the consumer's axes.
  std::optional<std::vector<ExprId>> Find(ExprId index) {
    const auto& axes = producer_.parallel;
    if (axes.empty()) return std::vector<ExprId>();
    if (!written_.ok || written_.terms.size() != axes.size()) return {};
    int64_t coefficient = 0;
    if (axes.size() == 1 && program_.IsInt(written_.terms[0].coefficient, &coefficient) &&
        coefficient == 1) {
      return std::vector<ExprId>{Minus(index, written_.rest)};
    }
    if (auto found = ByCoefficients(index)) return found;
    return ByDivision(index);
  }

 private:
  ExprId Minus(ExprId a, ExprId b) {
    return b.valid() ? Simplify(program_, program_.Binary(ExprOp::kSub, a, b)) : a;
  }
  size_t PositionOf(AxisId axis) const {
    const auto& axes = producer_.parallel;
    return static_cast<size_t>(std::find(axes.begin(), axes.end(), axis) - axes.begin());
  }

  // Terms of the index go to the axes with the same stride, or a part of it.
  std::optional<std::vector<ExprId>> ByCoefficients(ExprId index) {
    const Linear read = ToLinear(program_, index);
    if (!read.ok) return {};
    std::vector<ExprId> point(producer_.parallel.size(), program_.Int(0));
    const auto give = [&](const LinearTerm& to, int64_t times, ExprId what) {
      ExprId& sum = point[PositionOf(to.axis)];
      sum = program_.Binary(ExprOp::kAdd, sum,
                            program_.Binary(ExprOp::kMul, program_.Int(times), what));
    };
    for (const LinearTerm& term : read.terms) {
      const LinearTerm* best = nullptr;
      int64_t times = 0;
      for (const LinearTerm& to : written_.terms) {
        const auto k = MultipleOf(program_, term.coefficient, to.coefficient);
        if (!k || *k == 0 || (best != nullptr && std::abs(*k) >= std::abs(times))) continue;
        best = &to;
        times = *k;
      }
      if (best == nullptr) return {};
      give(*best, times, program_.AxisExpr(term.axis));
    }
    const ExprId zero = program_.Int(0);
    ExprId rest = Minus(read.rest.valid() ? read.rest : zero, written_.rest);
    for (const LinearTerm& to : written_.terms) {
      if (program_.IsInt(to.coefficient)) continue;
      const auto k = MultipleOf(program_, rest, to.coefficient);
      if (!k || *k == 0) continue;
      give(to, *k, program_.Int(1));
      rest = zero;
    }
    int64_t constant = 0;
    if (!program_.IsInt(rest, &constant)) return {};
    if (constant != 0) {
      const auto unit =
          std::find_if(written_.terms.begin(), written_.terms.end(), [&](const LinearTerm& to) {
            int64_t value = 0;
            return program_.IsInt(to.coefficient, &value) && constant % value == 0;
          });
      if (unit == written_.terms.end()) return {};
      give(*unit, MultipleOf(program_, rest, unit->coefficient).value_or(0), program_.Int(1));
    }
    for (size_t i = 0; i < point.size(); ++i) {
      point[i] = Simplify(program_, point[i]);
      const ExprId extent = program_.axes[producer_.parallel[i].index].extent;
      const bool inside = producer_.parallel.size() == 1 || (ProveNonNegative(program_, point[i]) &&
                                                             ProveLess(program_, point[i], extent));
      if (!inside) return {};
    }
    return point;
  }

  // A row-major result is taken apart by division.
  std::optional<std::vector<ExprId>> ByDivision(ExprId index) {
    int64_t offset = 0;
    if (written_.rest.valid() && !(program_.IsInt(written_.rest, &offset) && offset == 0)) {
      return {};
    }
    const auto& axes = producer_.parallel;
    std::vector<ExprId> point(axes.size());
    ExprId below = program_.Int(1);
    for (size_t i = axes.size(); i-- > 0;) {
      const auto term = std::find_if(written_.terms.begin(), written_.terms.end(),
                                     [&](const LinearTerm& t) { return t.axis == axes[i]; });
      if (term == written_.terms.end() || !SameValue(program_, term->coefficient, below)) return {};
      const ExprId extent = program_.axes[axes[i].index].extent;
      ExprId at = program_.Binary(ExprOp::kDiv, index, below);
      if (i > 0) at = program_.Binary(ExprOp::kRem, at, extent);
      point[i] = Simplify(program_, at);
      below = Simplify(program_, program_.Binary(ExprOp::kMul, below, extent));
    }
    return point;
  }

  Program& program_;
  const Nest& producer_;
  Linear written_;
};

// Whether nest `n`, which writes `operand`, may still read it through the producer: each point only
// where it writes itself.
bool ReadsInPlace(Program& program, const Nest& nest, const Nest& producer, BufferId operand,
                  const Replacements& point) {
  if (nest.reduction != Reduction::kNone || nest.update != Reduction::kNone) return false;
  for (const NestAccess& access : Accesses(program, producer)) {
    if (access.is_store || access.buffer != operand) continue;
    if (!SameValue(program, Substitute(program, access.index, point), nest.out_index)) return false;
  }
  return true;
}

Status CheckProducer(Program& program, uint32_t index) {
  if (index >= program.nests.size()) return Error{"an inline names no nest"};
  const Nest& producer = program.nests[index];
  const Buffer& buffer = program.buffers[producer.out.index];
  if (producer.reduction != Reduction::kNone) {
    return Error{Format("{} is reduced; only maps are computed inside others", buffer.name)};
  }
  if (producer.update != Reduction::kNone) {
    return Error{Format("{} is added up by points that may meet", buffer.name)};
  }
  if (buffer.kind != BufferKind::kTemporary) {
    return Error{Format("{} outlives the launcher", buffer.name)};
  }
  if (HasLoad(program, producer.value, producer.out)) {
    return Error{Format("{} is changed in place", buffer.name)};
  }
  for (uint32_t n = 0; n < program.nests.size(); ++n) {
    if (n != index && program.nests[n].out == producer.out) {
      return Error{Format("{} is written by several nests", buffer.name)};
    }
  }
  return Ok();
}

// The nest with the producer's value where it read the producer's result.
Result<Nest> WithValue(Program& program, const Nest& nest, const Nest& producer) {
  const Buffer buffer = program.buffers[producer.out.index];
  PointFinder finder(program, producer);
  Replacements values;
  for (const NestAccess& access : Accesses(program, nest)) {
    if (access.is_store || access.buffer != producer.out) continue;
    const auto point = finder.Find(access.index);
    if (!point) {
      return Error{Format("the points at which {} is read cannot be told", buffer.name)};
    }
    Replacements axes;
    for (size_t i = 0; i < point->size(); ++i) {
      const ExprId axis = program.AxisExpr(producer.parallel[i]);
      axes[axis] = program.Cast(program.expr(axis).type, (*point)[i]);
    }
    for (const NestAccess& operand : Accesses(program, producer)) {
      if (operand.buffer == nest.out && !operand.is_store &&
          !ReadsInPlace(program, nest, producer, nest.out, axes)) {
        return Error{Format("{} changes while {} is read", program.buffers[nest.out.index].name,
                            buffer.name)};
      }
    }
    const ExprId value = program.Cast(buffer.type, Substitute(program, producer.value, axes));
    values[program.Load(producer.out, access.index)] = Simplify(program, value);
  }
  Nest result = nest;
  for (ExprId* part : {&result.value, &result.guard, &result.out_index, &result.init}) {
    if (!part->valid()) continue;
    *part = Substitute(program, *part, values);
    if (HasLoad(program, *part, producer.out) ||
        TreeSize(program, *part, kLongestValue) >= kLongestValue) {
      return Error{Format("{} is not to be written out where it is read", buffer.name)};
    }
  }
  return result;
}

}  // namespace

Result<Program> InlineNest(const Program& program, uint32_t index) {
  Program result = program;
  TRY_OK(CheckProducer(result, index));
  const Nest producer = result.nests[index];
  const std::string name = result.buffers[producer.out.index].name;
  std::vector<BufferId> operands;
  for (const NestAccess& access : Accesses(result, producer)) {
    if (!access.is_store) operands.push_back(access.buffer);
  }
  bool read = false;
  bool changed = false;
  for (uint32_t n = 0; n < result.nests.size(); ++n) {
    const Nest nest = result.nests[n];
    const auto accesses = Accesses(result, nest);
    const bool reads = (nest.init.valid() && HasLoad(result, nest.init, producer.out)) ||
                       std::any_of(accesses.begin(), accesses.end(), [&](const NestAccess& access) {
                         return !access.is_store && access.buffer == producer.out;
                       });
    if (reads && (n <= index || changed)) {
      return Error{Format("what {} is made of changes before {} is read", name, name)};
    }
    if (reads) {
      TRY(result.nests[n], WithValue(result, nest, producer));
      read = true;
    }
    if (n > index && std::find(operands.begin(), operands.end(), nest.out) != operands.end()) {
      changed = true;
    }
  }
  if (!read) return Error{Format("{} is not read", name)};
  result.nests.erase(result.nests.begin() + index);
  return result;
}

Result<Schedule> AddInline(const Program& program, const Schedule& schedule, uint32_t nest) {
  if (!schedule.splits.empty()) {
    return Error{"nests are computed inside others before reductions are split"};
  }
  TRY(const Program before, ApplyRewrites(program, schedule));
  Schedule result = schedule;
  result.inlines.push_back(nest);
  TRY(const Program after, ApplyRewrites(program, result));
  if (DefaultSchedule(before).kernels == schedule.kernels) {
    result.kernels = DefaultSchedule(after).kernels;
    return result;
  }
  const BufferId gone = before.nests[nest].out;
  for (KernelPlan& kernel : result.kernels) {
    std::erase_if(kernel.keeps, [&](const Keep& keep) { return keep.buffer == gone; });
    for (NestPlan& plan : kernel.nests) {
      std::erase_if(plan.stages, [&](const Stage& stage) { return stage.buffer == gone; });
      if (plan.stages.empty()) plan.buffers = 1;
    }
    if (kernel.first > nest) {
      --kernel.first;
    } else if (nest - kernel.first < kernel.nests.size()) {
      kernel.nests.erase(kernel.nests.begin() + (nest - kernel.first));
    }
  }
  std::erase_if(result.kernels, [](const KernelPlan& kernel) { return kernel.nests.empty(); });
  TRY_OK(Validate(after, result));
  return result;
}

}  // namespace ws::nest
