// Threads per block and elements per thread.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

using nest::AxisId;
using nest::AxisPlan;
using nest::Dim;

double Helps(const Situation& situation) {
  double best = 0.2;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    // A map has little else to turn.
    if (!edit.HasReduction() && !edit.HasStages()) best = std::max(best, 0.5);
  });
  if (situation.limit == Limit::kLatency) best += 0.2;
  return best;
}

// Axes on thread x or y, root or not, and a root axis that threads do not share.
struct Shape {
  bool has_x = false, has_y = false;
  int free_root = -1;
};

Shape ShapeOf(const KernelEdit& edit) {
  Shape shape;
  shape.has_x = nest::ThreadsX(edit.plan()) > 1;
  shape.has_y = nest::ThreadsY(edit.plan()) > 1;
  for (size_t r = 0; r < edit.roots().axes.size(); ++r) {
    const AxisPlan& plan = *nest::Find(edit.plan().nests[0], edit.roots().axes[r]);
    if (plan.thread == Dim::kNone) shape.free_root = static_cast<int>(r);
  }
  return shape;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    const Shape shape = ShapeOf(edit);
    if (!shape.has_x) return;
    const bool can_y = shape.has_y || shape.free_root >= 0;
    for (const int64_t x : {8, 16, 32, 64, 128, 256, 512}) {
      for (const int64_t y : {1, 2, 4, 8, 16, 32}) {
        if ((y > 1 && !can_y) || x * y > 1024 || x * y < 64) continue;
        if (x < 32 && !edit.IsContraction()) continue;
        if (x * y > 512 && edit.HasStages()) continue;
        for (const int64_t items : {1, 2, 4, 8}) {
          const bool fixed = edit.HasStages() || edit.IsContraction() || !edit.plan().keeps.empty();
          if (fixed && items > 1) continue;
          result.push_back({{"kernel", kernel}, {"x", x}, {"y", y}, {"items", items}});
        }
      }
    }
  });
  return result;
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit) return Error{"no such kernel"};
  const auto x = static_cast<uint32_t>(Get(parameters, "x", 32));
  const auto y = static_cast<uint32_t>(Get(parameters, "y", 1));
  const auto items = static_cast<uint32_t>(Get(parameters, "items", 1));
  const Shape shape = ShapeOf(*edit);
  const bool fixed = edit->HasStages() || edit->IsContraction() || !edit->plan().keeps.empty();
  if (!shape.has_y && y > 1) {
    if (shape.free_root < 0) return Error{"no axis for a second thread dimension"};
    edit->EditRoot(static_cast<size_t>(shape.free_root),
                   [](AxisPlan& plan) { plan.thread = Dim::kY; });
  }
  const bool staged_map = edit->HasStages() && !edit->HasReduction();
  for (nest::NestPlan& nest : edit->plan().nests) {
    for (AxisPlan& plan : nest.axes) {
      if (plan.thread == Dim::kNone) continue;
      const uint32_t old = plan.threads;
      plan.threads = plan.thread == Dim::kX ? x : y;
      // The tile in shared memory keeps its extents.
      if (staged_map) {
        if (old * plan.items % plan.threads != 0) return Error{"threads do not divide the tile"};
        plan.items = old * plan.items / plan.threads;
      }
      if (plan.threads == 1) plan.thread = Dim::kNone;
    }
  }
  if (!fixed) {
    // Elements per thread: along a root axis that is not on thread x, so that loads along x are
    // used again; else along x itself; loops over a row are unrolled.
    const bool loops = edit->HasReduction();
    int root = -1;
    for (size_t r = 0; r < edit->roots().axes.size(); ++r) {
      if (edit->Root(r).thread != Dim::kX) root = static_cast<int>(r);
    }
    if (loops) {
      for (size_t n = 0; n < edit->nests(); ++n) {
        for (const AxisId axis : edit->Inner(n)) {
          AxisPlan& plan = *nest::Find(edit->plan().nests[n], axis);
          if (plan.thread != Dim::kNone || edit->Inner(n).size() == 1) plan.items = items;
        }
      }
    } else if (!edit->roots().axes.empty()) {
      const int on_x = edit->RootOnThread(Dim::kX);
      for (size_t r = 0; r < edit->roots().axes.size(); ++r) {
        const bool mine = root >= 0 ? static_cast<int>(r) == root : static_cast<int>(r) == on_x;
        edit->EditRoot(r, [&](AxisPlan& plan) { plan.items = mine ? items : 1; });
      }
    }
  }
  TRY_OK(edit->FitKept());
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"x", "threads of a block along x"},
    {"y", "threads of a block along y"},
    {"items", "elements that each thread computes"},
};

}  // namespace

extern const Technique kBlockShape = {"block_shape",
                                      "work per thread increase",
                                      "Threads per block and elements per thread.",
                                      Helps,
                                      Space,
                                      Apply,
                                      kParameters};

}  // namespace ws::target::cuda
