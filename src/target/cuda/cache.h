// A set-associative cache of 128-byte lines with 32-byte sectors and LRU replacement: L1 of one
// multiprocessor as NVIDIA documents it (Nsight Compute, "Memory Chart").
#ifndef WARPSMITH_TARGET_CUDA_CACHE_H_
#define WARPSMITH_TARGET_CUDA_CACHE_H_

#include <cstdint>
#include <vector>

namespace ws::target::cuda {

class SectorCache {
 public:
  // `bytes` is rounded down to whole sets; 0 makes a cache that never hits.
  explicit SectorCache(uint64_t bytes);

  // Looks up sector number `sector` (address / 32). On a miss the sector is brought in if
  // `allocate`; returns whether it was there.
  bool Access(uint64_t sector, bool allocate);
  void Clear();

 private:
  struct Line {
    uint64_t tag = ~uint64_t{0};
    uint64_t used = 0;
    uint8_t sectors = 0;  // which of the four are valid
  };
  static constexpr uint32_t kWays = 16;

  uint64_t sets_;
  uint64_t clock_ = 0;
  std::vector<Line> lines_;  // [sets, kWays]
};

}  // namespace ws::target::cuda

#endif  // WARPSMITH_TARGET_CUDA_CACHE_H_
