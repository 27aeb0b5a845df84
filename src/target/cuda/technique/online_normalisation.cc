// A maximum and the sum of exponentials relative to it in one pass: the sum is rescaled where the
// maximum grows. Saves a pass over rows that do not stay on chip.
#include <algorithm>

#include "target/cuda/row_teams.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

// Sums of the kernel that can run along with the maximum before them.
std::vector<size_t> Candidates(const KernelEdit& edit) {
  std::vector<size_t> result;
  for (size_t n = 1; n < edit.nests(); ++n) {
    KernelEdit trial = edit;
    if (JoinNest(trial, n, JoinKind::kOnline).ok()) result.push_back(n);
  }
  return result;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (Candidates(edit).empty()) return;
    constexpr int64_t kOnChip = 8192;  // elements of a row that may stay in registers
    const bool leaves = LongestRow(edit) > kOnChip;
    best = std::max(best, leaves ? 0.9 : edit.plan().keeps.empty() ? 0.5 : 0.15);
  });
  if (situation.limit == Limit::kSpecial || situation.limit == Limit::kFloat) best /= 2;
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    for (const size_t n : Candidates(edit)) {
      result.push_back({{"kernel", kernel}, {"nest", static_cast<int64_t>(n)}});
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit) return Error{"no such kernel"};
  TRY_OK(JoinNest(*edit, static_cast<size_t>(Get(parameters, "nest", 1)), JoinKind::kOnline));
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"nest", "which nest of the kernel is summed along with the maximum before it"},
};

}  // namespace

extern const Technique kOnlineNormalisation = {
    "online_normalisation",
    "mathematical transformation",
    "Finds a maximum and the sum of exponentials relative to it in one pass.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
