// Tiles in shared memory: the operands of a contraction are loaded once per block, and data that is
// read along one axis and written along another passes through a padded tile.
#include <algorithm>

#include "target/cuda/schedule_tools.h"
#include "target/cuda/technique.h"

namespace ws::target::cuda {
namespace {

using nest::AxisId;
using nest::AxisPlan;
using nest::Dim;

// A map that reads along one root axis and writes along another.
struct Turn {
  size_t read_root = 0;   // contiguous for the load
  size_t write_root = 0;  // contiguous for the store
  nest::BufferId buffer;
};

bool FindTurn(const KernelEdit& edit, Turn* turn) {
  if (edit.nests() != 1 || edit.HasReduction()) return false;
  const auto root_of = [&](AxisId axis) {
    const auto& roots = edit.roots().axes;
    return static_cast<size_t>(std::find(roots.begin(), roots.end(), axis) - roots.begin());
  };
  const nest::NestAccess& store = edit.accesses(0).back();
  if (!store.contiguous.valid()) return false;
  turn->write_root = root_of(store.contiguous);
  for (const nest::NestAccess& access : edit.accesses(0)) {
    if (access.is_store || !access.contiguous.valid() || access.contiguous == store.contiguous) {
      continue;
    }
    if (!access.DependsOn(store.contiguous)) continue;
    turn->read_root = root_of(access.contiguous);
    turn->buffer = access.buffer;
    return turn->read_root < edit.roots().axes.size() &&
           turn->write_root < edit.roots().axes.size();
  }
  return false;
}

bool IsPlainContraction(const KernelEdit& edit) {
  return edit.IsContraction() && edit.nest(0).reduction != nest::Reduction::kNone &&
         !edit.IsCooperative();
}

double Helps(const Situation& situation) {
  double best = 0;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t) {
    Turn turn;
    if (IsPlainContraction(edit) || FindTurn(edit, &turn)) {
      best = std::max(best, edit.HasStages() ? 0.3 : 0.95);
    }
  });
  return best;
}

std::vector<Parameters> Space(const Situation& situation) {
  std::vector<Parameters> result;
  ForEachKernel(situation, [&](const KernelEdit& edit, int64_t kernel) {
    Turn turn;
    if (IsPlainContraction(edit)) {
      for (const int64_t tile : {8, 16, 32}) {
        for (const int64_t pad : {0, 4}) {
          result.push_back({{"kernel", kernel}, {"tile", tile}, {"pad", pad}});
        }
      }
    } else if (FindTurn(edit, &turn)) {
      for (const int64_t tile : {16, 32, 64}) {
        for (const int64_t y : {4, 8, 16}) {
          for (const int64_t pad : {0, 1}) {
            result.push_back({{"kernel", kernel}, {"tile", tile}, {"y", y}, {"pad", pad}});
          }
        }
      }
    }
  });
  return result;
}

Result<nest::Schedule> StageOperands(KernelEdit& edit, uint32_t tile, uint32_t pad) {
  nest::NestPlan& plan = edit.plan().nests[0];
  plan.stages.clear();
  const nest::Nest& nest = edit.nest(0);
  const AxisId k = nest.reduced.back();
  *Find(plan, k) = {.axis = k, .items = tile};
  for (const nest::NestAccess& access : edit.accesses(0)) {
    if (access.is_store || !access.DependsOn(k)) continue;
    // The innermost axis is the one whose elements a thread takes as a fragment.
    AxisId inner;
    for (const AxisId root : edit.roots().axes) {
      const AxisPlan& root_plan = *Find(plan, root);
      if (access.DependsOn(root) && root_plan.Tile() > 1) inner = root;
    }
    if (!inner.valid()) return Error{"an operand has no tile along the block"};
    const bool turned = access.contiguous != inner;
    plan.stages.push_back({.buffer = access.buffer, .inner = inner, .pad = turned ? pad : 0});
  }
  if (plan.stages.empty()) return Error{"no operand depends on the reduced axis"};
  return edit.schedule();
}

Result<nest::Schedule> StageTurn(KernelEdit& edit, const Turn& turn, uint32_t tile, uint32_t y,
                                 uint32_t pad) {
  const uint32_t x = std::min<uint32_t>(tile, 32);
  if (tile % y != 0) return Error{"a tile that the threads do not divide"};
  int others = 0;
  for (size_t r = 0; r < edit.roots().axes.size(); ++r) {
    edit.EditRoot(r, [&](AxisPlan& plan) {
      plan = {.axis = plan.axis, .grid = Dim::kZ};
      if (r == turn.write_root) {
        plan.grid = Dim::kY;
        plan.thread = Dim::kX;
        plan.threads = x;
        plan.items = tile / x;
      } else if (r == turn.read_root) {
        plan.grid = Dim::kX;
        plan.thread = Dim::kY;
        plan.threads = y;
        plan.items = tile / y;
      } else {
        ++others;
      }
    });
  }
  nest::NestPlan& plan = edit.plan().nests[0];
  plan.stages = {{.buffer = turn.buffer, .inner = edit.roots().axes[turn.read_root], .pad = pad}};
  return edit.schedule();
}

Result<nest::Schedule> Apply(const Situation& situation, const Parameters& parameters) {
  auto edit = KernelEdit::Open(situation, Get(parameters, "kernel"));
  if (!edit) return Error{"no such kernel"};
  const auto tile = static_cast<uint32_t>(Get(parameters, "tile", 16));
  const auto pad = static_cast<uint32_t>(Get(parameters, "pad"));
  Turn turn;
  if (IsPlainContraction(*edit)) return StageOperands(*edit, tile, pad);
  if (FindTurn(*edit, &turn)) {
    return StageTurn(*edit, turn, tile, static_cast<uint32_t>(Get(parameters, "y", 8)), pad);
  }
  return Error{"nothing that a tile in shared memory would serve"};
}

constexpr ParameterMeaning kParameters[] = {
    kKernelParameter,
    {"tile", "extent of the tiles along the reduced axis, or of both sides of a turned tile"},
    {"y", "threads of a block along y; the tile has 32 or fewer along x"},
    {"pad", "elements added to a row of a tile against bank conflicts"},
};

}  // namespace

extern const Technique kSharedTiling = {
    "shared_tiling",
    "shared memory tiling",
    "A block loads tiles into shared memory once and reuses or turns them there.",
    Helps,
    Space,
    Apply,
    kParameters};

}  // namespace ws::target::cuda
