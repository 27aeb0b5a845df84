#include <algorithm>

#include "verify/rung.h"

namespace ws::verify {

#define WS_ENTRY(stem, Camel) extern const RungStep k##Camel;
#include "registry/verify_rung.inc"
#undef WS_ENTRY

std::span<const RungStep* const> Rungs() {
  static const std::vector<const RungStep*> rungs = [] {
    std::vector<const RungStep*> list = {
#define WS_ENTRY(stem, Camel) &k##Camel,
#include "registry/verify_rung.inc"
#undef WS_ENTRY
    };
    std::ranges::sort(list, {}, &RungStep::rung);
    return list;
  }();
  return rungs;
}

}  // namespace ws::verify
