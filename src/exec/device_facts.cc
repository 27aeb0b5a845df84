#include "exec/device_facts.h"

#include <algorithm>
#include <cstring>

namespace ws::exec {
namespace {

constexpr uint32_t kWarp = 32;

uint64_t ActiveBlocks(const DeviceFacts& device, const KernelNeeds& kernel, uint64_t threads,
                      uint64_t dynamic_bytes) {
  if (threads == 0 || threads > kernel.max_threads) return 0;
  const uint64_t shared = kernel.shared_bytes + dynamic_bytes;
  if (shared > device.shared_bytes_opt_in) return 0;
  const uint64_t warps = (threads + kWarp - 1) / kWarp;
  uint64_t blocks = device.threads_per_multiprocessor / kWarp / warps;
  blocks = std::min<uint64_t>(blocks, device.blocks_per_multiprocessor);
  const uint64_t taken = shared + device.shared_bytes_reserved;
  if (shared > 0) blocks = std::min(blocks, device.shared_bytes_per_multiprocessor / taken);
  return blocks;
}

// The most threads per multiprocessor; of equal ones the largest block.
uint64_t BestThreads(const DeviceFacts& device, const KernelNeeds& kernel, uint64_t dynamic_bytes,
                     uint64_t most) {
  if (most == 0 || most > kernel.max_threads) most = kernel.max_threads;
  uint64_t best = 0, best_resident = 0;
  for (uint64_t threads = most; threads > 0; threads = (threads - 1) / kWarp * kWarp) {
    const uint64_t resident = threads * ActiveBlocks(device, kernel, threads, dynamic_bytes);
    if (resident > best_resident) {
      best = threads;
      best_resident = resident;
    }
  }
  return best;
}

}  // namespace

int64_t DeviceFact(const DeviceFacts& device, int32_t code) {
  if (code <= kFactNameWord) {
    const size_t at = static_cast<size_t>(kFactNameWord - code) * 8;
    int64_t word = 0;
    if (at < device.name.size()) {
      memcpy(&word, device.name.data() + at, std::min<size_t>(8, device.name.size() - at));
    }
    return word;
  }
  switch (code) {
    case kFactMemoryBytes:
      return static_cast<int64_t>(device.memory_bytes);
#define DEVICE_ATTRIBUTE(code, name, value) \
  case code:                                \
    return static_cast<int64_t>(value);
#include "exec/device_attributes.def"
#undef DEVICE_ATTRIBUTE
    default:
      return 0;
  }
}

int64_t FactOfKernel(const DeviceFacts& device, const KernelNeeds& kernel, KernelFact fact,
                     uint64_t a, uint64_t b) {
  switch (fact) {
    case KernelFact::kSharedBytes:
      return static_cast<int64_t>(kernel.shared_bytes);
    case KernelFact::kConstBytes:
      return static_cast<int64_t>(kernel.const_bytes);
    case KernelFact::kLocalBytes:
      return static_cast<int64_t>(kernel.local_bytes);
    case KernelFact::kMaxThreads:
      return kernel.max_threads;
    case KernelFact::kActiveBlocks:
      return static_cast<int64_t>(ActiveBlocks(device, kernel, a, b));
    case KernelFact::kBestThreads:
      return static_cast<int64_t>(BestThreads(device, kernel, a, b));
    case KernelFact::kBestBlocks: {
      const uint64_t threads = BestThreads(device, kernel, a, b);
      return static_cast<int64_t>(ActiveBlocks(device, kernel, threads, a) *
                                  device.multiprocessors);
    }
  }
  return 0;
}

}  // namespace ws::exec
