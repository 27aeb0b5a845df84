// A serial loop over a row becomes the work of a block; the row can stay on chip between the passes
// over it.
#include <algorithm>

#include "target/cuda/row_teams.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (!ReducesRows(edit)) return;
    const double promise = !edit.IsCooperative() ? 0.95 : edit.plan().keeps.empty() ? 0.5 : 0.25;
    best = std::max(best, promise);
  });
  if (situation.limit == Limit::kFloat || situation.limit == Limit::kLaunch) best /= 2;
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  // Threads of a row and rows of a block.
  constexpr int64_t kTeams[][2] = {{64, 1},  {64, 2},  {64, 4},  {128, 1},
                                   {128, 2}, {256, 1}, {512, 1}, {1024, 1}};
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    if (!ReducesRows(edit)) return;
    const bool rows_shared = !SharedRows(edit).empty();
    const int64_t extent = LongestRow(edit);
    for (const auto& [threads, rows] : kTeams) {
      if (extent > 0 && threads > extent) continue;
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
  if (!edit || !ReducesRows(*edit)) return Error{"no row that threads could reduce together"};
  return ApplyTeams(situation, *edit, static_cast<uint32_t>(Get(parameters, "threads", 64)),
                    static_cast<uint32_t>(Get(parameters, "rows", 1)), Get(parameters, "keep"));
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"threads", "threads that reduce one row together, in several warps"},
    {"rows", "rows per block"},
    kKeepParameter,
};

}  // namespace

extern const Technique kParallelReduction = {
    "parallel_reduction",
    "work distribution optimization",
    "Several warps work on each row together and keep the row on chip between passes.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
