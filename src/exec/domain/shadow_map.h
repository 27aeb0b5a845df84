// Shadow values of stored bits.
//
// An entry belongs to the two bytes at its index times two; a value of four or eight bytes has one
// at its first byte. It is valid only while memory still holds the bits it was stored with, so that
// integer stores and copies over it need not be told.
#ifndef WARPSMITH_EXEC_DOMAIN_SHADOW_MAP_H_
#define WARPSMITH_EXEC_DOMAIN_SHADOW_MAP_H_

#include <cstdint>
#include <vector>

#include "exec/domain/value.h"

namespace ws::exec {

struct ShadowEntry {
  ShadowValue value;
  uint64_t bits = 0;       // the stored bits
  uint8_t bytes = 0;       // 0: none
  bool only_flag = false;  // the bits are exact; nothing but value.ambiguous is known beside them
};

struct ShadowMap {
  std::vector<ShadowEntry> entries;
  // A store went to an address that a comparison within tolerance decided: any element may be the
  // one that another decision would have written.
  bool scattered = false;
  explicit ShadowMap(uint64_t bytes) : entries(bytes / 2 + 4) {}
};

}  // namespace ws::exec

#endif  // WARPSMITH_EXEC_DOMAIN_SHADOW_MAP_H_
