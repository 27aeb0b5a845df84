// What the arguments of a call cost a candidate, and which candidate is better. Device-clean.
#ifndef WARPSMITH_FRONT_RANKS_H_
#define WARPSMITH_FRONT_RANKS_H_

#include <cstddef>
#include <cstdint>

#include "base/macros.h"

namespace ws::front {

// Ranks of a candidate's arguments, three bits each; what comes after the 20th argument is equal.
inline constexpr uint32_t kRankBits = 3;
inline constexpr uint32_t kRankedArguments = 20;

WS_HD inline void AddRank(uint64_t* ranks, size_t argument, uint32_t rank) {
  if (argument < kRankedArguments) *ranks |= uint64_t{rank} << (argument * kRankBits);
}

// -1 if a is better in some argument and nowhere worse, 1 the other way round, 0 neither.
WS_HD inline int CompareRanks(uint64_t a, uint64_t b) {
  bool a_better = false;
  bool b_better = false;
  for (uint32_t i = 0; i < kRankedArguments; ++i) {
    const uint64_t x = a >> (i * kRankBits) & 7;
    const uint64_t y = b >> (i * kRankBits) & 7;
    a_better |= x < y;
    b_better |= y < x;
  }
  return a_better == b_better ? 0 : a_better ? -1 : 1;
}

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_RANKS_H_
