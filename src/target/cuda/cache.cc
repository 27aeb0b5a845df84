#include "target/cuda/cache.h"

#include "base/hash.h"

namespace ws::target::cuda {

SectorCache::SectorCache(uint64_t bytes) : sets_(bytes / (128 * kWays)) {
  lines_.resize(sets_ * kWays);
}

bool SectorCache::Access(uint64_t sector, bool allocate) {
  if (sets_ == 0) return false;
  const uint64_t tag = sector / 4;
  const auto bit = static_cast<uint8_t>(1u << (sector % 4));
  // Hashed set index: real L1s hash too, and power-of-two strides would otherwise all collide.
  Line* set = &lines_[MixBits(tag) % sets_ * kWays];
  Line* victim = set;
  for (uint32_t way = 0; way < kWays; ++way) {
    Line& line = set[way];
    if (line.tag == tag) {
      line.used = ++clock_;
      const bool hit = (line.sectors & bit) != 0;
      if (allocate) line.sectors |= bit;
      return hit;
    }
    if (line.used < victim->used) victim = &line;
  }
  if (allocate) *victim = {.tag = tag, .used = ++clock_, .sectors = bit};
  return false;
}

void SectorCache::Clear() {
  for (Line& line : lines_) line = Line();
  clock_ = 0;
}

}  // namespace ws::target::cuda
