// A small seeded random generator (SplitMix64). Device-clean: the same stream on every machine.
#ifndef WARPSMITH_BASE_RNG_H_
#define WARPSMITH_BASE_RNG_H_

#include <cstdint>

#include "base/hash.h"
#include "base/macros.h"

namespace ws {

class Rng {
 public:
  WS_HD constexpr explicit Rng(uint64_t seed) : state_(seed) {}

  WS_HD constexpr uint64_t Next() {
    state_ += 0x9e3779b97f4a7c15ULL;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  // Uniform in [0, bound); bound must be positive.
  WS_HD constexpr uint64_t Below(uint64_t bound) {
    return static_cast<uint64_t>((static_cast<unsigned __int128>(Next()) * bound) >> 64);
  }

  // Uniform in [0, 1) with 53 bits.
  WS_HD constexpr double Unit() { return static_cast<double>(Next() >> 11) * 0x1p-53; }

  // An independent stream named by `label`.
  WS_HD constexpr Rng Fork(uint64_t label) const { return Rng(HashCombine(state_, label)); }

 private:
  uint64_t state_;
};

}  // namespace ws

#endif  // WARPSMITH_BASE_RNG_H_
