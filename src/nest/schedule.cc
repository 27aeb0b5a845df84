#include "nest/schedule.h"

#include <algorithm>

#include "base/format.h"
#include "nest/dependence.h"
#include "nest/join.h"

namespace ws::nest {
namespace {

AxisPlan Serial(AxisId axis) { return {.axis = axis}; }

// Plans of a kernel's nests with every axis serial, root axes spread over grid and block.
KernelPlan NaiveKernel(const Program& program, uint32_t first, const Roots& roots) {
  KernelPlan kernel{.first = first};
  for (size_t n = 0; n < roots.of_nest.size(); ++n) {
    const Nest& nest = program.nests[first + n];
    NestPlan plan;
    for (const AxisId axis : nest.parallel) {
      AxisPlan axis_plan = Serial(axis);
      const auto& mine = roots.of_nest[n];
      const size_t count = mine.size();
      const auto at = static_cast<size_t>(std::find(mine.begin(), mine.end(), axis) - mine.begin());
      if (at < count) {
        const size_t from_inner = count - 1 - at;
        axis_plan.grid = from_inner == 0 ? Dim::kX : from_inner == 1 ? Dim::kY : Dim::kZ;
        if (from_inner == 0) {
          axis_plan.thread = Dim::kX;
          axis_plan.threads = count == 1 ? 256 : 16;
        } else if (from_inner == 1) {
          axis_plan.thread = Dim::kY;
          axis_plan.threads = 16;
        }
      }
      plan.axes.push_back(axis_plan);
    }
    for (const AxisId axis : nest.reduced) plan.axes.push_back(Serial(axis));
    kernel.nests.push_back(std::move(plan));
  }
  return kernel;
}

Status CheckAxisPlan(const Program& program, const AxisPlan& plan, bool reduced) {
  const std::string& name = program.axes[plan.axis.index].name;
  if (plan.threads == 0 || plan.items == 0) return Error{Format("axis {}: empty tile", name)};
  if (plan.vector != 1 && plan.vector != 2 && plan.vector != 4 && plan.vector != 8) {
    return Error{Format("axis {}: vectors of {} elements", name, plan.vector)};
  }
  if (plan.threads > 1 && plan.thread == Dim::kNone) {
    return Error{Format("axis {}: {} threads without a thread dimension", name, plan.threads)};
  }
  if (plan.thread == Dim::kZ) return Error{Format("axis {}: threads along z", name)};
  if (plan.items > 64) return Error{Format("axis {}: {} items per thread", name, plan.items)};
  if (reduced && plan.grid != Dim::kNone) {
    return Error{Format("axis {}: a reduced axis over blocks needs a split", name)};
  }
  return Ok();
}

// Each axis of the nest has one plan, in order; threads of a dimension belong to one axis.
Status CheckNestPlan(const Program& program, const Nest& nest, const NestPlan& plan) {
  std::vector<AxisId> expected = nest.parallel;
  expected.insert(expected.end(), nest.reduced.begin(), nest.reduced.end());
  if (plan.axes.size() != expected.size()) return Error{"a nest's plan has not the nest's axes"};
  int users[4] = {};
  for (size_t i = 0; i < expected.size(); ++i) {
    if (plan.axes[i].axis != expected[i]) return Error{"a nest's plan has not the nest's axes"};
    TRY_OK(CheckAxisPlan(program, plan.axes[i], i >= nest.parallel.size()));
    if (plan.axes[i].thread != Dim::kNone) ++users[static_cast<int>(plan.axes[i].thread)];
  }
  if (users[static_cast<int>(Dim::kX)] > 1 || users[static_cast<int>(Dim::kY)] > 1) {
    return Error{"two axes of a nest on one thread dimension"};
  }
  if (plan.unroll > 64) return Error{Format("{} turns of a loop written out", plan.unroll)};
  if (plan.buffers != 1 && (plan.buffers != 2 || plan.stages.empty())) {
    return Error{Format("{} buffers for {} tiles", plan.buffers, plan.stages.size())};
  }
  if (plan.window > 0 && (nest.update == Reduction::kNone || plan.joined)) {
    return Error{"private copies of a result that no points join"};
  }
  if (plan.window > (64u << 10) || plan.copies == 0 || plan.copies > 32) {
    return Error{Format("{} private copies of {} elements", plan.copies, plan.window)};
  }
  for (const Stage& stage : plan.stages) {
    if (stage.buffer.index >= program.buffers.size() || Find(plan, stage.inner) == nullptr) {
      return Error{"a staged tile names no buffer or axis of its nest"};
    }
  }
  return Ok();
}

// Joined nests have plans like the one they run in.
Status CheckJoined(const Program& program, const KernelPlan& kernel, const Roots& roots) {
  size_t leader = 0;
  for (size_t n = 0; n < kernel.nests.size(); ++n) {
    if (!kernel.nests[n].joined) {
      leader = n;
      continue;
    }
    if (n == 0) return Error{"the first nest of a kernel is joined to none"};
    const NestPlan& mine = kernel.nests[n];
    const NestPlan& first = kernel.nests[leader];
    bool same = mine.axes.size() == first.axes.size() && mine.stages.empty() &&
                first.stages.empty() && mine.unroll == first.unroll;
    for (size_t a = 0; same && a < mine.axes.size(); ++a) {
      AxisPlan axis = mine.axes[a];
      axis.axis = first.axes[a].axis;
      same = axis == first.axes[a];
    }
    if (!same) return Error{"joined nests with different plans"};
    Program scratch = program;
    for (size_t other = leader; other < n; ++other) {
      TRY_OK(CanJoin(scratch, kernel.first, roots, leader, other, n));
    }
  }
  return Ok();
}

Status CheckKernelPlan(const Program& program, const KernelPlan& kernel) {
  for (size_t n = 0; n < kernel.nests.size(); ++n) {
    TRY_OK(CheckNestPlan(program, program.nests[kernel.first + n], kernel.nests[n]));
  }
  const uint32_t x = ThreadsX(kernel);
  const uint32_t y = ThreadsY(kernel);
  if (x * y > 1024) return Error{Format("a block of {} x {} threads", x, y)};
  for (const NestPlan& nest : kernel.nests) {
    for (const AxisPlan& axis : nest.axes) {
      const uint32_t all = axis.thread == Dim::kX ? x : axis.thread == Dim::kY ? y : axis.threads;
      if (axis.threads != all) {
        return Error{Format("axis {} uses {} of {} threads", program.axes[axis.axis.index].name,
                            axis.threads, all)};
      }
    }
  }
  const Roots roots = RootsOf(program, kernel);
  for (size_t n = 0; n < kernel.nests.size(); ++n) {
    const NestPlan& plan = kernel.nests[n];
    const auto on_grid = std::count_if(plan.axes.begin(), plan.axes.end(),
                                       [](const AxisPlan& a) { return a.grid != Dim::kNone; });
    if (roots.of_nest[n].size() != roots.axes.size() ||
        on_grid != static_cast<std::ptrdiff_t>(roots.axes.size())) {
      return Error{"nests of a kernel without common root axes"};
    }
    for (size_t r = 0; r < roots.axes.size(); ++r) {
      AxisPlan mine = *Find(plan, roots.of_nest[n][r]);
      mine.axis = roots.axes[r];
      if (!(mine == *Find(kernel.nests[0], roots.axes[r]))) {
        return Error{"nests of a kernel treat a root axis differently"};
      }
    }
  }
  TRY_OK(CheckJoined(program, kernel, roots));
  if (kernel.min_blocks > 32) return Error{Format("{} blocks resident", kernel.min_blocks)};
  std::string why;
  if (!CanShareKernel(program, kernel.first, roots, &why)) return Error{why};
  return Ok();
}

// Whether a reduction of the nests first .. end-1 has parallel axes that are no roots: a thread would
// compute a row of sums one after another, for the sake of a shared kernel.
bool LeavesSumsToLoops(const Program& program, uint32_t first, uint32_t end, const Roots& roots) {
  for (uint32_t n = first; n < end; ++n) {
    const Nest& nest = program.nests[n];
    if (nest.reduction == Reduction::kNone) continue;
    if (nest.parallel.size() > roots.of_nest[n - first].size()) return true;
  }
  return false;
}

}  // namespace

const AxisPlan* Find(const NestPlan& nest, AxisId axis) {
  for (const AxisPlan& plan : nest.axes) {
    if (plan.axis == axis) return &plan;
  }
  return nullptr;
}

AxisPlan* Find(NestPlan& nest, AxisId axis) {
  return const_cast<AxisPlan*>(Find(std::as_const(nest), axis));
}

uint32_t ThreadsOf(const KernelPlan& kernel, Dim dim) {
  uint32_t threads = 1;
  for (const NestPlan& nest : kernel.nests) {
    for (const AxisPlan& axis : nest.axes) {
      if (axis.thread == dim) threads = std::max(threads, axis.threads);
    }
  }
  return threads;
}
uint32_t ThreadsX(const KernelPlan& kernel) { return ThreadsOf(kernel, Dim::kX); }
uint32_t ThreadsY(const KernelPlan& kernel) { return ThreadsOf(kernel, Dim::kY); }

Roots RootsOf(const Program& split, const KernelPlan& kernel) {
  std::vector<AxisId> wanted;
  if (!kernel.nests.empty()) {
    for (const AxisPlan& axis : kernel.nests[0].axes) {
      if (axis.grid != Dim::kNone) wanted.push_back(axis.axis);
    }
  }
  Roots roots{.axes = wanted};
  for (size_t n = 0; n < kernel.nests.size(); ++n) {
    roots.of_nest.push_back(MatchAxes(split, kernel.first, kernel.first + n, wanted));
  }
  return roots;
}

std::vector<KernelPlan> NaiveKernels(const Program& program, uint32_t begin, uint32_t end) {
  std::vector<KernelPlan> kernels;
  for (uint32_t first = begin; first < end;) {
    Roots roots{.axes = program.nests[first].parallel};
    roots.of_nest.push_back(roots.axes);
    uint32_t next = first + 1;
    while (next < end) {
      const Roots more = CommonRoots(program, first, next + 1 - first);
      if (more.axes.empty() || LeavesSumsToLoops(program, first, next + 1, more)) break;
      roots = more;
      ++next;
    }
    kernels.push_back(NaiveKernel(program, first, roots));
    first = next;
  }
  return kernels;
}

Schedule DefaultSchedule(const Program& program) {
  return {.kernels = NaiveKernels(program, 0, static_cast<uint32_t>(program.nests.size()))};
}

Result<Schedule> AddSplit(const Program& program, const Schedule& schedule, uint32_t kernel,
                          uint32_t nest_in_kernel, AxisId axis, uint32_t parts) {
  if (kernel >= schedule.kernels.size()) return Error{"no such kernel"};
  const KernelPlan& old = schedule.kernels[kernel];
  if (nest_in_kernel >= old.nests.size()) return Error{"no such nest"};
  if (old.nests.size() != 1) return Error{"a split nest needs a kernel of its own"};
  Schedule result = schedule;
  const uint32_t nest = old.first + nest_in_kernel;
  result.splits.push_back({nest, axis, parts});
  TRY(const Program split, ApplyRewrites(program, result));
  for (KernelPlan& later : result.kernels) {
    if (later.first > nest) ++later.first;
  }
  for (uint32_t i = 0; i < 2; ++i) {
    Roots roots{.axes = split.nests[nest + i].parallel};
    roots.of_nest.push_back(roots.axes);
    KernelPlan plan = NaiveKernel(split, nest + i, roots);
    if (i == 0) {
      result.kernels[kernel] = std::move(plan);
    } else {
      result.kernels.insert(result.kernels.begin() + kernel + 1, std::move(plan));
    }
  }
  return result;
}

Status Validate(const Program& split, const Schedule& schedule) {
  uint32_t next = 0;
  for (const KernelPlan& kernel : schedule.kernels) {
    if (kernel.first != next || kernel.nests.empty()) {
      return Error{"the kernels of a schedule do not cover the nests in order"};
    }
    next += static_cast<uint32_t>(kernel.nests.size());
    if (next > split.nests.size()) return Error{"a kernel has more nests than the program"};
    TRY_OK(CheckKernelPlan(split, kernel));
  }
  if (next != split.nests.size()) return Error{"a nest is in no kernel"};
  return Ok();
}

}  // namespace ws::nest
