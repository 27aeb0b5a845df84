// What the runtime's queries say of the device and of kernels.
#ifndef WARPSMITH_EXEC_DEVICE_FACTS_H_
#define WARPSMITH_EXEC_DEVICE_FACTS_H_

#include <cstdint>
#include <string_view>

namespace ws::exec {

// The device whose facts a program is told; an H100 SXM unless the caller says otherwise.
struct DeviceFacts {
  std::string_view name = "NVIDIA H100 80GB HBM3";
  uint32_t major = 9, minor = 0;
  uint32_t multiprocessors = 132;
  uint32_t threads_per_multiprocessor = 2048;
  uint32_t blocks_per_multiprocessor = 32;
  uint32_t shared_bytes_per_multiprocessor = 228 * 1024;
  uint32_t shared_bytes_opt_in = 227 * 1024;
  uint32_t shared_bytes_reserved = 1024;  // of each block, for the system
  uint32_t l2_bytes = 50u << 20;
  uint32_t clock_khz = 1980000;
  uint32_t memory_clock_khz = 2617187;
  uint32_t memory_bus_bits = 5120;
  uint64_t memory_bytes = uint64_t{80} << 30;
};

// Codes of DeviceFact beside those of cudaDeviceAttr.
inline constexpr int32_t kFactMemoryBytes = -1;
inline constexpr int32_t kFactEngineBytes = -2;  // the device memory that programs may have here
inline constexpr int32_t kFactFreeBytes = -3;    // and how much of it is free
inline constexpr int32_t kFactLimit = -16;       // kFactLimit - k: the cudaLimit of number k
inline constexpr uint32_t kLimitStackBytes = 0;  // cudaLimitStackSize
inline constexpr int32_t kFactNameWord = -64;    // -64 - k: bytes 8 k and on of the name
int64_t DeviceFact(const DeviceFacts& device, int32_t code);

// Facts of a kernel; a and b are arguments.
enum class KernelFact : uint8_t {
  kSharedBytes,
  kConstBytes,
  kLocalBytes,
  kMaxThreads,
  kActiveBlocks,  // a threads, b bytes of dynamic shared memory: blocks per multiprocessor
  kBestThreads,   // a bytes of dynamic shared memory, b most threads: of the fullest launch
  kBestBlocks,    // the same: blocks that fill the device
};
// What a block of a kernel takes.
struct KernelNeeds {
  uint64_t shared_bytes = 0;  // static
  uint64_t const_bytes = 0;
  uint64_t local_bytes = 0;  // per thread
  uint32_t max_threads = 1024;
};
// Registers are not counted here: blocks are limited by threads, blocks and shared memory alone.
int64_t FactOfKernel(const DeviceFacts& device, const KernelNeeds& kernel, KernelFact fact,
                     uint64_t a, uint64_t b);

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_DEVICE_FACTS_H_
