#include "nest/bank_conflicts.h"

#include <algorithm>
#include <map>
#include <set>

#include "nest/analysis.h"
#include "nest/value_parts.h"

namespace ws::nest {
namespace {

constexpr uint32_t kWarp = 32;
constexpr uint32_t kBanks = 32;
constexpr uint32_t kBankBytes = 4;

// A tile as the generator lays it out.
struct Layout {
  std::vector<const AxisPlan*> dims;     // outermost first
  std::vector<const AxisPlan*> filling;  // the order in which threads fill it: fastest last
  uint32_t row = 0;                      // elements of the innermost extent, padding included
  uint32_t bytes = 4;                    // of an element
  bool aligned = false;                  // rows begin at multiples of 16 bytes

  // Element at these positions along `dims`.
  uint32_t At(const std::map<AxisId, uint32_t>& position) const {
    uint32_t at = 0;
    for (const AxisPlan* dim : dims) {
      const uint32_t extent = dim == dims.back() ? row : dim->Tile();
      at = at * extent + position.at(dim->axis);
    }
    return at;
  }
};

// Passes of one request: `elements[t]` is the first of `width` elements that thread t accesses.
// Accesses of 8 and 16 bytes are served by halves and quarters of a warp.
uint32_t Passes(const std::vector<uint32_t>& elements, uint32_t width, uint32_t bytes) {
  const uint32_t access = std::max(width * bytes, kBankBytes);
  const uint32_t group = kWarp * kBankBytes / access;
  uint32_t passes = 0;
  for (size_t begin = 0; begin < elements.size(); begin += group) {
    std::map<uint32_t, std::set<uint32_t>> words;  // by bank
    const size_t end = std::min(elements.size(), begin + group);
    for (size_t t = begin; t < end; ++t) {
      for (uint32_t b = 0; b < access; b += kBankBytes) {
        const uint32_t word = (elements[t] * bytes + b) / kBankBytes;
        words[word % kBanks].insert(word);
      }
    }
    size_t most = 0;
    for (const auto& [bank, different] : words) most = std::max(most, different.size());
    passes += static_cast<uint32_t>(most);
  }
  return passes;
}

uint32_t Needed(uint32_t width, uint32_t bytes) { return std::max(1u, width * bytes / kBankBytes); }

void Add(TilePasses* total, const std::vector<uint32_t>& elements, uint32_t width, uint32_t bytes,
         uint32_t requests) {
  const uint32_t needed = Needed(width, bytes);
  const uint32_t passes = Passes(elements, width, bytes);
  total->needed += requests * needed;
  total->added += requests * (passes > needed ? passes - needed : 0);
}

// What the threads store when they fill the tile.
void CountStores(const Layout& layout, uint32_t vector, uint32_t threads, TilePasses* total) {
  uint32_t elements = 1;
  for (const AxisPlan* dim : layout.dims) elements *= dim->Tile();
  const uint32_t loads = elements / vector;
  std::vector<uint32_t> at;
  for (uint32_t t = 0; t < std::min({kWarp, threads, loads}); ++t) {
    std::map<AxisId, uint32_t> position;
    uint32_t rest = t;
    for (size_t i = layout.filling.size(); i-- > 0;) {
      const AxisPlan* axis = layout.filling[i];
      const bool fastest = i + 1 == layout.filling.size();
      const uint32_t count = fastest ? axis->Tile() / vector : axis->Tile();
      position[axis->axis] = rest % count * (fastest ? vector : 1);
      rest /= count;
    }
    at.push_back(layout.At(position));
  }
  const uint32_t steps = (loads + threads - 1) / threads;
  const bool whole = layout.aligned && layout.filling.back() == layout.dims.back();
  Add(total, at, whole ? vector : 1, layout.bytes, steps * (whole ? 1 : vector));
}

// What the threads read: each its elements of the tile, along reduced axes all of them.
void CountLoads(const Layout& layout, const Nest& nest, uint32_t threads_x, uint32_t threads,
                TilePasses* total) {
  uint32_t requests = 1;
  uint32_t width = 1;
  const AxisPlan* inner = layout.dims.back();
  const auto is_reduced = [&](const AxisPlan* dim) {
    return std::find(nest.reduced.begin(), nest.reduced.end(), dim->axis) != nest.reduced.end();
  };
  if (layout.aligned && inner->vector > 1 && !is_reduced(inner) &&
      nest.reduction != Reduction::kNone) {
    width = inner->vector;
  }
  for (const AxisPlan* dim : layout.dims) {
    requests *= dim->items * dim->vector;
  }
  requests /= width;
  std::vector<uint32_t> at;
  for (uint32_t t = 0; t < std::min(kWarp, threads); ++t) {
    std::map<AxisId, uint32_t> position;
    for (const AxisPlan* dim : layout.dims) {
      const uint32_t thread = dim->thread == Dim::kX   ? t % threads_x
                              : dim->thread == Dim::kY ? t / threads_x
                                                       : 0;
      position[dim->axis] = thread * dim->vector;
    }
    at.push_back(layout.At(position));
  }
  Add(total, at, width, layout.bytes, requests);
}

}  // namespace

TilePasses CountPasses(Program& program, const KernelPlan& kernel, size_t nest_in_kernel,
                       const Stage& stage) {
  const Nest nest = program.nests[kernel.first + nest_in_kernel];
  const NestPlan& plan = kernel.nests[nest_in_kernel];
  const std::vector<NestAccess> accesses = Accesses(program, nest);
  const auto load = std::find_if(accesses.begin(), accesses.end(), [&](const NestAccess& access) {
    return !access.is_store && access.buffer == stage.buffer;
  });
  const AxisPlan* inner = Find(plan, stage.inner);
  if (load == accesses.end() || inner == nullptr) return {};
  Layout layout;
  for (const AxisPlan& axis : plan.axes) {
    if (axis.Tile() == 1 || !load->DependsOn(axis.axis) || axis.axis == stage.inner) continue;
    layout.dims.push_back(&axis);
  }
  layout.dims.push_back(inner);
  const AxisPlan* fastest = inner;
  for (const AxisPlan* dim : layout.dims) {
    if (load->IsContiguous(dim->axis)) fastest = dim;
  }
  for (const AxisPlan* dim : layout.dims) {
    if (dim != fastest) layout.filling.push_back(dim);
  }
  layout.filling.push_back(fastest);
  const ExprId node = program.Load(stage.buffer, load->index);
  const bool as_used = nest.reduction != Reduction::kNone;  // see KernelWriter::PrepareStage
  layout.bytes = ir::BytesOf(program.expr(as_used ? AsUsed(program, nest, node) : node).type);
  layout.row = inner->Tile() + stage.pad;
  layout.aligned = layout.row * layout.bytes % 16 == 0;
  const uint32_t threads_x = ThreadsX(kernel);
  const uint32_t threads = threads_x * ThreadsY(kernel);
  if (fastest->Tile() % stage.vector != 0) return {};
  TilePasses total;
  CountStores(layout, stage.vector, threads, &total);
  CountLoads(layout, nest, threads_x, threads, &total);
  return total;
}

}  // namespace ws::nest
