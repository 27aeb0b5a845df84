// Asks the compiler to keep so few registers that a given number of blocks is resident on a
// multiprocessor: more warps hide latency, as long as nothing spills.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

constexpr int64_t kMostThreads = 2048;  // of a multiprocessor
constexpr int64_t kRegisters = 64 * 1024;
constexpr int64_t kFewestRegisters = 24;  // of a thread; below, everything spills

int64_t ThreadsOf(const KernelEdit& edit) {
  return int64_t{nest::ThreadsX(edit.plan())} * nest::ThreadsY(edit.plan());
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    const bool done = edit.plan().min_blocks != 0;
    const bool large = edit.IsContraction() || !edit.plan().keeps.empty();
    best = std::max(best, done ? 0.05 : large ? 0.3 : 0.1);
  });
  return situation.limit == Limit::kLatency ? std::min(1.0, best * 1.5) : best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    const int64_t threads = ThreadsOf(edit);
    for (const int64_t blocks : {0, 1, 2, 3, 4, 6, 8, 12, 16}) {
      if (blocks * threads > kMostThreads) continue;
      if (blocks * threads * kFewestRegisters > kRegisters) continue;
      result.push_back({{"kernel", kernel}, {"blocks", blocks}});
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit) return Error{"no such kernel"};
  const int64_t blocks = Get(parameters, "blocks");
  if (blocks * ThreadsOf(*edit) > kMostThreads) {
    return Error{"more threads than a multiprocessor holds"};
  }
  edit->plan().min_blocks = static_cast<uint32_t>(blocks);
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"blocks", "blocks resident on a multiprocessor that registers must allow; 0: not asked for"},
};

}  // namespace

extern const Technique kLaunchBounds = {
    "launch_bounds",
    "launch bounds tuning",
    "Bounds the registers of a thread so that more blocks are resident.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
