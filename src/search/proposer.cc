#include "search/proposer.h"

#include <algorithm>

namespace ws::search {

#define WS_ENTRY(stem, Camel) extern const ProposerKind k##Camel;
#include "registry/search_proposer.inc"
#undef WS_ENTRY

std::span<const ProposerKind* const> ProposerKinds() {
  static const std::vector<const ProposerKind*> kinds = [] {
    std::vector<const ProposerKind*> list = {
#define WS_ENTRY(stem, Camel) &k##Camel,
#include "registry/search_proposer.inc"
#undef WS_ENTRY
    };
    std::ranges::sort(list, {}, [](const ProposerKind* k) { return std::string_view(k->name); });
    return list;
  }();
  return kinds;
}

const ProposerKind* FindProposer(std::string_view name) {
  for (const ProposerKind* kind : ProposerKinds()) {
    if (name == kind->name) return kind;
  }
  return nullptr;
}

}  // namespace ws::search
