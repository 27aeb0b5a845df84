// 64-bit content hashing (FNV-1a with a final avalanche) and mixing. Device-clean, deterministic.
#ifndef WARPSMITH_BASE_HASH_H_
#define WARPSMITH_BASE_HASH_H_

#include <cstdint>
#include <string_view>

#include "base/macros.h"

namespace ws {

// Bijective avalanche of 64 bits (the finaliser of MurmurHash3).
WS_HD constexpr uint64_t MixBits(uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  x ^= x >> 33;
  return x;
}

WS_HD constexpr uint64_t HashText(std::string_view text, uint64_t seed = 0) {
  uint64_t h = 0xcbf29ce484222325ULL ^ MixBits(seed);
  for (size_t i = 0; i < text.size(); ++i) {
    h ^= static_cast<unsigned char>(text.data()[i]);
    h *= 0x100000001b3ULL;
  }
  return MixBits(h);
}

WS_HD constexpr uint64_t HashCombine(uint64_t a, uint64_t b) {
  return MixBits(a ^ (b + 0x9e3779b97f4a7c15ULL + (a << 6) + (a >> 2)));
}

}  // namespace ws

#endif  // WARPSMITH_BASE_HASH_H_
