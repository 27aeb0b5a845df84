// A long reduction with few results (a total, a dot product, the sums of a few rows) is split into
// parts, a block each; a second kernel reduces the parts.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

using nest::AxisId;

// The reduced axis that is split: the one along which the data is contiguous.
AxisId SplitAxis(const Situation& situation, const KernelEdit& edit) {
  if (edit.nests() != 1 || edit.HasStages() || !edit.plan().keeps.empty()) return {};
  const nest::Nest& nest = edit.nest(0);
  if (nest.reduction == nest::Reduction::kNone || edit.IsContraction()) return {};
  // Results of an earlier split are not split again.
  for (const nest::NestAccess& access : edit.accesses(0)) {
    if (access.buffer.index >= situation.program.buffers.size()) return {};
  }
  const AxisId axis = edit.MostContiguous(0, nest.reduced);
  return axis.valid() && edit.IsContiguous(0, axis) ? axis : AxisId();
}

// Results of the kernel at the bench sizes; 0 if unknown.
int64_t Results(const KernelEdit& edit) {
  int64_t results = 1;
  for (const AxisId axis : edit.roots().axes) results *= edit.Extent(axis);
  return results;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (!SplitAxis(situation, edit).valid()) return;
    constexpr int64_t kFew = 512;
    const int64_t results = Results(edit);
    best = std::max(best, results > 0 && results <= kFew ? 0.9 : 0.1);
  });
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    const AxisId axis = SplitAxis(situation, edit);
    if (!axis.valid()) return;
    const int64_t extent = edit.Extent(axis);
    for (const int64_t threads : {128, 256, 512}) {
      for (const int64_t parts : {1, 16, 64, 128, 256, 512, 1024}) {
        if (parts > 1 && extent > 0 && extent < parts * threads) continue;
        result.push_back({{"kernel", kernel}, {"threads", threads}, {"parts", parts}});
      }
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  const int64_t kernel = Get(parameters, "kernel");
  auto edit = KernelEdit::Open(situation, kernel);
  const AxisId axis = edit ? SplitAxis(situation, *edit) : AxisId();
  if (!axis.valid()) return Error{"no reduction along contiguous data in a kernel of its own"};
  const auto threads = static_cast<uint32_t>(Get(parameters, "threads", 256));
  const auto parts = static_cast<uint32_t>(Get(parameters, "parts", 1));
  if (parts == 1) {
    BindTeam(*edit, threads, 1);
    return edit->schedule();
  }
  TRY(const nest::Schedule split, nest::AddSplit(situation.program, situation.schedule,
                                                 static_cast<uint32_t>(kernel), 0, axis, parts));
  auto partial = KernelEdit::Open({situation.program, split, situation.sizes}, kernel);
  if (!partial) return Error{"the split reduction is not expressible"};
  BindTeam(*partial, threads, 1);
  const nest::Schedule bound = partial->schedule();
  auto combine = KernelEdit::Open({situation.program, bound, situation.sizes}, kernel + 1);
  if (!combine) return Error{"the second kernel of the split reduction is not expressible"};
  BindTeam(*combine, std::clamp(FloorPowerOfTwo(parts), 32u, 256u), 1);
  return combine->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"threads", "threads of a block, which reduce one part together"},
    {"parts", "parts that the reduction is split into, one block each; 1: none"},
};

}  // namespace

extern const Technique kSplitReduction = {"split_reduction",
                                          "grid size optimization",
                                          "Several blocks reduce parts of a long row or of "
                                          "everything; a second kernel reduces the parts.",
                                          Helps,
                                          Space,
                                          Apply,
                                          kParameters};

}  // namespace ws::target::cuda
