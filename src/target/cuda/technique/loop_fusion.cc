// Independent reductions over the same points run in one loop: what they share is loaded once.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

// Reductions of the kernel that can run in the loop before them.
std::vector<size_t> Candidates(const KernelEdit& edit) {
  std::vector<size_t> result;
  for (size_t n = 1; n < edit.nests(); ++n) {
    KernelEdit trial = edit;
    if (JoinNest(trial, n, JoinKind::kIndependent).ok()) result.push_back(n);
  }
  return result;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (!Candidates(edit).empty()) best = std::max(best, edit.plan().keeps.empty() ? 0.8 : 0.3);
  });
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
  TRY_OK(JoinNest(*edit, static_cast<size_t>(Get(parameters, "nest", 1)), JoinKind::kIndependent));
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"nest", "which nest of the kernel joins the loop of the one before, counted from 0"},
};

}  // namespace

extern const Technique kLoopFusion = {
    "loop_fusion",
    "loop fusion optimization",
    "Independent reductions over the same points run in one loop.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
