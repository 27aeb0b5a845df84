// Several turns of a serial loop written out together: their loads are on the way at once, and the
// loop's own instructions are shared.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

// Nests with a loop that goes round more than once.
std::vector<size_t> Loops(const KernelEdit& edit) {
  std::vector<size_t> nests;
  if (edit.HasStages() || !edit.plan().keeps.empty()) return nests;
  for (size_t n = 0; n < edit.nests(); ++n) {
    const std::vector<nest::AxisId> inner = edit.Inner(n);
    if (inner.empty()) continue;
    const int64_t extent = edit.Extent(inner.back());
    const int64_t tile = nest::Find(edit.plan().nests[n], inner.back())->Tile();
    if (extent == 0 || extent > tile) nests.push_back(n);
  }
  return nests;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    for (const size_t n : Loops(edit)) {
      best = std::max(best, edit.plan().nests[n].unroll > 0 ? 0.1 : 0.35);
    }
  });
  return situation.limit == Limit::kLatency || situation.limit == Limit::kIssue
             ? std::min(1.0, best * 1.5)
             : best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    if (Loops(edit).empty()) return;
    for (const int64_t turns : {0, 2, 4, 8, 16}) {
      result.push_back({{"kernel", kernel}, {"turns", turns}});
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  const std::vector<size_t> loops = edit ? Loops(*edit) : std::vector<size_t>();
  if (loops.empty()) return Error{"no serial loop to unroll"};
  for (const size_t n : loops) {
    edit->plan().nests[n].unroll = static_cast<uint32_t>(Get(parameters, "turns", 4));
  }
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"turns", "turns of the innermost loops written out together; 0: as the compiler likes"},
};

}  // namespace

extern const Technique kLoopUnrolling = {
    "loop_unrolling",
    "instruction level parallelism",
    "Writes several turns of a serial loop out, so that their loads overlap.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
