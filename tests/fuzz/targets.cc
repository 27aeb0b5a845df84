#include "tests/fuzz/fuzz.h"

namespace ws::fuzz {

namespace targets {
#define WS_ENTRY(stem, Name) extern const FuzzTarget k##Name;
#include "registry/fuzz_target.inc"
#undef WS_ENTRY
}  // namespace targets

std::span<const FuzzTarget* const> FuzzTargets() {
  static constexpr const FuzzTarget* kTargets[] = {
#define WS_ENTRY(stem, Name) &targets::k##Name,
#include "registry/fuzz_target.inc"
#undef WS_ENTRY
  };
  return kTargets;
}

}  // namespace ws::fuzz
