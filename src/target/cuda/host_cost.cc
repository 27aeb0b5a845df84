#include "target/cuda/host_cost.h"

#include <array>

namespace ws::target::cuda {
namespace {

using exec::HostWork;
using ir::RtFn;

struct HostCost {
  bool priced = false;
  double low_us = 0, high_us = 0;
};
using HostCosts = std::array<HostCost, static_cast<size_t>(RtFn::kCount)>;

constexpr HostCosts MakeCosts() {
  HostCosts out{};
#define HOST_COST(fn, low_us, high_us) \
  out[static_cast<size_t>(RtFn::k##fn)] = {true, low_us, high_us};
#include "target/cuda/host_cost.def"
#undef HOST_COST
  return out;
}
constexpr HostCosts kCosts = MakeCosts();

bool IsAllocation(RtFn fn) { return fn == RtFn::kMalloc || fn == RtFn::kMallocAsync; }
bool IsRelease(RtFn fn) { return fn == RtFn::kFree || fn == RtFn::kFreeAsync; }

// Time in the stream: bytes through device memory, or over the link where one end is the host's.
double StreamUs(const Arch& arch, const HostWork& work) {
  if (IsAllocation(work.fn) || IsRelease(work.fn)) return 0;
  if (!work.from_device && !work.to_device) return 0;
  const bool copy = work.fn == RtFn::kMemcpy || work.fn == RtFn::kMemcpyAsync;
  const auto bytes = static_cast<double>(work.bytes);
  if (copy && work.from_device != work.to_device) {
    return arch.launch_us + bytes / (arch.host_gbps * 1e3);
  }
  return arch.launch_us + (copy ? 2 : 1) * bytes / (arch.dram_gbps * 1e3);
}

}  // namespace

std::vector<HostCallProfile> PriceHostWork(const Arch& arch, std::span<const HostWork> work) {
  std::array<HostCallProfile, kCosts.size()> sums{};
  for (const HostWork& w : work) {
    const HostCost& cost = kCosts[static_cast<size_t>(w.fn)];
    if (!cost.priced) continue;
    HostCallProfile& sum = sums[static_cast<size_t>(w.fn)];
    const double stream_us = StreamUs(arch, w);
    ++sum.calls;
    sum.bytes += w.bytes;
    sum.time.low_us += cost.low_us + stream_us;
    sum.time.high_us += cost.high_us + stream_us;
  }
  std::vector<HostCallProfile> out;
  for (size_t i = 0; i < sums.size(); ++i) {
    if (sums[i].calls == 0) continue;
    sums[i].name = ir::InfoOf(static_cast<RtFn>(i)).spelling;
    out.push_back(sums[i]);
  }
  return out;
}

bool KeepsMemory(std::span<const HostWork> work) {
  int64_t kept = 0;
  for (const HostWork& w : work) kept += IsAllocation(w.fn) ? 1 : (IsRelease(w.fn) ? -1 : 0);
  return kept > 0;
}

}  // namespace ws::target::cuda
