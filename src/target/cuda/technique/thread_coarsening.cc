// Several results per thread along an axis of the grid: what they share is loaded and computed
// once, and more loads are on the way. The elements of a thread are a block's threads apart, so
// that neighbouring threads still take neighbouring elements.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

using nest::AxisPlan;

bool Applies(const KernelEdit& edit) {
  if (edit.HasStages() || !edit.plan().keeps.empty()) return false;
  // Contractions have tiles of their own, which need what they load at every point.
  return !edit.IsContraction() || edit.HasConditionalLoads();
}

// Whether something that the kernel loads is the same along the axis.
bool IsShared(const KernelEdit& edit, size_t root) {
  for (size_t n = 0; n < edit.nests(); ++n) {
    for (const nest::NestAccess& access : edit.accesses(n)) {
      if (!access.is_store && !access.DependsOn(edit.roots().of_nest[n][root])) return true;
    }
  }
  return false;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (!Applies(edit)) return;
    for (size_t r = 0; r < edit.roots().axes.size(); ++r) {
      const AxisPlan& plan = *nest::Find(edit.plan().nests[0], edit.roots().axes[r]);
      const double promise = plan.items > 1 ? 0.15 : IsShared(edit, r) ? 0.5 : 0.3;
      best = std::max(best, promise);
    }
  });
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    if (!Applies(edit)) return;
    for (size_t r = 0; r < edit.roots().axes.size(); ++r) {
      const int64_t extent = edit.Extent(edit.roots().axes[r]);
      for (const int64_t items : {1, 2, 4, 8}) {
        if (extent > 0 && items > extent) continue;
        result.push_back({{"kernel", kernel}, {"axis", static_cast<int64_t>(r)}, {"items", items}});
      }
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit || !Applies(*edit)) return Error{"no kernel whose threads could take more elements"};
  const auto root = static_cast<size_t>(Get(parameters, "axis"));
  if (root >= edit->roots().axes.size()) return Error{"no such axis of the grid"};
  const auto items = static_cast<uint32_t>(Get(parameters, "items", 1));
  edit->EditRoot(root, [&](AxisPlan& plan) { plan.items = items; });
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"axis", "which axis of the grid, outermost 0"},
    {"items", "elements of a thread along the axis, a block's threads apart"},
};

}  // namespace

extern const Technique kThreadCoarsening = {
    "thread_coarsening",
    "thread coarsening",
    "Each thread computes several results along an axis of the grid.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
