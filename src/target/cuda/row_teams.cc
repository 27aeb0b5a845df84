#include "target/cuda/row_teams.h"

#include <algorithm>

#include "nest/generate.h"

namespace ws::target::cuda {

using nest::AxisId;

bool ReducesRows(const KernelEdit& edit) {
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

int64_t LongestRow(const KernelEdit& edit) {
  int64_t extent = 0;
  for (size_t n = 0; n < edit.nests(); ++n) {
    for (const AxisId axis : edit.Inner(n)) extent = std::max(extent, edit.Extent(axis));
  }
  return extent;
}

Result<nest::Schedule> ApplyTeams(const Situation& situation, KernelEdit& edit, uint32_t threads,
                                  uint32_t rows, int64_t keep) {
  edit.plan().keeps.clear();
  BindTeam(edit, threads, rows);
  if (keep == kKeepNothing) return edit.schedule();
  const nest::Place place = keep == kKeepRegisters ? nest::Place::kRegisters : nest::Place::kShared;
  // What can be kept is decided by trying: a row that stands in the way of the others is left out.
  for (const nest::BufferId buffer : SharedRows(edit)) {
    const nest::Schedule before = edit.schedule();
    edit.plan().keeps.push_back({buffer, place});
    const bool fits =
        edit.FitKept().ok() && nest::Generate(situation.program, edit.schedule()).ok();
    if (!fits) edit.schedule() = before;
  }
  if (edit.plan().keeps.empty()) return Error{"no row that can be kept on chip"};
  return edit.schedule();
}

}  // namespace ws::target::cuda
