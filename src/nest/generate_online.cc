// An extremum and what is relative to it in one loop: sums of exponentials (online normalisation),
// which are rescaled where the maximum grows, and its place (argmax), whose search starts again.
// Afterwards the threads find the common extremum and bring what they have to it before they
// combine it.
//
// For sums a thread's maximum starts at the least finite number, not at minus infinity, so that the
// difference of two maxima is never infinity minus infinity.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {
namespace {

bool IsName(const std::string& text) { return text.find_first_of(" ([") == std::string::npos; }

// The greatest or least of several values, by pairs.
std::string Extremum(std::vector<std::string> values, Reduction reduction, ir::Type type) {
  while (values.size() > 1) {
    std::vector<std::string> pairs;
    for (size_t i = 0; i + 1 < values.size(); i += 2) {
      pairs.push_back(CombineText(reduction, type, values[i], values[i + 1]));
    }
    values = std::move(pairs);
  }
  return values[0];
}

}  // namespace

std::string KernelWriter::StartOfExtremum(const NestState& max,
                                          const std::vector<NestState*>& joined) {
  const Nest& n = *max.nest;
  if (!IsIdentity(program_, n.reduction, n.accumulate, n.init)) {
    return ConvertText(program_.expr(n.init).type, n.accumulate, Text(n.init));
  }
  const bool rescales = std::any_of(joined.begin(), joined.end(), [](const NestState* other) {
    return other->online.has_value();
  });
  if (!rescales) return "";
  helpers_.NeedFloatLimits();
  return n.accumulate == ir::Type::kF64 ? "-DBL_MAX" : "-FLT_MAX";
}

// The factor that brings what was summed relative to `from` to the maximum `to`.
std::string KernelWriter::Rescaling(const NestState& max, const NestState& sum,
                                    const std::string& from, const std::string& to) const {
  Names names = names_;
  names[max.nest->value] = from;
  names[sum.online->greatest] = to;
  const ir::Type type = program_.expr(sum.online->exponential).type;
  return ConvertText(type, sum.nest->accumulate, ToText(program_, sum.online->exponential, names));
}

// The statement that brings what was found relative to `from` to the extremum `to`.
std::string KernelWriter::Restart(const NestState& max, const NestState& sum,
                                  const std::string& from, const std::string& to) const {
  if (sum.chosen) {
    return Format("{} = {};", sum.accumulator,
                  IdentityText(sum.nest->reduction, sum.nest->accumulate));
  }
  return Format("{} *= {};", sum.accumulator, Rescaling(max, sum, from, to));
}

Status KernelWriter::WriteOnlinePoint(NestState& max, const std::vector<NestState*>& sums,
                                      AxisState* lane_axis) {
  const Nest& n = *max.nest;
  for (const AxisState& axis : max.axes) {
    if (axis.role != Role::kReduced && axis.Elements() > 1) {
      return Error{"online normalisation of several rows in a thread"};
    }
  }
  if (temps_.count(n.out.index) == 0) {
    return Error{Format("{} is not at hand in a register", program_.buffers[n.out.index].name)};
  }
  const uint32_t lanes = lane_axis == nullptr ? 1 : lane_axis->plan.vector;
  const std::string type(TypeName(n.accumulate));
  const ExprId found = program_.Load(n.out, n.out_index);
  std::vector<Names> names;
  for (uint32_t lane = 0; lane < lanes; ++lane) names.push_back(PointNames(max, lane_axis, lane));
  TRY_OK(NameLoads(max, lane_axis, &names));
  std::vector<std::string> terms = LaneValues(max, names);
  for (std::string& term : terms) {
    if (IsName(term)) continue;
    const std::string name = point_scope_->Unique("term");
    code_.Line(Format("const {} {} = {};", type, name, term));
    term = name;
  }
  point_values_[n.value] = terms;
  std::string greatest = terms[0];
  if (lanes > 1) {
    greatest = point_scope_->Unique(n.reduction == Reduction::kMax ? "greatest" : "least");
    code_.Line(
        Format("const {} {} = {};", type, greatest, Extremum(terms, n.reduction, n.accumulate)));
  }
  const bool rescales = std::any_of(sums.begin(), sums.end(),
                                    [](const NestState* sum) { return sum->online.has_value(); });
  const bool chooses =
      std::any_of(sums.begin(), sums.end(), [](const NestState* sum) { return sum->chosen; });
  if (rescales && chooses) return Error{"sums relative to a maximum and its place in one loop"};
  code_.Open(Format("if ({} {} {})", greatest, n.reduction == Reduction::kMax ? ">" : "<",
                    max.accumulator));
  for (const NestState* sum : sums) code_.Line(Restart(max, *sum, max.accumulator, greatest));
  code_.Line(Format("{} = {};", max.accumulator, greatest));
  code_.Close();
  for (NestState* sum : sums) {
    AxisState* own_lanes = lane_axis == nullptr
                               ? nullptr
                               : &sum->axes[static_cast<size_t>(lane_axis - max.axes.data())];
    std::vector<Names> of_sum;
    for (uint32_t lane = 0; lane < lanes; ++lane) {
      of_sum.push_back(PointNames(*sum, own_lanes, lane));
    }
    TRY_OK(NameLoads(*sum, own_lanes, &of_sum));
    for (uint32_t lane = 0; lane < lanes; ++lane) {
      of_sum[lane][n.value] = terms[lane];
      of_sum[lane][found] = max.accumulator;
      code_.Line(
          CombineStatement(sum->nest->reduction, sum->nest->accumulate, sum->accumulator,
                           ConvertText(program_.expr(sum->nest->value).type, sum->nest->accumulate,
                                       ToText(program_, sum->nest->value, of_sum[lane]))));
    }
  }
  return Ok();
}

Status KernelWriter::CombineOnline(NestState& max, const std::vector<NestState*>& sums) {
  const bool shared = std::any_of(max.axes.begin(), max.axes.end(), [](const AxisState& axis) {
    return axis.role == Role::kReduced && axis.plan.threads > 1;
  });
  if (!shared) return Ok();
  const std::string own = scope_.Unique("own_" + max.accumulator);
  code_.Line(Format("const {} {} = {};", TypeName(max.nest->accumulate), own, max.accumulator));
  TRY_OK(CombineThreads(max));
  for (NestState* sum : sums) {
    const std::string restart = Restart(max, *sum, own, max.accumulator);
    code_.Line(sum->chosen ? Format("if ({} != {}) {}", own, max.accumulator, restart) : restart);
    TRY_OK(CombineThreads(*sum));
  }
  return Ok();
}

}  // namespace ws::nest
