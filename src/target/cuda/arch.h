// GPU architectures as data (arch.def).
#ifndef WARPSMITH_TARGET_CUDA_ARCH_H_
#define WARPSMITH_TARGET_CUDA_ARCH_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace ws::target::cuda {

// One architecture, represented by one chip. Units in the names; see arch.def for sources.
struct Arch {
  std::string_view name;  // sm_90
  std::string_view chip;
  uint32_t sms;
  double clock_ghz;
  double dram_gbps;
  uint64_t l2_bytes;
  double l2_bytes_per_clock;
  uint64_t l1_bytes;                // L1 and shared memory together, per multiprocessor
  uint32_t shared_bytes;            // most shared memory per multiprocessor
  uint32_t shared_bytes_per_block;  // most per block, opted in
  uint32_t warps_per_sm;
  uint32_t blocks_per_sm;
  // Lanes per clock and multiprocessor.
  double fp32_lanes, half2_lanes, int_lanes, imad_lanes, fp64_lanes, xu_lanes, cvt_lanes,
      cross_lanes;
  // Cycles from issue to use of a load that is served by...
  double shared_latency, l1_latency, l2_latency, dram_latency;
  double launch_us;
  double host_gbps;  // between host and device memory, one direction

  static constexpr uint32_t kRegisters = 65536;  // 32-bit, per multiprocessor
  static constexpr uint32_t kRegistersPerThread = 255;
  static constexpr uint32_t kRegisterUnit = 256;     // allocated per warp in multiples of this
  static constexpr uint32_t kSharedReserved = 1024;  // bytes per block kept by the system, sm_80+
  static constexpr double kIssuePerClock = 4;        // warp instructions per multiprocessor
  static constexpr double kLsuLanes = 32;            // memory instructions: lanes per clock
  static constexpr double kSmL2BytesPerClock = 64;   // between one multiprocessor and L2
};

std::span<const Arch> Archs();

// The row of this name ("sm_90"); null if there is none.
const Arch* FindArch(std::string_view name);

// 90 of "sm_90"; 0 of what is no such name.
int ComputeCapability(std::string_view name);

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_ARCH_H_
