// Accumulators, and how the threads of a reduced axis combine what they found.
#include "base/format.h"
#include "nest/generate_kernel.h"

namespace ws::nest {
namespace {

bool IsPowerOfTwo(uint32_t n) { return n != 0 && (n & (n - 1)) == 0; }

}  // namespace

void KernelWriter::DeclareAccumulator(NestState& nest, const std::string& start) {
  const Nest& n = *nest.nest;
  const std::string& out = program_.buffers[n.out.index].name;
  const auto temp = temps_.find(n.out.index);
  const bool is_temp = temp != temps_.end() && temp->second.type == n.accumulate &&
                       IsIdentity(program_, n.reduction, n.accumulate, n.init) &&
                       program_.buffers[n.out.index].type == n.accumulate;
  nest.accumulator = is_temp ? temp->second.name : scope_.Unique(out + "_acc");
  const std::string identity = start.empty() ? IdentityText(n.reduction, n.accumulate) : start;
  std::string dims;
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
    dims += Format("[{}]", axis.Elements());
  }
  if (dims.empty()) {
    code_.Line(Format("{} {} = {};", TypeName(n.accumulate), nest.accumulator, identity));
    return;
  }
  code_.Line(Format("{} {}{};", TypeName(n.accumulate), nest.accumulator, dims));
  std::string suffix;
  int loops = 0;
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
    const std::string var(1, static_cast<char>('i' + loops++));
    code_.Unroll();
    const std::string head = Format("for (int {0} = 0; {0} < {1}; ++{0})", var, axis.Elements());
    code_.Open(head);
    suffix += "[" + var + "]";
  }
  code_.Line(Format("{}{} = {};", nest.accumulator, suffix, identity));
  for (int i = 0; i < loops; ++i) code_.Close();
}

// Combines what the threads of a reduced axis found; afterwards every thread has the result.
Status KernelWriter::CombineThreads(NestState& nest) {
  const Nest& n = *nest.nest;
  uint32_t x = 1;
  uint32_t y = 1;
  for (const AxisState& axis : nest.axes) {
    if (axis.role != Role::kReduced || axis.plan.threads == 1) continue;
    (axis.plan.thread == Dim::kX ? x : y) = axis.plan.threads;
  }
  if (x == 1 && y == 1) return Ok();
  if (x > 1 && (x < 32 ? !IsPowerOfTwo(x) : x % 32 != 0)) {
    return Error{Format("a reduction over {} threads of a warp", x)};
  }
  if (x > 1 && threads_x_ * threads_y_ % 32 != 0) {
    return Error{
        Format("a reduction in a block of {} threads, no whole warps", threads_x_ * threads_y_)};
  }
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kInner && axis.plan.threads > 1 && (y > 1 || x != 32)) {
      return Error{"a cooperative reduction inside a loop that threads share"};
    }
  }
  const std::string type(TypeName(n.accumulate));
  std::string suffix;
  int loops = 0;
  uint32_t elements = 1;
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
    elements *= axis.Elements();
  }
  const auto open_loops = [&] {
    suffix.clear();
    loops = 0;
    for (const AxisState& axis : nest.axes) {
      if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
      const std::string var(1, static_cast<char>('i' + loops++));
      code_.Unroll();
      code_.Open(Format("for (int {0} = 0; {0} < {1}; ++{0})", var, axis.Elements()));
      suffix += "[" + var + "]";
    }
  };
  const auto close_loops = [&] {
    for (int i = 0; i < loops; ++i) code_.Close();
  };
  if (x > 1) {
    open_loops();
    const std::string acc = nest.accumulator + suffix;
    if (x <= 32) {
      code_.Line(
          Format("{} = {}<{}>({});", acc, helpers_.WarpReduce(n.reduction, n.accumulate), x, acc));
    } else {
      const std::string partial = scope_.Unique(nest.accumulator + "_warps");
      const uint32_t warps = x / 32;
      const std::string row = threads_y_ > 1 ? Format("{}[threadIdx.y]", partial) : partial;
      shared_.push_back(threads_y_ > 1
                            ? Format("__shared__ {} {}[{}][{}];", type, partial, threads_y_, warps)
                            : Format("__shared__ {} {}[{}];", type, partial, warps));
      result_.shared_bytes += threads_y_ * warps * ir::BytesOf(n.accumulate);
      code_.Line(Format("{} = {}<{}>({}, {});", acc,
                        helpers_.BlockReduce(n.reduction, n.accumulate), warps, acc, row));
    }
    close_loops();
  }
  if (y > 1) {
    const std::string partial = scope_.Unique(nest.accumulator + "_rows");
    shared_.push_back(
        Format("__shared__ {} {}[{}][{}][{}];", type, partial, y, elements, threads_x_));
    result_.shared_bytes += y * elements * threads_x_ * ir::BytesOf(n.accumulate);
    const auto flat = [&] {
      std::string text = "0";
      int loop = 0;
      for (const AxisState& axis : nest.axes) {
        if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
        const std::string var(1, static_cast<char>('i' + loop++));
        text = text == "0" ? var : Format("({}) * {} + {}", text, axis.Elements(), var);
      }
      return text;
    };
    open_loops();
    code_.Line(Format("{}[threadIdx.y][{}][threadIdx.x] = {}{};", partial, flat(), nest.accumulator,
                      suffix));
    close_loops();
    code_.Line("__syncthreads();");
    open_loops();
    const std::string acc = nest.accumulator + suffix;
    code_.Line(Format("{} = {}[0][{}][threadIdx.x];", acc, partial, flat()));
    code_.Unroll();
    const std::string other = Format("{}[t][{}][threadIdx.x]", partial, flat());
    code_.Open(Format("for (int t = 1; t < {}; ++t)", y));
    code_.Line(CombineStatement(n.reduction, n.accumulate, acc, other));
    code_.Close();
    close_loops();
    bool loops_around = false;
    for (const AxisState& axis : nest.axes) {
      loops_around = loops_around || axis.role == Role::kInner;
    }
    if (loops_around) code_.Line("__syncthreads();");
  }
  return Ok();
}

std::string KernelWriter::ElementSuffix(const NestState& nest, AxisState* lane_axis,
                                        uint32_t lane) const {
  std::string suffix;
  for (const AxisState& axis : nest.axes) {
    if (axis.role == Role::kReduced || axis.Elements() == 1) continue;
    if (&axis == lane_axis) {
      suffix += axis.plan.items == 1
                    ? Format("[{}]", lane)
                    : Format("[{} * {} + {}]", axis.element, axis.plan.vector, lane);
    } else {
      suffix += Format("[{}]", axis.element);
    }
  }
  return suffix;
}

std::string KernelWriter::AccumulatorText(const NestState& nest, AxisState* lane_axis,
                                          uint32_t lane) const {
  return nest.accumulator + ElementSuffix(nest, lane_axis, lane);
}

std::string KernelWriter::TempText(const RegisterTemp& temp, const NestState& nest,
                                   AxisState* lane_axis, uint32_t lane) const {
  std::string suffix;
  for (const AxisState& axis : nest.axes) {
    if (axis.role != Role::kRoot || axis.Elements() == 1) continue;
    if (&axis == lane_axis) {
      suffix += axis.plan.items == 1
                    ? Format("[{}]", lane)
                    : Format("[{} * {} + {}]", axis.element, axis.plan.vector, lane);
    } else {
      suffix += Format("[{}]", axis.element);
    }
  }
  return temp.name + suffix;
}

}  // namespace ws::nest
