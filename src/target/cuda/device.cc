#include "target/cuda/device.h"

#include <cmath>

namespace ws::target::cuda {
namespace {

struct Device {
  std::string_view arch;
  std::string_view name;
  uint32_t memory_gib;
  uint32_t bus_bits;
};
constexpr Device kDevices[] = {
#define DEVICE(arch, name, memory_gib, bus_bits) {#arch, name, memory_gib, bus_bits},
#include "target/cuda/device.def"
#undef DEVICE
};

}  // namespace

exec::DeviceFacts FactsOf(const Arch& arch) {
  constexpr uint32_t kWarp = 32;
  exec::DeviceFacts facts;
  const int capability = ComputeCapability(arch.name);
  facts.major = static_cast<uint32_t>(capability / 10);
  facts.minor = static_cast<uint32_t>(capability % 10);
  facts.multiprocessors = arch.sms;
  facts.threads_per_multiprocessor = arch.warps_per_sm * kWarp;
  facts.blocks_per_multiprocessor = arch.blocks_per_sm;
  facts.shared_bytes_per_multiprocessor = arch.shared_bytes;
  facts.shared_bytes_opt_in = arch.shared_bytes_per_block;
  facts.shared_bytes_reserved = capability >= 80 ? Arch::kSharedReserved : 0;
  facts.l2_bytes = static_cast<uint32_t>(arch.l2_bytes);
  facts.clock_khz = static_cast<uint32_t>(std::lround(arch.clock_ghz * 1e6));
  for (const Device& device : kDevices) {
    if (device.arch != arch.name) continue;
    facts.name = device.name;
    facts.memory_bytes = uint64_t{device.memory_gib} << 30;
    facts.memory_bus_bits = device.bus_bits;
    // Two transfers a clock.
    facts.memory_clock_khz =
        static_cast<uint32_t>(std::lround(arch.dram_gbps * 8e6 / device.bus_bits / 2));
  }
  return facts;
}

}  // namespace ws::target::cuda
