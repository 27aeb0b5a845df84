// Online normalisation: a maximum and the sums of exponentials relative to it in one loop. Where
// the maximum grows, the sums are rescaled; afterwards the threads find the common maximum and
// bring their sums to it before they add them up.
//
// A thread's maximum starts at the least finite number, not at minus infinity, so that the
// difference of two maxima is never infinity minus infinity.
#include <algorithm>

#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {
namespace {

bool IsName(const std::string& text) { return text.find_first_of(" ([") == std::string::npos; }

// The greatest of several values, by pairs.
std::string Greatest(std::vector<std::string> values, ir::Type type) {
  while (values.size() > 1) {
    std::vector<std::string> pairs;
    for (size_t i = 0; i + 1 < values.size(); i += 2) {
      pairs.push_back(CombineText(Reduction::kMax, type, values[i], values[i + 1]));
    }
    values = std::move(pairs);
  }
  return values[0];
}

}  // namespace

std::string KernelWriter::StartOfMaximum(const NestState& max) {
  const Nest& n = *max.nest;
  if (!IsIdentity(program_, n.reduction, n.accumulate, n.init)) {
    return ConvertText(program_.expr(n.init).type, n.accumulate, Text(n.init));
  }
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
  std::vector<Names> names;
  for (uint32_t lane = 0; lane < lanes; ++lane) names.push_back(PointNames(max, lane_axis, lane));
  TRY_OK(NameLoads(max, lane_axis, &names));
  std::vector<std::string> terms = LaneValues(max, names);
  for (std::string& term : terms) {
    if (IsName(term)) continue;
    const std::string name = point_scope_.Unique("term");
    code_.Line(Format("const {} {} = {};", type, name, term));
    term = name;
  }
  point_values_[n.value] = terms;
  std::string greatest = terms[0];
  if (lanes > 1) {
    greatest = point_scope_.Unique("greatest");
    code_.Line(Format("const {} {} = {};", type, greatest, Greatest(terms, n.accumulate)));
  }
  code_.Open(Format("if ({} > {})", greatest, max.accumulator));
  for (const NestState* sum : sums) {
    code_.Line(
        Format("{} *= {};", sum->accumulator, Rescaling(max, *sum, max.accumulator, greatest)));
  }
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
      of_sum[lane][sum->online->greatest] = max.accumulator;
      code_.Line(
          CombineStatement(Reduction::kSum, sum->nest->accumulate, sum->accumulator,
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
    code_.Line(Format("{} *= {};", sum->accumulator, Rescaling(max, *sum, own, max.accumulator)));
    TRY_OK(CombineThreads(*sum));
  }
  return Ok();
}

}  // namespace ws::nest
