// A kernel for sizes that are multiples of its tiles: no guard, no zero fill, no branch around a
// load. Where the sizes are not, the launcher takes the kernel with guards.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

// Whether the kernel has tiles, and the bench sizes, where they are known, are multiples of them.
bool Applies(const KernelEdit& edit) {
  bool tiles = false;
  for (const nest::NestPlan& nest : edit.plan().nests) {
    for (const nest::AxisPlan& axis : nest.axes) {
      if (axis.Tile() == 1) continue;
      tiles = true;
      if (edit.Extent(axis.axis) % axis.Tile() != 0) return false;
    }
  }
  return tiles;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (edit.plan().whole || !Applies(edit)) return;
    best = std::max(best, edit.HasStages() ? 0.5 : 0.2);
  });
  const bool memory = situation.limit == Limit::kDram || situation.limit == Limit::kL2;
  return memory ? best / 2 : best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    if (!edit.plan().whole && Applies(edit)) result.push_back({{"kernel", kernel}});
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit || !Applies(*edit)) return Error{"no tiles that divide the sizes"};
  edit->plan().whole = true;
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {kKernelParameter};

}  // namespace

extern const Technique kWholeTiles = {
    "whole_tiles",
    "branch reduction techniques",
    "A kernel without guards for sizes that are multiples of its tiles.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
