// A kernel is divided between two of its nests: what the first part leaves goes through memory, and
// the second part gets a grid over all of its own points. Pays where few rows keep few threads
// busy.
#include <algorithm>

#include "nest/dependence.h"
#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

// Points of the grid at the bench sizes; 0 if unknown.
int64_t GridPoints(const KernelEdit& edit) {
  int64_t points = 1;
  for (const nest::AxisId axis : edit.roots().axes) points *= edit.Extent(axis);
  return points;
}

// Whether the nests from `nest` on have parallel axes that the kernel's grid does not cover.
bool GainsParallelism(const KernelEdit& edit, size_t nest) {
  for (size_t n = nest; n < edit.nests(); ++n) {
    if (edit.nest(n).parallel.size() <= edit.roots().axes.size()) return false;
  }
  return true;
}

double Helps(const Situation& situation) {
  constexpr int64_t kFew = 16 * 1024;  // threads that do not fill a chip
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    for (size_t n = 1; n < edit.nests(); ++n) {
      if (!GainsParallelism(edit, n)) continue;
      const bool few = GridPoints(edit) > 0 && GridPoints(edit) < kFew;
      best = std::max(best, edit.IsCooperative() ? 0.1 : few ? 0.6 : 0.2);
    }
  });
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    for (size_t n = 1; n < edit.nests(); ++n) {
      if (!GainsParallelism(edit, n) || edit.plan().nests[n].joined) continue;
      result.push_back({{"kernel", kernel}, {"nest", static_cast<int64_t>(n)}});
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  const auto kernel = Get(parameters, "kernel");
  const auto nest = static_cast<size_t>(Get(parameters, "nest", 1));
  auto edit = KernelEdit::Open(situation, kernel);
  if (!edit || nest == 0 || nest >= edit->nests()) return Error{"no second nest in the kernel"};
  if (edit->plan().nests[nest].joined) return Error{"the nest runs in the loop before it"};
  if (!GainsParallelism(*edit, nest)) return Error{"the second part has no more points to spread"};
  nest::KernelPlan& first = edit->plan();
  // Rows are not kept across kernels.
  first.keeps.clear();
  const uint32_t begin = first.first + static_cast<uint32_t>(nest);
  const auto count = static_cast<uint32_t>(edit->nests() - nest);
  first.nests.resize(nest);
  const std::vector<nest::KernelPlan> second =
      nest::NaiveKernels(edit->program(), begin, begin + count);
  auto& kernels = edit->schedule().kernels;
  kernels.insert(kernels.begin() + kernel + 1, second.begin(), second.end());
  TRY_OK(nest::Validate(edit->program(), edit->schedule()));
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"nest", "the first nest of the second kernel, counted from the kernel's first"},
};

}  // namespace

extern const Technique kKernelFission = {
    "kernel_fission",
    "workload restructuring",
    "Divides a kernel so that its second part runs over all of its own points.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
