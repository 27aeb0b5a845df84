// Loads and stores of several neighbouring elements at once.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

using nest::AxisId;
using nest::AxisPlan;
using nest::Dim;

// The axis of nest n that vectors go along: the one on thread x if accesses are contiguous along
// it, else a serial loop along which they are.
AxisId VectorAxis(const KernelEdit& edit, size_t n) {
  for (const AxisPlan& plan : edit.plan().nests[n].axes) {
    if (plan.thread == Dim::kX && edit.IsContiguous(n, plan.axis)) return plan.axis;
  }
  for (const AxisId axis : edit.Inner(n)) {
    const AxisPlan& plan = *nest::Find(edit.plan().nests[n], axis);
    if (plan.thread == Dim::kNone && edit.IsContiguous(n, axis)) return axis;
  }
  return {};
}

uint32_t CurrentWidth(const KernelEdit& edit) {
  uint32_t width = 1;
  for (const nest::NestPlan& plan : edit.plan().nests) {
    for (const AxisPlan& axis : plan.axes) width = std::max(width, axis.vector);
    for (const nest::Stage& stage : plan.stages) width = std::max(width, stage.vector);
  }
  return width;
}

// Widest useful vector: 16 bytes of the narrowest type in memory.
uint32_t WidestVector(const KernelEdit& edit) {
  uint32_t widest = 1;
  for (size_t n = 0; n < edit.nests(); ++n) {
    for (const nest::NestAccess& access : edit.accesses(n)) {
      const uint32_t bytes = ir::BytesOf(edit.program().buffers[access.buffer.index].type);
      if (access.contiguous.valid()) widest = std::max(widest, 16 / std::max<uint32_t>(bytes, 2));
    }
  }
  return std::min<uint32_t>(widest, 8);
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    if (WidestVector(edit) == 1) return;
    const bool done = CurrentWidth(edit) > 1;
    best = std::max(best, done ? 0.15 : edit.HasStages() || edit.IsCooperative() ? 0.8 : 0.6);
  });
  if (situation.limit == Limit::kSpecial) best /= 2;
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    for (const int64_t width : {1, 2, 4, 8}) {
      if (width > WidestVector(edit)) continue;
      if (edit.HasStages()) {
        // Loads of the tiles, and what a thread takes from them and stores, on their own.
        for (const int64_t part : {0, 1, 2}) {
          result.push_back({{"kernel", kernel}, {"width", width}, {"part", part}});
        }
      } else {
        result.push_back({{"kernel", kernel}, {"width", width}});
      }
    }
  });
  return result;
}

// Tiles and fragments; the number of elements per thread stays.
Result<nest::Schedule> ApplyToTiles(KernelEdit& edit, uint32_t width, int64_t part) {
  nest::NestPlan& plan = edit.plan().nests[0];
  if (part != 1) {
    bool changed = false;
    for (nest::Stage& stage : plan.stages) {
      nest::Stage wide = stage;
      wide.vector = width;
      std::swap(stage, wide);
      if (CanGenerate(edit)) {
        changed = true;
      } else {
        std::swap(stage, wide);
      }
    }
    if (!changed) return Error{"no tile that vectors could load"};
  }
  if (part == 0) return edit.schedule();
  for (size_t r = 0; r < edit.roots().axes.size(); ++r) {
    const AxisPlan old = edit.Root(r);
    const uint32_t elements = old.items * old.vector;
    if (old.thread == Dim::kNone || elements % width != 0) continue;
    edit.EditRoot(r, [&](AxisPlan& axis) {
      axis.vector = width;
      axis.items = elements / width;
    });
  }
  return edit.schedule();
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit) return Error{"no such kernel"};
  const auto width = static_cast<uint32_t>(Get(parameters, "width", 1));
  if (edit->HasStages()) return ApplyToTiles(*edit, width, Get(parameters, "part"));
  bool changed = false;
  for (size_t n = 0; n < edit->nests(); ++n) {
    const AxisId axis = VectorAxis(*edit, n);
    if (!axis.valid()) continue;
    changed = true;
    const auto& roots = edit->roots().of_nest[n];
    const auto at =
        static_cast<size_t>(std::find(roots.begin(), roots.end(), axis) - roots.begin());
    if (at < roots.size()) {
      edit->EditRoot(at, [&](AxisPlan& plan) { plan.vector = width; });
    } else {
      nest::Find(edit->plan().nests[n], axis)->vector = width;
    }
  }
  if (!changed) return Error{"no axis along which accesses are contiguous"};
  TRY_OK(edit->FitKept());
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"width", "elements per load or store"},
    {"part",
     "which accesses: 0 loads of tiles, 1 what a thread takes from tiles and stores, 2 both"},
};

}  // namespace

extern const Technique kVectorisedAccess = {
    "vectorised_access",
    "vectorized memory access",
    "Loads and stores of 2, 4 or 8 neighbouring elements at once.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
