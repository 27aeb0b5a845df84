// A serial loop over a row becomes the work of a warp or a block; the row can stay on chip between
// the passes over it.
#include <algorithm>

#include "nest/generate.h"
#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

using nest::AxisId;
using nest::AxisPlan;
using nest::Dim;

enum KeepChoice : int64_t { kKeepNothing = 0, kKeepRegisters = 1, kKeepShared = 2 };

bool Applies(const KernelEdit& edit) {
  if (edit.HasStages() || edit.roots().axes.empty() || !edit.HasReduction()) return false;
  if (edit.IsContraction()) return false;
  // Threads go along the reduced axis; where that is not contiguous, columns are better.
  for (size_t n = 0; n < edit.nests(); ++n) {
    if (edit.nest(n).reduction == nest::Reduction::kNone) continue;
    const std::vector<AxisId>& reduced = edit.nest(n).reduced;
    if (!std::any_of(reduced.begin(), reduced.end(),
                     [&](AxisId axis) { return edit.IsContiguous(n, axis); })) {
      return false;
    }
  }
  return true;
}

// Buffers that several nests of the kernel use inside their loops.
std::vector<nest::BufferId> SharedRows(const KernelEdit& edit) {
  std::vector<nest::BufferId> once;
  std::vector<nest::BufferId> twice;
  for (size_t n = 0; n < edit.nests(); ++n) {
    const std::vector<AxisId> inner = edit.Inner(n);
    if (inner.size() != 1) continue;
    std::vector<nest::BufferId> here;
    for (const nest::NestAccess& access : edit.accesses(n)) {
      const bool known = std::find(here.begin(), here.end(), access.buffer) != here.end();
      if (access.DependsOn(inner[0]) && !known) here.push_back(access.buffer);
    }
    for (const nest::BufferId buffer : here) {
      if (std::find(once.begin(), once.end(), buffer) == once.end()) {
        once.push_back(buffer);
      } else if (std::find(twice.begin(), twice.end(), buffer) == twice.end()) {
        twice.push_back(buffer);
      }
    }
  }
  return twice;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (!Applies(edit)) return;
    const double promise = !edit.IsCooperative() ? 0.95 : edit.plan().keeps.empty() ? 0.5 : 0.25;
    best = std::max(best, promise);
  });
  if (situation.limit == Limit::kFloat || situation.limit == Limit::kLaunch) best /= 2;
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  // Threads of a row and rows of a block.
  constexpr int64_t kTeams[][2] = {{32, 2},  {32, 4},  {32, 8},  {64, 1},  {64, 2},  {64, 4},
                                   {128, 1}, {128, 2}, {256, 1}, {512, 1}, {1024, 1}};
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    if (!Applies(edit)) return;
    const bool rows_shared = !SharedRows(edit).empty();
    int64_t extent = 0;
    for (size_t n = 0; n < edit.nests(); ++n) {
      for (const AxisId axis : edit.Inner(n)) extent = std::max(extent, edit.Extent(axis));
    }
    for (const auto& [threads, rows] : kTeams) {
      if (extent > 0 && threads > std::max<int64_t>(32, extent)) continue;
      for (const int64_t keep : {kKeepNothing, kKeepRegisters, kKeepShared}) {
        if (keep != kKeepNothing && !rows_shared) continue;
        result.push_back(
            {{"kernel", kernel}, {"threads", threads}, {"rows", rows}, {"keep", keep}});
      }
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit || !Applies(*edit)) return Error{"no row that threads could reduce together"};
  edit->plan().keeps.clear();
  BindTeam(*edit, static_cast<uint32_t>(Get(parameters, "threads", 32)),
           static_cast<uint32_t>(Get(parameters, "rows", 1)));
  const int64_t keep = Get(parameters, "keep");
  if (keep == kKeepNothing) return edit->schedule();
  const nest::Place place = keep == kKeepRegisters ? nest::Place::kRegisters : nest::Place::kShared;
  // What can be kept is decided by trying: a row that stands in the way of the others is left out.
  for (const nest::BufferId buffer : SharedRows(*edit)) {
    const nest::Schedule before = edit->schedule();
    edit->plan().keeps.push_back({buffer, place});
    const bool fits =
        edit->FitKept().ok() && nest::Generate(situation.program, edit->schedule()).ok();
    if (!fits) edit->schedule() = before;
  }
  if (edit->plan().keeps.empty()) return Error{"no row that can be kept on chip"};
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"threads", "threads that reduce one row together"},
    {"rows", "rows per block"},
    {"keep", "where the row stays between its uses: 0 nowhere, 1 registers, 2 shared memory"},
};

}  // namespace

extern const Technique kParallelReduction = {
    "parallel_reduction",
    "warp-level primitives",
    "A warp or a block works on each row together and keeps the row on chip between passes.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
