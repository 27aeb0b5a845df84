// Type traits of <type_traits>: the rows of type_traits.def as code. Device-clean.
#ifndef WARPSMITH_FRONT_TYPE_TRAITS_H_
#define WARPSMITH_FRONT_TYPE_TRAITS_H_

#include <cstdint>
#include <string_view>

#include "base/macros.h"

namespace ws::front {

enum class TypeTrait : uint8_t {
#define TYPE_TRAIT(spelling, least, arguments, is_type) spelling,
#include "front/type_traits.def"
#undef TYPE_TRAIT
  kCount
};

// A trait as it is written.
struct TraitName {
  TypeTrait trait = TypeTrait::kCount;  // kCount: the name is none
  uint32_t least = 0, arguments = 0;
  bool is_type = false;
  bool is_short = false;  // spelled with _t or _v, so that nothing follows the arguments
};
WS_HD TraitName FindTrait(std::string_view name);

}  // namespace ws::front

#endif  // WARPSMITH_FRONT_TYPE_TRAITS_H_
