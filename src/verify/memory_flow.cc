#include "verify/memory_flow.h"

#include <algorithm>
#include <bit>
#include <unordered_map>
#include <vector>

#include "base/hash.h"
#include "verify/sizes.h"

namespace ws::verify {
namespace {

constexpr uint64_t kFuel = uint64_t{1} << 16;       // warp instructions over all runs
constexpr uint64_t kMostBytes = uint64_t{1} << 19;  // of a size's data
constexpr size_t kMostPlaces = size_t{1} << 20;     // that are followed at once
constexpr uint64_t kGrain = 2;                      // bytes

// Who wrote each place last.
class Flow {
 public:
  explicit Flow(MemoryFlow& edges) : edges_(edges) {}

  exec::Tracer tracer() {
    exec::Tracer tracer;
    tracer.self = this;
    tracer.access = [](void* self, const exec::Access& access) {
      static_cast<Flow*>(self)->OnAccess(access);
    };
    tracer.launch_end = [](void* self, const exec::Launch&, std::span<const uint64_t>,
                           std::span<const uint64_t>,
                           uint32_t) { static_cast<Flow*>(self)->EndLaunch(); };
    return tracer;
  }

 private:
  using Writers = std::unordered_map<uint64_t, uint32_t>;

  void EndLaunch() { inner_.clear(); }  // shared and local memory

  void OnAccess(const exec::Access& access) {
    if (access.space == ir::Space::kConst) return;
    const bool is_global = access.space == ir::Space::kGlobal;
    Writers& writers = is_global ? global_ : inner_;
    for (uint32_t rest = access.active; rest != 0; rest &= rest - 1) {
      const auto lane = static_cast<uint32_t>(std::countr_zero(rest));
      uint64_t base = 0;
      if (!is_global) base = HashCombine(access.block, static_cast<uint64_t>(access.space));
      if (access.space == ir::Space::kLocal) {
        base = HashCombine(base, uint64_t{access.warp} << 5 | lane);
      }
      for (uint32_t at = 0; at < access.bytes_per_lane; at += kGrain) {
        const uint64_t grain = (access.addresses[lane] + at) / kGrain;
        OnGrain(writers, is_global ? grain : HashCombine(base, grain), access);
      }
    }
  }
  void OnGrain(Writers& writers, uint64_t key, const exec::Access& access) {
    if (access.effect != ir::Effect::Store) {
      const auto writer = writers.find(key);
      if (writer != writers.end()) edges_.emplace(writer->second, access.inst);
    }
    if (access.effect == ir::Effect::Load) return;
    if (writers.size() < kMostPlaces || writers.contains(key)) writers[key] = access.inst;
  }

  MemoryFlow& edges_;
  Writers global_, inner_;
};

}  // namespace

MemoryFlow TraceMemoryFlow(const Candidate& candidate, const task::Task& task) {
  MemoryFlow edges;
  std::vector<task::Sizes> sizes = task.test_sizes;
  std::ranges::stable_sort(sizes, {}, [&](const task::Sizes& s) { return DataBytes(task, s); });
  uint64_t fuel = kFuel;
  for (const task::Sizes& one : sizes) {
    if (DataBytes(task, one) > kMostBytes) break;
    const auto inputs = task::MakeInputs(task, one, task::Family::kFromInit, 1);
    if (!inputs.ok()) continue;
    Flow flow(edges);
    exec::Tracer tracer = flow.tracer();
    exec::RunOptions options;
    options.checks = false;
    options.tracer = &tracer;
    options.limits.fuel = fuel;
    Session session(candidate, task);
    const auto run = session.Run(inputs.value(), one, options);
    if (!run.ok() || run.value().report.warp_instructions >= fuel) break;
    fuel -= run.value().report.warp_instructions;
  }
  return edges;
}

}  // namespace ws::verify
