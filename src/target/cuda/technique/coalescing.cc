// Loop interchange for coalescing: neighbouring threads take neighbouring elements. What is reduced
// across columns is spread over thread y and over blocks, in two kernels.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

using nest::AxisId;
using nest::AxisPlan;
using nest::Dim;

// Position of the root axis along which most accesses are contiguous; -1 if none.
int ContiguousRoot(const KernelEdit& edit) {
  int best = -1;
  int most = 0;
  for (size_t r = 0; r < edit.roots().axes.size(); ++r) {
    int count = 0;
    for (size_t n = 0; n < edit.nests(); ++n) {
      for (const nest::NestAccess& access : edit.accesses(n)) {
        const AxisId axis = edit.roots().of_nest[n][r];
        count += access.IsContiguous(axis) ? (access.is_store ? 3 : 2) : 0;
      }
    }
    if (count > most) {
      most = count;
      best = static_cast<int>(r);
    }
  }
  return best;
}

bool IsColumnReduction(const KernelEdit& edit) {
  if (!edit.HasReduction() || edit.HasStages() || edit.IsContraction()) return false;
  for (size_t n = 0; n < edit.nests(); ++n) {
    for (const AxisId axis : edit.nest(n).reduced) {
      if (edit.IsContiguous(n, axis)) return false;
    }
  }
  return true;
}

bool IsAlongThreads(const KernelEdit& edit, int root) {
  const AxisPlan& plan =
      *nest::Find(edit.plan().nests[0], edit.roots().axes[static_cast<size_t>(root)]);
  return plan.thread == Dim::kX && plan.threads >= 32;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    const int root = ContiguousRoot(edit);
    if (root < 0 || edit.HasStages()) return;
    double promise = IsAlongThreads(edit, root) ? 0.1 : 0.9;
    if (IsColumnReduction(edit) && !edit.IsCooperative()) promise = 0.9;
    if (IsColumnReduction(edit) && edit.IsCooperative()) promise = 0.3;
    best = std::max(best, promise);
  });
  if (situation.limit == Limit::kFloat || situation.limit == Limit::kSpecial) best /= 2;
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    if (ContiguousRoot(edit) < 0 || edit.HasStages() || !edit.plan().keeps.empty()) return;
    if (!IsColumnReduction(edit)) {
      if (edit.IsCooperative()) return;
      for (const int64_t x : {32, 64, 128, 256}) {
        result.push_back({{"kernel", kernel}, {"x", x}, {"y", 1}, {"parts", 1}});
      }
      return;
    }
    const bool alone = edit.nests() == 1;
    const bool split_before = std::any_of(
        edit.accesses(0).begin(), edit.accesses(0).end(), [&](const nest::NestAccess& access) {
          return access.buffer.index >= situation.program.buffers.size();
        });
    for (const int64_t x : {32, 64, 128}) {
      for (const int64_t y : {1, 4, 8, 16}) {
        if (x * y > 512) continue;
        for (const int64_t parts : {1, 16, 32, 64, 128}) {
          if (parts > 1 && (!alone || split_before)) continue;
          int64_t extent = 0;
          for (const AxisId axis : edit.nest(0).reduced) extent = edit.Extent(axis);
          if (parts > 1 && extent > 0 && extent < parts * y * 4) continue;
          result.push_back({{"kernel", kernel}, {"x", x}, {"y", y}, {"parts", parts}});
        }
      }
    }
  });
  return result;
}

// Threads x along the contiguous root axis, y along the reduced axis of each nest.
Status Bind(KernelEdit& edit, uint32_t x, uint32_t y) {
  const int root = ContiguousRoot(edit);
  if (root < 0) return Error{"no axis of the grid is contiguous in memory"};
  int others = 0;
  for (size_t r = 0; r < edit.roots().axes.size(); ++r) {
    const bool mine = static_cast<int>(r) == root;
    const Dim grid = mine ? Dim::kX : others == 0 ? Dim::kY : Dim::kZ;
    others += mine ? 0 : 1;
    edit.EditRoot(r, [&](AxisPlan& plan) {
      const uint32_t vector = mine && plan.thread == Dim::kX ? plan.vector : 1;
      plan = {.axis = plan.axis, .grid = grid};
      if (!mine) return;
      plan.thread = Dim::kX;
      plan.threads = x;
      plan.vector = vector;
    });
  }
  for (size_t n = 0; n < edit.nests(); ++n) {
    bool bound = false;
    for (const AxisId axis : edit.Inner(n)) {
      AxisPlan& plan = *nest::Find(edit.plan().nests[n], axis);
      const uint32_t items = plan.items;
      plan = {.axis = axis, .items = items};
      if (bound || y == 1) continue;
      plan.thread = Dim::kY;
      plan.threads = y;
      bound = true;
    }
  }
  return Ok();
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  const int64_t kernel = Get(parameters, "kernel");
  auto edit = KernelEdit::Open(situation, kernel);
  if (!edit || edit->HasStages()) return Error{"a kernel whose loops cannot be interchanged"};
  const auto x = static_cast<uint32_t>(Get(parameters, "x", 32));
  const auto y = static_cast<uint32_t>(Get(parameters, "y", 1));
  const auto parts = static_cast<uint32_t>(Get(parameters, "parts", 1));
  const int root = ContiguousRoot(*edit);
  if (root < 0) return Error{"no axis of the grid is contiguous in memory"};
  const uint32_t vector = edit->Root(static_cast<size_t>(root)).vector;
  if (parts == 1) {
    TRY_OK(Bind(*edit, x, y));
    return edit->schedule();
  }
  if (edit->nests() != 1 || edit->nest(0).reduced.size() != 1) {
    return Error{"only a reduction in a kernel of its own is split over blocks"};
  }
  TRY(const nest::Schedule split,
      nest::AddSplit(situation.program, situation.schedule, static_cast<uint32_t>(kernel), 0,
                     edit->nest(0).reduced[0], parts));
  const Situation first{situation.program, split, situation.sizes, situation.limit};
  auto partial = KernelEdit::Open(first, kernel);
  if (!partial) return Error{"the split reduction is not expressible"};
  TRY_OK(Bind(*partial, x, y));
  const int contiguous = ContiguousRoot(*partial);
  partial->EditRoot(static_cast<size_t>(contiguous), [&](AxisPlan& plan) { plan.vector = vector; });
  const nest::Schedule bound = partial->schedule();
  const Situation second{situation.program, bound, situation.sizes, situation.limit};
  auto combine = KernelEdit::Open(second, kernel + 1);
  if (!combine) return Error{"the second kernel of the split reduction is not expressible"};
  TRY_OK(Bind(*combine, 32, 8));
  return combine->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"x", "threads of a block along the axis contiguous in memory"},
    {"y", "threads of a block that share a reduction"},
    {"parts", "parts that the reduction is split into, one block each; 1: none"},
};

}  // namespace

extern const Technique kCoalescing = {
    "coalescing",
    "memory coalescing optimization",
    "Neighbouring threads take neighbouring elements; columns are reduced by thread y and blocks.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
