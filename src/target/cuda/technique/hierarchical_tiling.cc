// A contraction tiled at both levels at once: tiles of the operands in shared memory for the block,
// fragments in registers for the thread, all moved in vectors. The steps of shared_tiling,
// register_tiling, block_shape, vectorised_access and double_buffering lead to the same schedules
// one by one; the shapes worth trying are few and known, so that one step takes them.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

using nest::AxisId;
using nest::AxisPlan;
using nest::Dim;

// The root axes that become columns (contiguous in what is written) and rows.
struct Tile {
  size_t nest = 0;  // the contraction
  size_t rows = 0, cols = 0;
  AxisId reduced;
};

// The kernel's one reduction; the other nests are maps over its points.
bool FindReduction(const KernelEdit& edit, size_t* found) {
  size_t reductions = 0;
  for (size_t n = 0; n < edit.nests(); ++n) {
    if (!edit.nest(n).reduced.empty()) {
      *found = n;
      ++reductions;
    } else if (!edit.Inner(n).empty()) {
      return false;
    }
  }
  return reductions == 1;
}

bool FindTile(const KernelEdit& edit, Tile* tile) {
  if (!edit.IsContraction() || edit.IsCooperative()) return false;
  if (!FindReduction(edit, &tile->nest)) return false;
  const nest::Nest& nest = edit.nest(tile->nest);
  if (nest.reduction == nest::Reduction::kNone || nest.reduced.size() != 1) return false;
  const nest::NestAccess& store = edit.accesses(tile->nest).back();
  const auto& mine = edit.roots().of_nest[tile->nest];
  const auto at = std::find(mine.begin(), mine.end(), store.contiguous);
  if (mine.size() < 2 || at == mine.end()) return false;
  tile->cols = static_cast<size_t>(at - mine.begin());
  tile->rows = tile->cols == 0 ? 1 : tile->cols - 1;
  tile->reduced = nest.reduced[0];
  return true;
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    Tile tile;
    if (!FindTile(edit, &tile)) return;
    best = std::max(best, edit.HasStages() ? 0.5 : 0.9);
  });
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    Tile tile;
    if (!FindTile(edit, &tile)) return;
    for (const int64_t x : {8, 16}) {
      for (const int64_t y : {8, 16}) {
        for (const int64_t m : {4, 8}) {
          for (const int64_t n : {4, 8}) {
            for (const int64_t k : {8, 16}) {
              for (const int64_t buffers : {1, 2}) {
                result.push_back({{"kernel", kernel},
                                  {"x", x},
                                  {"y", y},
                                  {"m", m},
                                  {"n", n},
                                  {"k", k},
                                  {"buffers", buffers}});
              }
            }
          }
        }
      }
    }
  });
  return result;
}

// Vectors of up to 16 bytes where the generator can write them.
void Widen(KernelEdit& edit, size_t nest) {
  const auto try_edit = [&](const std::function<void()>& change) {
    const nest::Schedule before = edit.schedule();
    change();
    if (!CanGenerate(edit)) edit.schedule() = before;
  };
  for (size_t r = 0; r < edit.roots().axes.size(); ++r) {
    const AxisPlan plan = edit.Root(r);
    if (plan.thread == Dim::kNone || plan.items % 4 != 0) continue;
    try_edit([&] {
      edit.EditRoot(r, [](AxisPlan& axis) {
        axis.items /= 4;
        axis.vector = 4;
      });
    });
  }
  for (size_t s = 0; s < edit.plan().nests[nest].stages.size(); ++s) {
    const uint32_t buffer = edit.plan().nests[nest].stages[s].buffer.index;
    const uint32_t widest = 16 / ir::BytesOf(edit.program().buffers[buffer].type);
    for (uint32_t vector = std::min(8u, widest); vector > 1; vector /= 2) {
      if (edit.plan().nests[nest].stages[s].vector > 1) break;
      try_edit([&] { edit.plan().nests[nest].stages[s].vector = vector; });
    }
  }
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  Tile tile;
  if (!edit || !FindTile(*edit, &tile)) return Error{"no contraction over two axes of the grid"};
  const auto value = [&](const char* name) {
    return static_cast<uint32_t>(Get(parameters, name, 8));
  };
  for (size_t r = 0; r < edit->roots().axes.size(); ++r) {
    edit->EditRoot(r, [&](AxisPlan& plan) {
      plan = {.axis = plan.axis, .grid = Dim::kZ};
      if (r == tile.cols) {
        plan = {.axis = plan.axis,
                .grid = Dim::kX,
                .thread = Dim::kX,
                .threads = value("x"),
                .items = value("n")};
      } else if (r == tile.rows) {
        plan = {.axis = plan.axis,
                .grid = Dim::kY,
                .thread = Dim::kY,
                .threads = value("y"),
                .items = value("m")};
      }
    });
  }
  nest::NestPlan& plan = edit->plan().nests[tile.nest];
  *nest::Find(plan, tile.reduced) = {.axis = tile.reduced, .items = value("k")};
  plan.stages.clear();
  for (const nest::NestAccess& access : edit->accesses(tile.nest)) {
    if (access.is_store || !access.DependsOn(tile.reduced)) continue;
    AxisId inner;
    for (const size_t r : {tile.rows, tile.cols}) {
      if (access.DependsOn(edit->roots().of_nest[tile.nest][r])) {
        inner = edit->roots().of_nest[tile.nest][r];
      }
    }
    if (!inner.valid()) return Error{"an operand without rows or columns"};
    // Stored across its rows, a tile needs rows that do not fall on the same banks.
    constexpr uint32_t kPad = 4;
    plan.stages.push_back(
        {.buffer = access.buffer, .inner = inner, .pad = access.contiguous == inner ? 0 : kPad});
  }
  if (plan.stages.size() < 2) return Error{"fewer than two operands along the reduced axis"};
  plan.buffers = value("buffers");
  Widen(*edit, tile.nest);
  return edit->schedule();
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"x", "threads of a block along the columns"},
    {"y", "threads of a block along the rows"},
    {"m", "rows that each thread computes"},
    {"n", "columns that each thread computes"},
    {"k", "extent of the tiles along the reduced axis"},
    {"buffers", "tiles of each operand in shared memory: 2, one is filled while one is used"},
};

}  // namespace

extern const Technique kHierarchicalTiling = {
    "hierarchical_tiling",
    "hierarchical tiling",
    "Tiles of the operands in shared memory for the block and in registers for the thread.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
