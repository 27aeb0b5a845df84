// The next tiles are loaded into registers while the present ones are used, and stored into a
// second buffer: the latency of the loads is hidden, and a turn of the loop needs one barrier.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

// A contraction whose operands pass through tiles along one reduced axis.
bool Applies(const KernelEdit& edit) {
  if (edit.nests() != 1 || !edit.HasStages() || !edit.HasReduction() || edit.IsCooperative()) {
    return false;
  }
  const nest::Nest& nest = edit.nest(0);
  return nest.reduced.size() == 1 && nest::Find(edit.plan().nests[0], nest.reduced[0])->Tile() > 1;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (!Applies(edit)) return;
    const bool done = edit.plan().nests[0].buffers == 2;
    const bool waits = situation.limit == Limit::kLatency || situation.limit == Limit::kUnknown;
    best = std::max(best, done ? 0.05 : waits ? 0.8 : 0.4);
  });
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    if (!Applies(edit)) return;
    for (const int64_t buffers : {1, 2}) {
      result.push_back({{"kernel", kernel}, {"buffers", buffers}});
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit || !Applies(*edit)) return Error{"no loop over tiles in shared memory"};
  edit->plan().nests[0].buffers = static_cast<uint32_t>(Get(parameters, "buffers", 2));
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"buffers", "tiles of each operand in shared memory: 2, one is filled while one is used"},
};

}  // namespace

extern const Technique kDoubleBuffering = {
    "double_buffering",
    "memory compute overlap",
    "The next tiles are loaded while the present ones are used.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
