// A warp, or a part of one, reduces each row by shuffles: no shared memory, no barrier, and several
// short rows in a warp.
#include <algorithm>

#include "target/cuda/row_teams.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

// Rows that a few elements per lane cover.
constexpr int64_t kShort = 2048;

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (!ReducesRows(edit)) return;
    const int64_t extent = LongestRow(edit);
    const double promise = edit.IsCooperative() ? 0.3 : extent > kShort ? 0.6 : 0.95;
    best = std::max(best, promise);
  });
  if (situation.limit == Limit::kFloat || situation.limit == Limit::kLaunch) best /= 2;
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  // Lanes of a row and rows of a block.
  constexpr int64_t kTeams[][2] = {{4, 32}, {8, 16}, {8, 32}, {16, 8}, {16, 16},
                                   {32, 1}, {32, 2}, {32, 4}, {32, 8}};
  constexpr int64_t kMostPerLane = 64;
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    if (!ReducesRows(edit)) return;
    const bool rows_shared = !SharedRows(edit).empty();
    const int64_t extent = LongestRow(edit);
    for (const auto& [threads, rows] : kTeams) {
      if (threads < 32 && extent > threads * kMostPerLane) continue;
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
  if (!edit || !ReducesRows(*edit)) return Error{"no row that a warp could reduce"};
  const int64_t threads = Get(parameters, "threads", 32);
  if (threads > 32) return Error{"more threads than a warp has"};
  return ApplyTeams(situation, *edit, static_cast<uint32_t>(threads),
                    static_cast<uint32_t>(Get(parameters, "rows", 1)), Get(parameters, "keep"));
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"threads", "lanes of a warp that reduce one row together"},
    {"rows", "rows per block"},
    kKeepParameter,
};

}  // namespace

extern const Technique kWarpReduction = {
    "warp_reduction",
    "warp-level primitives",
    "The lanes of a warp, or of a part of one, reduce each row by shuffles alone.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
