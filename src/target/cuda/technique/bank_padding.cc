// Elements added to the rows of a tile in shared memory, so that accesses across rows fall on
// different banks. Applies where the layout shows conflicts.
#include <algorithm>

#include "nest/bank_conflicts.h"
#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

// Passes through shared memory for all tiles of the kernel; `pad` instead of their own where it is
// better.
nest::TilePasses Count(const KernelEdit& edit, int64_t pad, nest::KernelPlan* padded) {
  nest::Program program = edit.program();
  nest::TilePasses total;
  *padded = edit.plan();
  for (size_t n = 0; n < edit.nests(); ++n) {
    for (nest::Stage& stage : padded->nests[n].stages) {
      nest::TilePasses best = nest::CountPasses(program, edit.plan(), n, stage);
      if (pad >= 0 && best.added > 0) {
        nest::Stage other = stage;
        other.pad = static_cast<uint32_t>(pad);
        const nest::TilePasses passes = nest::CountPasses(program, edit.plan(), n, other);
        if (passes.needed + passes.added < best.needed + best.added) {
          best = passes;
          stage = other;
        }
      }
      total.needed += best.needed;
      total.added += best.added;
    }
  }
  return total;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    nest::KernelPlan unused;
    const nest::TilePasses passes = Count(edit, -1, &unused);
    if (passes.added == 0) return;
    const double share = static_cast<double>(passes.added) / (passes.needed + passes.added);
    best = std::max(best, share);
  });
  return situation.limit == Limit::kShared ? std::max(best, best > 0 ? 0.8 : 0.0) : best / 2;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    nest::KernelPlan padded;
    const nest::TilePasses now = Count(edit, -1, &padded);
    if (now.added == 0) return;
    for (const int64_t pad : {1, 2, 4, 8, 16}) {
      const nest::TilePasses then = Count(edit, pad, &padded);
      if (then.needed + then.added < now.needed + now.added) {
        result.push_back({{"kernel", kernel}, {"pad", pad}});
      }
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit || !edit->HasStages()) return Error{"no tile in shared memory"};
  nest::KernelPlan padded;
  if (Count(*edit, -1, &padded).added == 0) return Error{"no bank conflicts"};
  Count(*edit, Get(parameters, "pad", 1), &padded);
  if (padded == edit->plan()) return Error{"the padding takes no bank conflict away"};
  edit->plan() = padded;
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"pad", "elements added to the rows of tiles that have bank conflicts"},
};

}  // namespace

extern const Technique kBankPadding = {
    "bank_padding",
    "bank conflict padding",
    "Pads tiles in shared memory whose layout shows bank conflicts.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
