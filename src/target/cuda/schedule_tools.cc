#include "target/cuda/schedule_tools.h"

#include <algorithm>
#include <set>

#include "base/format.h"
#include "nest/generate.h"
#include "nest/join.h"
#include "nest/value_parts.h"

namespace ws::target::cuda {

using nest::AxisId;
using nest::AxisPlan;
using nest::Dim;

namespace {

bool Has(const std::vector<AxisId>& axes, AxisId axis) {
  return std::find(axes.begin(), axes.end(), axis) != axes.end();
}

// The same width of vector accesses along the loops of all nests, where there was one.
uint32_t OldVector(const KernelEdit& edit) {
  uint32_t vector = 1;
  for (size_t n = 0; n < edit.nests(); ++n) {
    for (const AxisId axis : edit.Inner(n)) {
      vector = std::max(vector, nest::Find(edit.plan().nests[n], axis)->vector);
    }
  }
  return vector;
}

}  // namespace

std::optional<KernelEdit> KernelEdit::Open(const Situation& situation, int64_t kernel) {
  if (kernel < 0 || static_cast<size_t>(kernel) >= situation.schedule.kernels.size()) return {};
  Result<nest::Program> split = nest::ApplyRewrites(situation.program, situation.schedule);
  if (!split.ok() || !nest::Validate(split.value(), situation.schedule).ok()) return {};
  return KernelEdit(std::move(split).value(), situation.schedule, static_cast<size_t>(kernel),
                    situation.sizes);
}

KernelEdit::KernelEdit(nest::Program program, nest::Schedule schedule, size_t kernel,
                       const nest::SizeValues& sizes)
    : program_(std::move(program)),
      schedule_(std::move(schedule)),
      kernel_(kernel),
      sizes_(sizes),
      roots_(nest::RootsOf(program_, schedule_.kernels[kernel])) {
  for (size_t n = 0; n < nests(); ++n) {
    const nest::Nest copy = nest(n);
    accesses_.push_back(nest::Accesses(program_, copy));
  }
}

bool KernelEdit::IsRoot(size_t n, AxisId axis) const { return Has(roots_.of_nest[n], axis); }
bool KernelEdit::IsReduced(size_t n, AxisId axis) const { return Has(nest(n).reduced, axis); }

std::vector<AxisId> KernelEdit::Inner(size_t n) const {
  std::vector<AxisId> result;
  for (const AxisPlan& axis : plan().nests[n].axes) {
    if (!IsRoot(n, axis.axis)) result.push_back(axis.axis);
  }
  return result;
}

AxisId KernelEdit::MostContiguous(size_t n, const std::vector<AxisId>& axes) const {
  AxisId best = axes.empty() ? AxisId() : axes.back();
  int most = 0;
  for (const AxisId axis : axes) {
    int count = 0;
    for (const nest::NestAccess& access : accesses_[n]) count += access.IsContiguous(axis) ? 1 : 0;
    if (count > most) {
      most = count;
      best = axis;
    }
  }
  return best;
}

bool KernelEdit::IsContiguous(size_t n, AxisId axis) const {
  return std::any_of(accesses_[n].begin(), accesses_[n].end(),
                     [&](const nest::NestAccess& access) { return access.IsContiguous(axis); });
}

int64_t KernelEdit::Extent(AxisId axis) const {
  const Result<int64_t> extent =
      nest::EvaluateSize(program_, program_.axes[axis.index].extent, sizes_);
  return extent.ok() ? extent.value() : 0;
}

void KernelEdit::EditRoot(size_t root, const std::function<void(AxisPlan&)>& edit) {
  for (size_t n = 0; n < nests(); ++n) {
    edit(*nest::Find(plan().nests[n], roots_.of_nest[n][root]));
  }
}

int KernelEdit::RootOnThread(Dim dim) const {
  for (size_t r = 0; r < roots_.axes.size(); ++r) {
    const AxisPlan& root = *nest::Find(plan().nests[0], roots_.axes[r]);
    if (root.thread == dim) return static_cast<int>(r);
  }
  return -1;
}

bool KernelEdit::HasStages() const {
  return std::any_of(plan().nests.begin(), plan().nests.end(),
                     [](const nest::NestPlan& n) { return !n.stages.empty(); });
}

bool KernelEdit::HasReduction() const {
  for (size_t n = 0; n < nests(); ++n) {
    if (nest(n).reduction != nest::Reduction::kNone) return true;
  }
  return false;
}

bool KernelEdit::IsCooperative() const {
  for (size_t n = 0; n < nests(); ++n) {
    for (const AxisPlan& axis : plan().nests[n].axes) {
      if (IsReduced(n, axis.axis) && axis.threads > 1) return true;
    }
  }
  return false;
}

bool KernelEdit::IsContraction() const {
  for (size_t n = 0; n < nests(); ++n) {
    if (nest(n).reduction == nest::Reduction::kNone) continue;
    size_t reused = 0;
    size_t loads = 0;
    for (const nest::NestAccess& access : accesses_[n]) {
      if (access.is_store) continue;
      ++loads;
      reused += std::any_of(roots_.of_nest[n].begin(), roots_.of_nest[n].end(),
                            [&](AxisId root) { return !access.DependsOn(root); });
    }
    if (loads > 0 && reused == loads && roots_.axes.size() >= 2) return true;
  }
  return false;
}

bool KernelEdit::HasConditionalLoads() const {
  for (size_t n = 0; n < nests(); ++n) {
    if (nest(n).reduction == nest::Reduction::kNone) continue;
    const std::set<nest::ExprId> always = nest::AlwaysEvaluated(program_, nest(n).value);
    std::set<nest::ExprId> seen;
    std::vector<nest::ExprId> open{nest(n).value};
    while (!open.empty()) {
      const nest::ExprId id = open.back();
      open.pop_back();
      if (!seen.insert(id).second) continue;
      const nest::Expr& e = program_.expr(id);
      if (e.kind == nest::ExprKind::kLoad && always.count(id) == 0) return true;
      open.insert(open.end(), e.args.begin(), e.args.end());
    }
  }
  return false;
}

Status KernelEdit::FitKept() {
  constexpr int64_t kMostWords = 64;  // registers of a thread that kept rows may take
  int64_t words = 0;
  for (const nest::Keep& keep : plan().keeps) {
    if (keep.place != nest::Place::kRegisters) continue;
    int64_t of_buffer = 0;
    for (size_t n = 0; n < nests(); ++n) {
      const bool uses =
          std::any_of(accesses_[n].begin(), accesses_[n].end(),
                      [&](const nest::NestAccess& a) { return a.buffer == keep.buffer; });
      if (!uses) continue;
      for (const AxisId axis : Inner(n)) {
        AxisPlan& axis_plan = *nest::Find(plan().nests[n], axis);
        const int64_t extent = Extent(axis);
        if (extent == 0) return Error{"a row is kept, but its size is not known"};
        const int64_t step = int64_t{axis_plan.threads} * axis_plan.vector;
        const int64_t items = (extent + step - 1) / step;
        if (items > 32) return Error{Format("a row of {} does not fit in registers", extent)};
        axis_plan.items = static_cast<uint32_t>(items);
        of_buffer =
            items * axis_plan.vector * ir::BytesOf(program_.buffers[keep.buffer.index].type) / 4;
      }
    }
    words += of_buffer;
  }
  if (words > kMostWords) return Error{Format("kept rows take {} registers", words)};
  return Ok();
}

void ForEachKernel(const Situation& situation,
                   const std::function<void(const KernelEdit&, int64_t kernel)>& visit) {
  for (size_t k = 0; k < situation.schedule.kernels.size(); ++k) {
    const auto edit = KernelEdit::Open(situation, static_cast<int64_t>(k));
    if (edit) visit(*edit, static_cast<int64_t>(k));
  }
}

bool CanGenerate(const KernelEdit& edit) {
  const nest::Schedule kernels{.kernels = edit.schedule().kernels};
  return nest::Generate(edit.program(), kernels).ok();
}

Status JoinNest(KernelEdit& edit, size_t n, JoinKind kind) {
  if (n == 0 || n >= edit.nests()) return Error{"no nest before it in the kernel"};
  nest::KernelPlan& plan = edit.plan();
  if (plan.nests[n].joined) return Error{"the nest is joined already"};
  if (n + 1 < edit.nests() && plan.nests[n + 1].joined) {
    return Error{"other nests run in the nest's loops"};
  }
  size_t leader = n - 1;
  while (leader > 0 && plan.nests[leader].joined) --leader;
  nest::Program program = edit.program();
  const nest::Nest head = edit.nest(leader);
  const nest::Nest mine = nest::WithAxesOf(program, edit.nest(n), head);
  const bool online = nest::FindOnline(program, head, mine).has_value();
  if (online != (kind == JoinKind::kOnline)) {
    return Error{online ? "a sum relative to the maximum" : "no sum relative to a maximum"};
  }
  nest::NestPlan& joined = plan.nests[n];
  if (joined.axes.size() != plan.nests[leader].axes.size()) {
    return Error{"reductions over different points"};
  }
  for (size_t a = 0; a < joined.axes.size(); ++a) {
    const AxisId axis = joined.axes[a].axis;
    joined.axes[a] = plan.nests[leader].axes[a];
    joined.axes[a].axis = axis;
  }
  joined.stages.clear();
  joined.buffers = 1;
  joined.unroll = plan.nests[leader].unroll;
  joined.joined = true;
  return nest::Validate(edit.program(), edit.schedule());
}

uint32_t FloorPowerOfTwo(int64_t n) {
  uint32_t result = 1;
  while (int64_t{result} * 2 <= n && result < (1u << 30)) result *= 2;
  return result;
}

void BindTeam(KernelEdit& edit, uint32_t threads, uint32_t rows) {
  const uint32_t vector = OldVector(edit);
  const size_t count = edit.roots().axes.size();
  for (size_t r = 0; r < count; ++r) {
    edit.EditRoot(r, [&](AxisPlan& plan) {
      const bool is_row = r + 1 == count;
      plan = {.axis = plan.axis,
              .grid = is_row           ? Dim::kX
                      : r + 2 == count ? Dim::kY
                                       : Dim::kZ,
              .thread = is_row && rows > 1 ? Dim::kY : Dim::kNone,
              .threads = is_row ? rows : 1};
    });
  }
  for (size_t n = 0; n < edit.nests(); ++n) {
    const std::vector<AxisId> inner = edit.Inner(n);
    if (inner.empty()) continue;
    std::vector<AxisId> reduced;
    for (const AxisId axis : inner) {
      if (edit.IsReduced(n, axis)) reduced.push_back(axis);
    }
    const AxisId team = edit.MostContiguous(n, reduced.empty() ? inner : reduced);
    for (const AxisId axis : inner) {
      AxisPlan& plan = *nest::Find(edit.plan().nests[n], axis);
      plan = {.axis = axis};
      if (axis != team) continue;
      plan.thread = Dim::kX;
      plan.threads = threads;
      plan.vector = edit.IsContiguous(n, axis) ? vector : 1;
    }
  }
}

}  // namespace ws::target::cuda
