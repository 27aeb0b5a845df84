// Typed 32-bit indices used instead of pointers between nodes. Device-clean.
#ifndef WARPSMITH_BASE_ID_H_
#define WARPSMITH_BASE_ID_H_

#include <cstdint>

#include "base/macros.h"

namespace ws {

// An index into a table whose rows are named by Tag. The default value names no row.
template <typename Tag>
struct Id {
  static constexpr uint32_t kNone = 0xffffffffu;

  uint32_t index = kNone;

  constexpr Id() = default;
  WS_HD constexpr explicit Id(uint32_t value) : index(value) {}

  WS_HD constexpr bool valid() const { return index != kNone; }
  WS_HD constexpr bool operator==(const Id& other) const { return index == other.index; }
  WS_HD constexpr bool operator!=(const Id& other) const { return index != other.index; }
  WS_HD constexpr bool operator<(const Id& other) const { return index < other.index; }
};

}  // namespace ws

#endif  // WARPSMITH_BASE_ID_H_
